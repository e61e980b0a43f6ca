import type { ReactNode } from 'react'
import type { PermitBody } from '#contract/graph/person-methods.ts'
import { Button } from '../../../kit/button.tsx'
import { Dialog } from '../../../kit/dialog.tsx'
import { message } from '../../../kit/words/message.ts'

interface PermittedDialogProps {
  permit: PermitBody | null | undefined
  title: string
  onClose: () => void
  /** The dialog of whoever may. */
  children: ReactNode
}

/** Whoever presses a button that is not for them reads why, and who could. */
export function PermittedDialog({ permit, title, onClose, children }: PermittedDialogProps) {
  if (permit?.may) return children
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{permit?.because?.message ?? message('web.admin.users.person.nothing-to-do')}</p>
      <div className="dialog-buttons">
        <Button kind="quiet" onPress={onClose}>
          {message('web.kit.dialog.close')}
        </Button>
      </div>
    </Dialog>
  )
}
