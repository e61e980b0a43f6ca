import type { z } from 'zod'
import type { methodLicensing } from '#contract/graph/method-licensing.ts'
import { api } from '../../../kit/api/api.ts'
import { useResource } from '../../../kit/api/use-resource.ts'
import { Form } from '../../../kit/form.tsx'
import { LinkButton } from '../../../kit/link.tsx'
import { RadioGroup } from '../../../kit/radio-group.tsx'
import { ResourceView } from '../../../kit/resource-view.tsx'
import { Facts } from '../../../kit/rows.tsx'
import { showToast } from '../../../kit/toasts.tsx'
import { message } from '../../../kit/words/message.ts'
import { countText } from '../../../kit/words/numbers.ts'
import { SaveButtons } from '../save-buttons.tsx'
import { SettingsPage } from '../settings-page.tsx'
import { useSettings } from '../use-settings.ts'

type Licensing = z.infer<typeof methodLicensing>

export default function LicencesPage() {
  const resource = useResource<Licensing>('/sesam/v1/methodPolicies/sms/licensing')
  return (
    <SettingsPage section="licences">
      <ResourceView of={resource}>{(licensing) => <LicenceForm licensing={licensing} />}</ResourceView>
    </SettingsPage>
  )
}

/** What a missing licence means, and how many it would concern. */
function LicenceForm({ licensing: { mode, inScope, licensed, short } }: { licensing: Licensing }) {
  const { values, changes, isChanged, set, forget } = useSettings<Pick<Licensing, 'mode'>>({ mode })
  const save = async () => {
    if (isChanged) await api.patch('/sesam/v1/methodPolicies/sms/licensing', changes)
    forget()
    showToast(message('web.admin.settings.saved'))
  }
  return (
    <Form onSubmit={save}>
      <Facts
        facts={[
          [message('web.admin.settings.licences.in-scope'), countText(inScope)],
          [message('web.admin.settings.licences.licensed'), countText(licensed)],
          [message('web.admin.settings.licences.short'), countText(short)],
        ]}
      />
      <RadioGroup
        label={message('web.admin.settings.licences.mode')}
        name="mode"
        value={values.mode}
        onChange={set('mode')}
        choices={[
          { value: 'off', label: message('web.admin.settings.licences.off'), note: message('web.admin.settings.licences.off-note') },
          { value: 'warn', label: message('web.admin.settings.licences.warn'), note: message('web.admin.settings.licences.warn-note') },
          {
            value: 'enforce',
            label: message('web.admin.settings.licences.enforce'),
            note: message('web.admin.settings.licences.enforce-note', { count: countText(short) }),
          },
        ]}
      />
      <SaveButtons isChanged={isChanged} onUndo={forget}>
        <LinkButton to="/admin/licences" kind="plain">
          {message('web.admin.settings.licences.see')}
        </LinkButton>
      </SaveButtons>
    </Form>
  )
}
