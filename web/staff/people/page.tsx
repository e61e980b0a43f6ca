import { Page } from '../../kit/page.tsx'
import { setting } from '../../kit/setting.ts'
import { message } from '../../kit/words/message.ts'

export default function PeoplePage() {
  return (
    <Page title={message('web.staff.people.label')} lead={message('web.staff.people.lead', { organisation: setting().organisation })}>
      {null}
    </Page>
  )
}
