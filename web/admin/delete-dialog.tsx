import { type ApiPath, api } from '../kit/api/api.ts'
import { ConfirmDialog } from '../kit/confirm-dialog.tsx'
import { go } from '../kit/routing/address.ts'
import { showToast } from '../kit/toasts.tsx'
import { message } from '../kit/words/message.ts'

interface DeleteDialogProps {
  title: string
  told: string
  path: ApiPath
  /** Where one goes once it is gone. */
  to: string
  onClose: () => void
}

/** Asks before the thing this page is about is deleted, and leaves the page then. */
export function DeleteDialog({ title, told, path, to, onClose }: DeleteDialogProps) {
  const remove = async () => {
    await api.delete(path)
    go(to, { replace: true })
    showToast(message('web.admin.delete.done'))
  }
  return (
    <ConfirmDialog title={title} confirmLabel={message('web.admin.delete.delete')} isDangerous onConfirm={remove} onClose={onClose}>
      <p>{told}</p>
    </ConfirmDialog>
  )
}
