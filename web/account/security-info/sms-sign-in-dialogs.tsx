import type { OwnMethodBody } from '#contract/graph/security-info.ts'
import { api } from '../../kit/api/api.ts'
import { lookingAgain } from '../../kit/api/looking-again.ts'
import { Banner } from '../../kit/banner.tsx'
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx'
import { showToast } from '../../kit/toasts.tsx'
import { message } from '../../kit/words/message.ts'
import { leaveStep } from './address.ts'
import { namedInText } from './kinds.ts'

interface MethodDialogProps {
  method: OwnMethodBody
  reload: () => void
}

/** S44: Enable, once more. */
export function EnableDialog({ method, reload }: MethodDialogProps) {
  const number = namedInText(method)
  const enable = async () => {
    await lookingAgain({ reload }, () => api.post(`/v1.0/me/authentication/phoneMethods/${method.id}/enableSmsSignIn`))
    showToast(message('web.account.security-info.sms.enabled', { number }))
  }
  return (
    <ConfirmDialog
      title={message('web.account.security-info.sms.enable-title')}
      confirmLabel={message('web.account.security-info.enable')}
      onConfirm={enable}
      onClose={leaveStep}
    >
      <p>{message('web.account.security-info.sms.enable-told', { number })}</p>
      <p className="soft">{message('web.account.security-info.sms.enable-others')}</p>
    </ConfirmDialog>
  )
}

export function DisableDialog({ method, reload }: MethodDialogProps) {
  const number = namedInText(method)
  const disable = async () => {
    await lookingAgain({ reload }, () => api.post(`/v1.0/me/authentication/phoneMethods/${method.id}/disableSmsSignIn`))
    showToast(message('web.account.security-info.sms.disabled', { number }))
  }
  return (
    <ConfirmDialog
      title={message('web.account.security-info.sms.disable-title')}
      confirmLabel={message('web.account.security-info.disable')}
      isDangerous
      onConfirm={disable}
      onClose={leaveStep}
    >
      <p>{message('web.account.security-info.sms.disable-told', { number })}</p>
      {method.deletion?.endsSignIn && <Banner tone="bad">{message('web.account.security-info.ends-sign-in')}</Banner>}
    </ConfirmDialog>
  )
}
