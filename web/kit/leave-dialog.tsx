import { ConfirmDialog } from './confirm-dialog.tsx'
import { setWaiting } from './routing/leaving.ts'
import { message } from './words/message.ts'

/** Asks whoever goes away from something unsaved. */
export default function LeaveDialog({ go }: { go: () => void }) {
  return (
    <ConfirmDialog
      title={message('web.kit.leave.title')}
      confirmLabel={message('web.kit.leave.leave')}
      cancelLabel={message('web.kit.leave.stay')}
      isDangerous
      onConfirm={async () => go()}
      onClose={() => setWaiting(undefined)}
    >
      <p>{message('web.kit.leave.told')}</p>
    </ConfirmDialog>
  )
}
