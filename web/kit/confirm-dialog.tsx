import { type ReactNode, useState } from 'react'
import { ApiError } from './api/api-error.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorBanner } from './error-banner.tsx'
import { message } from './words/message.ts'

interface ConfirmDialogProps {
  title: string
  children?: ReactNode
  /** What the button does, as a verb. */
  confirmLabel: string
  cancelLabel?: string
  isDangerous?: boolean
  /** Does it; the dialog closes when it is done and says why when it is not. */
  onConfirm: () => Promise<void>
  onClose: () => void
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({ title, children, confirmLabel, cancelLabel, isDangerous, onConfirm, onClose }: ConfirmDialogProps) {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiError>()
  const confirm = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(error)
      setBusy(false)
    }
  }
  return (
    <Dialog title={title} role="alertdialog" onClose={onClose}>
      {children && <div className="stack">{children}</div>}
      {failure && <ErrorBanner error={failure} />}
      <div className="dialog-buttons">
        <Button kind="quiet" onPress={onClose} autoFocus>
          {cancelLabel ?? message('web.kit.dialog.cancel')}
        </Button>
        <Button kind={isDangerous ? 'danger' : 'main'} isBusy={isBusy} onPress={() => void confirm()}>
          {confirmLabel}
        </Button>
      </div>
    </Dialog>
  )
}
