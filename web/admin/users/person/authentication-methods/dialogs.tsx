import type { PermitBody, PersonMethodBody, PersonMethodsBody } from '#contract/graph/person-methods.ts'
import { useResource } from '../../../../kit/api/use-resource.ts'
import { type MessageKey, message } from '../../../../kit/words/message.ts'
import { PermittedDialog } from '../permitted-dialog.tsx'
import { AddDialog } from './add-dialog.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { DefaultDialog } from './default-dialog.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { DeletePassDialog } from './pass-row.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { PersonDialog } from './person-dialogs.tsx'
import { SmsSignInDialog } from './sms-sign-in-dialog.tsx'
import { leaveStep, type Step, type StepName } from './step.ts'

interface DialogsProps {
  step: Step
  methods: PersonMethodsBody
}

const titles = {
  add: 'web.admin.users.person.methods.add.title',
  change: 'web.admin.users.person.methods.change-title',
  delete: 'web.admin.users.person.methods.delete.refused',
  enable: 'web.admin.users.person.methods.enable-title',
  disable: 'web.admin.users.person.methods.disable-title',
  default: 'web.admin.users.person.methods.default-method.change-title',
  'reset-password': 'web.admin.users.person.methods.reset-password.title',
  'end-sessions': 'web.admin.users.person.methods.end-sessions.title',
  'end-waits': 'web.admin.users.person.methods.end-waits.title',
  'require-reregistration': 'web.admin.users.person.methods.reregistration.title',
  'delete-pass': 'web.admin.users.person.methods.pass.delete-title',
  'cancel-reregistration': 'web.admin.users.person.methods.reregistration.cancel-title',
} as const satisfies Record<StepName, MessageKey>

/** The dialog that stands in the address, or why it is not for whoever asks. */
export default function Dialogs({ step, methods }: DialogsProps) {
  const { reload } = useResource<PersonMethodsBody>(`/sesam/v1/users/${methods.id}/authenticationMethods`)
  const method = methods.methods.find(({ id }) => id === step.id)
  return (
    <PermittedDialog
      permit={permitOf(step.name, methods, method)}
      title={message(titles[step.name], { name: methods.displayName })}
      onClose={leaveStep}
    >
      <Shown {...{ ...step, methods, method, reload }} />
    </PermittedDialog>
  )
}

interface ShownProps extends Step {
  methods: PersonMethodsBody
  method: PersonMethodBody | undefined
  reload: () => void
}

function Shown({ name, id, methods, method, reload }: ShownProps) {
  switch (name) {
    case 'add':
      return <AddDialog methods={methods} reload={reload} />
    case 'default':
      return <DefaultDialog methods={methods} />
    case 'delete-pass':
      return <DeletePassDialog methods={methods} passId={id} />
    case 'reset-password':
      return <PasswordDialog methods={methods} />
    case 'change':
      return method && <ChangeDialog methods={methods} method={method} />
    case 'delete':
      return method && <DeleteDialog methods={methods} method={method} />
    case 'enable':
    case 'disable':
      return method && <SmsSignInDialog isOn={name === 'enable'} {...{ methods, method, reload }} />
    default:
      return <PersonDialog name={name} methods={methods} />
  }
}

function permitOf(
  name: StepName,
  { acts, addable }: PersonMethodsBody,
  method: PersonMethodBody | undefined,
): PermitBody | null | undefined {
  switch (name) {
    case 'add':
      return addable.find(({ may }) => may) ?? addable.find(({ because }) => because?.code.includes('_')) ?? addable[0]
    case 'change':
      return method?.acts.change
    case 'delete':
      return method?.acts.delete
    case 'enable':
      return method?.acts.enableSmsSignIn
    case 'disable':
      return method?.acts.disableSmsSignIn
    case 'default':
      return acts.changeDefault
    case 'delete-pass':
      return acts.changeDefault
    case 'reset-password':
      return acts.resetPassword
    case 'end-sessions':
      return acts.endSessions
    case 'end-waits':
      return acts.endWaits
    case 'require-reregistration':
    case 'cancel-reregistration':
      return acts.requireReregistration
  }
}
