import { type ReactNode, useState } from 'react'
import { Dialog } from '../kit/dialog.tsx'
import { FieldProblem, Form, SubmitButton } from '../kit/form.tsx'
import { type Found, PeoplePicker } from '../kit/people-picker.tsx'
import { showToast } from '../kit/toasts.tsx'
import { countMessage, message } from '../kit/words/message.ts'

interface AddObjectsDialogProps {
  title: string
  kinds: readonly Found['kind'][]
  /** One of them. */
  add: (one: Found) => Promise<void>
  onClose: () => void
  /** What else has to be decided. */
  children?: ReactNode
}

/** Chooses people and groups and adds them one by one: who is in stays in when the next one is refused. */
export default function AddObjectsDialog({ title, kinds, add, onClose, children }: AddObjectsDialogProps) {
  const [chosen, setChosen] = useState<readonly Found[]>([])
  const addAll = async () => {
    if (chosen.length === 0) throw new FieldProblem('chosen', message('web.admin.objects.choose-first'))
    for (const [at, one] of chosen.entries()) {
      await add(one).catch((error: unknown) => {
        setChosen(chosen.slice(at))
        throw error
      })
    }
    showToast(countMessage('web.admin.objects.added', chosen.length))
    onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <Form onSubmit={addAll}>
        {children}
        <PeoplePicker label={message('web.admin.objects.who')} name="chosen" kinds={kinds} chosen={chosen} onChange={setChosen} />
        <div className="form-buttons">
          <SubmitButton>{message('web.admin.objects.add')}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
