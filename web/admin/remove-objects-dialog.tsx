import { useResource } from '../kit/api/use-resource.ts'
import { ConfirmDialog } from '../kit/confirm-dialog.tsx'
import { showToast } from '../kit/toasts.tsx'
import { countMessage, message } from '../kit/words/message.ts'
import type { ObjectBody } from './directory-objects.ts'

interface RemoveObjectsDialogProps {
  ids: readonly string[]
  /** What they are in, own or hold. */
  of: string
  remove: (id: string) => Promise<void>
  onClose: () => void
}

/** Asks before people and groups are taken out of something. */
export default function RemoveObjectsDialog({ ids, of, remove, onClose }: RemoveObjectsDialogProps) {
  const [first = ''] = ids
  const { data } = useResource<ObjectBody>(`/v1.0/directoryObjects/${first}`)
  const removeAll = async () => {
    for (const id of ids) await remove(id)
    showToast(countMessage('web.admin.objects.removed', ids.length))
  }
  return (
    <ConfirmDialog
      title={
        ids.length === 1
          ? message('web.admin.objects.remove-one', { name: data?.displayName ?? '…', of })
          : countMessage('web.admin.objects.remove-many', ids.length, { of })
      }
      confirmLabel={message('web.admin.objects.remove')}
      isDangerous
      onConfirm={removeAll}
      onClose={onClose}
    />
  )
}
