import { SectionLinks } from '../../kit/section-links.tsx'
import { message } from '../../kit/words/message.ts'

/** Those there are, how many come and go at once, and those who were deleted and can still come back. */
export function UsersSections() {
  return (
    <SectionLinks
      label={message('web.admin.users.label')}
      sections={[
        { to: '/admin/users', text: message('web.admin.users.all') },
        { to: '/admin/users/import', text: message('web.admin.users.import.label') },
        { to: '/admin/users/export', text: message('web.admin.users.export.label') },
        { to: '/admin/users/deleted', text: message('web.admin.users.deleted.label') },
      ]}
    />
  )
}
