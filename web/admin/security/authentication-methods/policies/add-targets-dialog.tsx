import { useState } from 'react'
import { Dialog } from '../../../../kit/dialog.tsx'
import { FieldProblem, Form, SubmitButton } from '../../../../kit/form.tsx'
import { type Found, PeoplePicker } from '../../../../kit/people-picker.tsx'
import { message } from '../../../../kit/words/message.ts'
import { rememberNames } from './use-target-names.ts'

interface AddTargetsDialogProps {
  title: string
  onSelect: (chosen: readonly Found[]) => void
  onClose: () => void
}

/** Chosen here, they stand in the policy; it is saved with the rest of it. */
export default function AddTargetsDialog({ title, onSelect, onClose }: AddTargetsDialogProps) {
  const [chosen, setChosen] = useState<readonly Found[]>([])
  const select = async () => {
    if (chosen.length === 0) throw new FieldProblem('chosen', message('web.admin.policies.add.choose-first'))
    rememberNames(chosen)
    onSelect(chosen)
    onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <Form onSubmit={select}>
        <PeoplePicker label={message('web.admin.policies.add.who')} name="chosen" chosen={chosen} onChange={setChosen} />
        <SubmitButton>{message('web.admin.policies.add.select')}</SubmitButton>
      </Form>
    </Dialog>
  )
}
