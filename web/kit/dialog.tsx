import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { message } from './words/message.ts'
import './dialog.css'

interface DialogProps {
  title: string
  onClose: () => void
  children: ReactNode
  /** For a question that must be answered: a press beside it does not close it. */
  role?: 'dialog' | 'alertdialog'
}

/** A dialog that is open for as long as it is drawn. On phones it comes up from below. */
export function Dialog({ title, onClose, children, role = 'dialog' }: DialogProps) {
  return (
    <ModalOverlay className="veil" isOpen isDismissable={false} onOpenChange={(isOpen) => isOpen || onClose()}>
      <Modal className="dialog-box">
        <AriaDialog className="dialog" role={role}>
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {role === 'dialog' && (
              <AriaButton className="dialog-close" aria-label={message('web.kit.dialog.close')} onPress={onClose}>
                <X className="icon" aria-hidden="true" />
              </AriaButton>
            )}
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
