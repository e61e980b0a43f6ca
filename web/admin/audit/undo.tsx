import type { z } from 'zod'
import type { DirectoryAuditBody } from '#contract/graph/directory-audits.ts'
import type { undoState } from '#contract/graph/policy-effects.ts'
import { api } from '../../kit/api/api.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Button } from '../../kit/button.tsx'
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx'
import { Link } from '../../kit/link.tsx'
import { useDialogAddress } from '../../kit/routing/address.ts'
import { showToast } from '../../kit/toasts.tsx'
import { message } from '../../kit/words/message.ts'

/** Only changes of the policy can be set back, so only of them it is asked. */
export function isUndoable({ activityDisplayName }: DirectoryAuditBody): boolean {
  return activityDisplayName.startsWith('Authentication Methods Policy')
}

/** A change of the policy set back, as long as nothing changed it since. */
export function Undo({ id }: { id: string }) {
  const path = `/sesam/v1/auditLogs/directoryAudits/${encodeURIComponent(id)}/undo` as const
  const { data } = useResource<z.infer<typeof undoState>>(path)
  const [asked, ask, close] = useDialogAddress('undo')
  if (!data) return null
  if (!data.canUndo) return data.because && <Hindrance {...data.because} />
  const undo = async () => {
    await api.post(path)
    showToast(message('web.admin.audit.undo.done'))
  }
  return (
    <>
      <Button kind="quiet" onPress={() => ask('change')}>
        {message('web.admin.audit.undo.open')}
      </Button>
      {asked !== undefined && (
        <ConfirmDialog
          title={message('web.admin.audit.undo.title')}
          confirmLabel={message('web.admin.audit.undo.open')}
          onConfirm={undo}
          onClose={close}
        >
          <p>{message('web.admin.audit.undo.told')}</p>
        </ConfirmDialog>
      )}
    </>
  )
}

/** Why not, and the entry that stands in the way. */
function Hindrance({ message: told, event }: { message: string; event: string | null }) {
  return (
    <p className="soft small">
      {told} {event && <Link to={`/admin/audit/${event}`}>{message('web.admin.audit.undo.later')}</Link>}
    </p>
  )
}
