import { ChevronRight } from 'lucide-react'
import type { ChecklistBody } from '#contract/graph/checklist.ts'
import { api } from '../../kit/api/api.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Button } from '../../kit/button.tsx'
import { Link } from '../../kit/link.tsx'
import { Page } from '../../kit/page.tsx'
import { go } from '../../kit/routing/address.ts'
import { Row, Rows } from '../../kit/rows.tsx'
import { message } from '../../kit/words/message.ts'
import { sections } from './sections.ts'

export default function SettingsHome() {
  const { data: checklist } = useResource<ChecklistBody>('/sesam/v1/checklist')
  const bringBack = async () => {
    await api.patch('/sesam/v1/checklist', { isHidden: false })
    go('/admin')
  }
  return (
    <Page title={message('web.admin.settings.label')} lead={message('web.admin.settings.lead')}>
      <Rows label={message('web.admin.settings.label')}>
        {sections.map(({ path, label, lead }) => (
          <Row
            key={path}
            title={<Link to={`/admin/settings/${path}`}>{message(label)}</Link>}
            actions={<ChevronRight className="icon" aria-hidden="true" />}
          >
            {message(lead)}
          </Row>
        ))}
      </Rows>
      {checklist?.isHidden && (
        <div>
          <Button kind="plain" onPress={() => void bringBack()}>
            {message('web.admin.checklist.show')}
          </Button>
        </div>
      )}
    </Page>
  )
}
