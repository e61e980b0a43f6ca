import { useState } from 'react'
import type { GroupBody } from '#contract/graph/groups.ts'
import { api } from '../../kit/api/api.ts'
import { Dialog } from '../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../kit/form.tsx'
import { TextField } from '../../kit/text-field.tsx'
import { useUnsaved } from '../../kit/use-unsaved.ts'
import { message } from '../../kit/words/message.ts'

export default function EditGroupDialog({ group, onClose }: { group: GroupBody; onClose: () => void }) {
  const [displayName, setDisplayName] = useState(group.displayName)
  const [description, setDescription] = useState(group.description ?? '')
  useUnsaved(displayName !== group.displayName || description !== (group.description ?? ''))
  const save = async () => {
    await api.patch(`/v1.0/groups/${group.id}`, { displayName, description: description || null })
    onClose()
  }
  return (
    <Dialog title={message('web.admin.change')} onClose={onClose}>
      <Form onSubmit={save}>
        <TextField
          label={message('web.admin.groups.column.name')}
          name="displayName"
          value={displayName}
          onChange={setDisplayName}
          isRequired
          autoFocus
        />
        <TextField
          label={message('web.admin.groups.column.description')}
          name="description"
          value={description}
          onChange={setDescription}
        />
        <div className="form-buttons">
          <SubmitButton>{message('web.admin.save')}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
