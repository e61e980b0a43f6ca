import type { StaffSettingsBody } from '#contract/graph/staff.ts'
import { api } from '../../../kit/api/api.ts'
import { useResource } from '../../../kit/api/use-resource.ts'
import { Form } from '../../../kit/form.tsx'
import { type Found, PeoplePicker } from '../../../kit/people-picker.tsx'
import { RadioGroup } from '../../../kit/radio-group.tsx'
import { ResourceView } from '../../../kit/resource-view.tsx'
import { showToast } from '../../../kit/toasts.tsx'
import { message } from '../../../kit/words/message.ts'
import { SaveButtons } from '../save-buttons.tsx'
import { SettingsPage } from '../settings-page.tsx'
import { useSettings } from '../use-settings.ts'

export default function StaffSettingsPage() {
  const resource = useResource<StaffSettingsBody>('/sesam/v1/staffSettings')
  return (
    <SettingsPage section="staff">
      <ResourceView of={resource}>{(settings) => <StaffForm settings={settings} />}</ResourceView>
    </SettingsPage>
  )
}

interface Typed {
  access: StaffSettingsBody['access']
  groups: readonly Found[]
}

/** Who of those with a role over a unit may use My Staff. */
function StaffForm({ settings }: { settings: StaffSettingsBody }) {
  const groups = settings.groups.map(({ id, displayName }): Found => ({ id, name: displayName ?? id, kind: 'group' }))
  const { values, changes, isChanged, set, forget } = useSettings<Typed>({ access: settings.access, groups })
  const save = async () => {
    const { groups: chosen, ...rest } = changes
    await api.patch('/sesam/v1/staffSettings', { ...rest, ...(chosen && { groupIds: chosen.map(({ id }) => id) }) })
    forget()
    showToast(message('web.admin.settings.saved'))
  }
  return (
    <Form onSubmit={save} fieldOf={{ groupIds: 'groups' }}>
      <RadioGroup
        label={message('web.admin.settings.staff.who')}
        name="access"
        value={values.access}
        onChange={set('access')}
        choices={[
          { value: 'all', label: message('web.admin.settings.staff.all'), note: message('web.admin.settings.staff.all-note') },
          {
            value: 'selected',
            label: message('web.admin.settings.staff.selected'),
            note: message('web.admin.settings.staff.selected-note'),
          },
          { value: 'none', label: message('web.admin.settings.staff.none'), note: message('web.admin.settings.staff.none-note') },
        ]}
      />
      {values.access === 'selected' && (
        <PeoplePicker
          label={message('web.admin.settings.staff.groups')}
          name="groups"
          kinds={['group']}
          chosen={values.groups}
          onChange={set('groups')}
        />
      )}
      <SaveButtons isChanged={isChanged} onUndo={forget} />
    </Form>
  )
}
