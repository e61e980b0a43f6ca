import { useEffect, useState } from 'react'
import type { PermitBody } from '#contract/graph/person-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import { ConfirmDialog } from '../../../../kit/confirm-dialog.tsx'
import { showToast } from '../../../../kit/toasts.tsx'
import { message } from '../../../../kit/words/message.ts'
import { nameOfRole } from '../../../role-words.ts'
import { PermittedDialog } from '../permitted-dialog.tsx'
import type { Person } from '../person-page.tsx'
import type { Assignment } from './page.tsx'

interface TakeDialogProps {
  person: Person
  permit: PermitBody
  assignmentId: string
  onClose: () => void
}

export default function TakeDialog({ person, permit, assignmentId, onClose }: TakeDialogProps) {
  const path = `/v1.0/roleManagement/directory/roleAssignments/${encodeURIComponent(assignmentId)}` as const
  // Asked once: what is watched would be asked for again when it has just gone.
  const [data, setData] = useState<Assignment>()
  useEffect(() => void api.get<Assignment>(`${path}?$expand=roleDefinition`).then(setData), [path])
  if (!data) return null
  const named = { name: person.displayName, role: nameOfRole(data.roleDefinition.id, data.roleDefinition.displayName) }
  const title = message('web.admin.users.person.roles.take-title', named)
  const take = async () => {
    await api.delete(path)
    showToast(message('web.admin.users.person.roles.taken', named))
  }
  return (
    <PermittedDialog permit={permit} title={title} onClose={onClose}>
      <ConfirmDialog
        title={title}
        confirmLabel={message('web.admin.users.person.roles.take')}
        isDangerous
        onConfirm={take}
        onClose={onClose}
      >
        <p>{message('web.admin.users.person.roles.take-told')}</p>
      </ConfirmDialog>
    </PermittedDialog>
  )
}
