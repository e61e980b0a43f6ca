import type { SignInSettingsBody } from '#contract/graph/sign-in-settings.ts'
import { api } from '../../../kit/api/api.ts'
import { Form } from '../../../kit/form.tsx'
import { type Choice, RadioGroup } from '../../../kit/radio-group.tsx'
import { TextArea } from '../../../kit/text-area.tsx'
import { showToast } from '../../../kit/toasts.tsx'
import { type MessageKey, message } from '../../../kit/words/message.ts'
import { SaveButtons } from '../save-buttons.tsx'
import { type SetValue, useSettings } from '../use-settings.ts'

type Saved = Pick<
  SignInSettingsBody,
  | 'afterSmsSignIn'
  | 'asksToStaySignedIn'
  | 'allowsDeviceCodes'
  | 'uniqueNumbers'
  | 'defaultMethodDeletion'
  | 'strictConflict'
  | 'sharedNetworks'
>

/** How people sign in, beside which methods they may use; each choice says what it changes and for whom. */
export function SignInForm({ settings }: { settings: SignInSettingsBody }) {
  const { afterSmsSignIn, asksToStaySignedIn, allowsDeviceCodes, uniqueNumbers, defaultMethodDeletion, strictConflict, sharedNetworks } =
    settings
  const numbers = { uniqueNumbers, defaultMethodDeletion, strictConflict }
  const saved = { afterSmsSignIn, asksToStaySignedIn, allowsDeviceCodes, ...numbers, sharedNetworks }
  const { values, changes, isChanged, set, forget } = useSettings<Saved>(saved)
  const save = async () => {
    await api.patch('/sesam/v1/signInSettings', changes)
    forget()
    showToast(message('web.admin.settings.saved'))
  }
  return (
    <Form onSubmit={save} fieldOf={networkFields}>
      <AroundTheCode values={values} set={set} />
      <Numbers values={values} set={set} />
      <TextArea
        label={message('web.admin.settings.sign-in.networks.label')}
        name="sharedNetworks"
        value={values.sharedNetworks.join('\n')}
        onChange={(text) => set('sharedNetworks')(text === '' ? [] : text.split('\n'))}
        hint={message('web.admin.settings.sign-in.networks.hint')}
        rows={3}
        isLtr
      />
      <SaveButtons isChanged={isChanged} onUndo={forget} />
    </Form>
  )
}

interface PartProps {
  values: Saved
  set: SetValue<Saved>
}

function AroundTheCode({ values, set }: PartProps) {
  return (
    <>
      <RadioGroup
        label={message('web.admin.settings.sign-in.after.label')}
        name="afterSmsSignIn"
        value={values.afterSmsSignIn}
        onChange={set('afterSmsSignIn')}
        choices={[
          choice('stepUp', 'web.admin.settings.sign-in.after.step-up', 'web.admin.settings.sign-in.after.step-up-note'),
          choice('deny', 'web.admin.settings.sign-in.after.deny', 'web.admin.settings.sign-in.after.deny-note'),
        ]}
      />
      <YesNo
        name="asksToStaySignedIn"
        label={message('web.admin.settings.sign-in.stay.label')}
        value={values.asksToStaySignedIn}
        onChange={set('asksToStaySignedIn')}
        yes={['web.admin.settings.sign-in.stay.yes', 'web.admin.settings.sign-in.stay.yes-note']}
        no={['web.admin.settings.sign-in.stay.no', 'web.admin.settings.sign-in.stay.no-note']}
      />
      <YesNo
        name="allowsDeviceCodes"
        label={message('web.admin.settings.sign-in.device.label')}
        value={values.allowsDeviceCodes}
        onChange={set('allowsDeviceCodes')}
        yes={['web.admin.settings.sign-in.device.yes', 'web.admin.settings.sign-in.device.yes-note']}
        no={['web.admin.settings.sign-in.device.no', 'web.admin.settings.sign-in.device.no-note']}
      />
    </>
  )
}

function Numbers({ values, set }: PartProps) {
  return (
    <>
      <RadioGroup
        label={message('web.admin.settings.sign-in.unique.label')}
        name="uniqueNumbers"
        value={values.uniqueNumbers}
        onChange={set('uniqueNumbers')}
        choices={[
          choice('signInNames', 'web.admin.settings.sign-in.unique.names', 'web.admin.settings.sign-in.unique.names-note'),
          choice('tenantWide', 'web.admin.settings.sign-in.unique.wide', 'web.admin.settings.sign-in.unique.wide-note'),
        ]}
      />
      <RadioGroup
        label={message('web.admin.settings.sign-in.deletion.label')}
        name="defaultMethodDeletion"
        value={values.defaultMethodDeletion}
        onChange={set('defaultMethodDeletion')}
        choices={[
          choice('auto', 'web.admin.settings.sign-in.deletion.auto', 'web.admin.settings.sign-in.deletion.auto-note'),
          choice('strict', 'web.admin.settings.sign-in.deletion.strict', 'web.admin.settings.sign-in.deletion.strict-note'),
          choice('reassign', 'web.admin.settings.sign-in.deletion.reassign', 'web.admin.settings.sign-in.deletion.reassign-note'),
        ]}
      />
      <YesNo
        name="strictConflict"
        label={message('web.admin.settings.sign-in.conflict.label')}
        value={values.strictConflict}
        onChange={set('strictConflict')}
        yes={['web.admin.settings.sign-in.conflict.yes', 'web.admin.settings.sign-in.conflict.yes-note']}
        no={['web.admin.settings.sign-in.conflict.no', 'web.admin.settings.sign-in.conflict.no-note']}
      />
    </>
  )
}

/** The API names the line that is wrong; the form has one field for all of them. */
const networkFields = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`sharedNetworks/${index}`, 'sharedNetworks']))

function choice<Value extends string>(value: Value, label: MessageKey, note: MessageKey): Choice<Value> {
  return { value, label: message(label), note: message(note) }
}

interface YesNoProps {
  name: string
  label: string
  value: boolean
  onChange: (value: boolean) => void
  yes: readonly [label: MessageKey, note: MessageKey]
  no: readonly [label: MessageKey, note: MessageKey]
}

function YesNo({ name, label, value, onChange, yes, no }: YesNoProps) {
  return (
    <RadioGroup
      label={label}
      name={name}
      value={value ? 'yes' : 'no'}
      onChange={(chosen) => onChange(chosen === 'yes')}
      choices={[choice('yes', ...yes), choice('no', ...no)]}
    />
  )
}
