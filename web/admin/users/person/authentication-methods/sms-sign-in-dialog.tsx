import type { PersonMethodBody, PersonMethodsBody } from '#contract/graph/person-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import { lookingAgain } from '../../../../kit/api/looking-again.ts'
import { Banner } from '../../../../kit/banner.tsx'
import { ConfirmDialog } from '../../../../kit/confirm-dialog.tsx'
import { showToast } from '../../../../kit/toasts.tsx'
import { message } from '../../../../kit/words/message.ts'
import { nameOf } from './kinds.ts'
import { leaveStep } from './step.ts'

interface SmsSignInDialogProps {
  isOn: boolean
  methods: PersonMethodsBody
  method: PersonMethodBody
  reload: () => void
}

/** The number becomes a user name, or is one no longer. */
export function SmsSignInDialog({ isOn, methods, method, reload }: SmsSignInDialogProps) {
  const named = { method: nameOf(method), name: methods.displayName }
  const act = isOn ? 'enableSmsSignIn' : 'disableSmsSignIn'
  const change = async () => {
    await lookingAgain({ reload }, () => api.post(`/v1.0/users/${methods.id}/authentication/phoneMethods/${method.id}/${act}`))
    showToast(message(isOn ? 'web.admin.users.person.methods.enabled' : 'web.admin.users.person.methods.disabled'))
  }
  return (
    <ConfirmDialog
      title={message(isOn ? 'web.admin.users.person.methods.enable-title' : 'web.admin.users.person.methods.disable-title')}
      confirmLabel={message(isOn ? 'web.admin.users.person.methods.enable' : 'web.admin.users.person.methods.disable')}
      isDangerous={!isOn}
      onConfirm={change}
      onClose={leaveStep}
    >
      <p>{message(isOn ? 'web.admin.users.person.methods.enable-told' : 'web.admin.users.person.methods.disable-told', named)}</p>
      {!isOn && method.deletion?.endsSignIn && (
        <Banner tone="bad">{message('web.admin.users.person.methods.delete.ends-sign-in', named)}</Banner>
      )}
    </ConfirmDialog>
  )
}
