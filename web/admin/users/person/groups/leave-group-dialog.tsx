import type { GroupBody } from '#contract/graph/groups.ts'
import { api } from '../../../../kit/api/api.ts'
import { useResource } from '../../../../kit/api/use-resource.ts'
import { ConfirmDialog } from '../../../../kit/confirm-dialog.tsx'
import { showToast } from '../../../../kit/toasts.tsx'
import { message } from '../../../../kit/words/message.ts'
import type { Person } from '../person-page.tsx'

interface LeaveGroupDialogProps {
  person: Person
  groupId: string
  onClose: () => void
}

export default function LeaveGroupDialog({ person, groupId, onClose }: LeaveGroupDialogProps) {
  const { data } = useResource<GroupBody>(`/v1.0/groups/${encodeURIComponent(groupId)}`)
  if (!data) return null
  const named = { name: person.displayName, group: data.displayName }
  const leave = async () => {
    await api.delete(`/v1.0/groups/${data.id}/members/${person.id}/$ref`)
    showToast(message('web.admin.users.person.groups.left', named))
  }
  return (
    <ConfirmDialog
      title={message('web.admin.users.person.groups.leave-title', named)}
      confirmLabel={message('web.admin.users.person.remove')}
      isDangerous
      onConfirm={leave}
      onClose={onClose}
    >
      <p>{message('web.admin.users.person.groups.leave-told')}</p>
    </ConfirmDialog>
  )
}
