import { api } from '../../kit/api/api.ts'
import { lookingAgain } from '../../kit/api/looking-again.ts'
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx'
import { showToast } from '../../kit/toasts.tsx'
import { message } from '../../kit/words/message.ts'

export interface DeletePassProps {
  passId: string
  reload: () => void
  onDeleted: () => void
  onClose: () => void
}

export default function DeletePassDialog({ passId, reload, onDeleted, onClose }: DeletePassProps) {
  const remove = async () => {
    await lookingAgain({ reload }, () => api.delete(`/v1.0/me/authentication/temporaryAccessPassMethods/${passId}`))
    showToast(message('web.methods.temporary-access-pass.deleted'))
    // The button that opened it has gone with the row.
    setTimeout(onDeleted)
  }
  return (
    <ConfirmDialog
      title={message('web.methods.temporary-access-pass.delete-title')}
      confirmLabel={message('web.methods.temporary-access-pass.yes')}
      cancelLabel={message('web.methods.temporary-access-pass.no')}
      isDangerous
      onConfirm={remove}
      onClose={onClose}
    >
      <p>{message('web.methods.temporary-access-pass.delete-told')}</p>
    </ConfirmDialog>
  )
}
