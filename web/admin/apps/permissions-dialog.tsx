import { useState } from 'react'
import { CheckboxGroup } from '../../kit/checkbox-group.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { FieldProblem, Form, SubmitButton } from '../../kit/form.tsx'
import type { Choice } from '../../kit/radio-group.tsx'
import { message } from '../../kit/words/message.ts'

interface PermissionsDialogProps {
  title: string
  offered: readonly Choice[]
  give: (values: readonly string[]) => Promise<void>
  onClose: () => void
}

/** Chooses what an app may do. */
export default function PermissionsDialog({ title, offered, give, onClose }: PermissionsDialogProps) {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const send = async () => {
    if (chosen.length === 0) throw new FieldProblem('permissions', message('web.admin.objects.choose-first'))
    await give(chosen)
    onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <Form onSubmit={send}>
        <CheckboxGroup
          label={message('web.admin.apps.section.permissions')}
          name="permissions"
          choices={offered}
          values={chosen}
          onChange={setChosen}
        />
        <div className="form-buttons">
          <SubmitButton>{title}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
