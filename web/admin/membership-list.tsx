import type { ApiPath } from '../kit/api/api.ts'
import { listPath } from '../kit/api/list-path.ts'
import { DataTable } from '../kit/data-table.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { message } from '../kit/words/message.ts'
import { addressOfObject, kindText, type ObjectBody } from './directory-objects.ts'

/** What somebody or a group is in: groups, roles and units, to look at and to go to. */
export function MembershipList({ label, path }: { label: string; path: ApiPath }) {
  return (
    <DataTable<ObjectBody>
      label={label}
      path={listPath(path, { select: ['id', 'displayName', 'description'], top: 50 })}
      columns={[
        { name: message('web.admin.objects.name'), cell: ({ displayName }) => displayName },
        { name: message('web.admin.objects.kind'), cell: (one) => kindText(one) },
        { name: message('web.admin.objects.description'), cell: ({ description }) => description },
      ]}
      keyOf={({ id }) => id}
      linkOf={addressOfObject}
      empty={<EmptyState title={message('web.admin.objects.in-nothing')} />}
    />
  )
}
