import type { ReactNode } from 'react'
import { Button } from '../../kit/button.tsx'
import { SubmitButton } from '../../kit/form.tsx'
import { message } from '../../kit/words/message.ts'

interface SaveButtonsProps {
  isChanged: boolean
  onUndo: () => void
  /** What else can be done here. */
  children?: ReactNode
}

export function SaveButtons({ isChanged, onUndo, children }: SaveButtonsProps) {
  return (
    <div className="settings-buttons">
      <SubmitButton>{message('web.admin.settings.save')}</SubmitButton>
      {isChanged && (
        <Button kind="quiet" onPress={onUndo}>
          {message('web.admin.settings.undo')}
        </Button>
      )}
      {children}
    </div>
  )
}
