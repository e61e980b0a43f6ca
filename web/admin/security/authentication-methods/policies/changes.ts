import { api } from '../../../../kit/api/api.ts'
import { showToast } from '../../../../kit/toasts.tsx'
import { message } from '../../../../kit/words/message.ts'

/** A change of a policy, as the API tells it. */
export interface ChangeMade {
  id: string
  activityDateTime: string
  changedBy: string
  canUndo: boolean
  because: { code: string; message: string; event: string | null } | null
  undoes: string | null
  modifiedProperties: readonly { displayName: string; oldValue: string | null; newValue: string | null }[]
}

export async function undo({ id }: Pick<ChangeMade, 'id'>): Promise<void> {
  await api.post(`/sesam/v1/auditLogs/directoryAudits/${id}/undo`)
  showToast(message('web.admin.policies.changes.undone'))
}
