import type { StaffPersonBody } from '#contract/graph/staff.ts'
import { api } from '../../../kit/api/api.ts'
import { ConfirmDialog } from '../../../kit/confirm-dialog.tsx'
import { showToast } from '../../../kit/toasts.tsx'
import { message } from '../../../kit/words/message.ts'
import { pathOfPerson } from '../../resources.ts'

export default function SmsDialog({ person, onClose }: { person: StaffPersonBody; onClose: () => void }) {
  const { id, displayName: name, phoneNumber, isSmsSignInOn } = person
  const values = { name, number: phoneNumber ?? '' }
  const change = async () => {
    await api.post(pathOfPerson(id, isSmsSignInOn ? '/disableSmsSignIn' : '/enableSmsSignIn'))
    showToast(message(isSmsSignInOn ? 'web.staff.sms.off-done' : 'web.staff.sms.on-done', values))
  }
  return (
    <ConfirmDialog
      title={message(isSmsSignInOn ? 'web.staff.sms.off-title' : 'web.staff.sms.on-title', values)}
      confirmLabel={message(isSmsSignInOn ? 'web.staff.sms.off-go' : 'web.staff.sms.on-go')}
      isDangerous={isSmsSignInOn}
      onConfirm={change}
      onClose={onClose}
    >
      <p>{message(isSmsSignInOn ? 'web.staff.sms.off-told' : 'web.staff.sms.on-told', values)}</p>
    </ConfirmDialog>
  )
}
