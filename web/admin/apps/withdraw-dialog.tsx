import { type ApiPath, api } from '../../kit/api/api.ts'
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx'
import { message } from '../../kit/words/message.ts'

/** Asks before an app may do less than before. */
export function WithdrawDialog({ path, onClose }: { path: ApiPath; onClose: () => void }) {
  return (
    <ConfirmDialog
      title={message('web.admin.apps.permission.withdraw-title')}
      confirmLabel={message('web.admin.apps.permission.withdraw')}
      isDangerous
      onConfirm={() => api.delete(path)}
      onClose={onClose}
    >
      <p>{message('web.admin.apps.permission.withdraw-told')}</p>
    </ConfirmDialog>
  )
}
