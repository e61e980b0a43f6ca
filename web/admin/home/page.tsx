import { Page } from '../../kit/page.tsx'
import { setting } from '../../kit/setting.ts'
import { message } from '../../kit/words/message.ts'

export default function HomePage() {
  return (
    <Page title={message('web.admin.home.label')} lead={message('web.admin.home.lead', { organisation: setting().organisation })}>
      {null}
    </Page>
  )
}
