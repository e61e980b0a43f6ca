import { useState } from 'react'
import { api } from '../../../../kit/api/api.ts'
import { Button } from '../../../../kit/button.tsx'
import { Dialog } from '../../../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../../../kit/form.tsx'
import { type Found, PeoplePicker } from '../../../../kit/people-picker.tsx'
import { setting } from '../../../../kit/setting.ts'
import { showToast } from '../../../../kit/toasts.tsx'
import { message } from '../../../../kit/words/message.ts'
import type { Person } from '../person-page.tsx'

interface JoinDialogProps {
  person: Person
  onClose: () => void
}

export default function JoinDialog({ person, onClose }: JoinDialogProps) {
  const [chosen, setChosen] = useState<readonly Found[]>([])
  const join = async () => {
    for (const { id } of chosen)
      await api.post(`/v1.0/groups/${id}/members/$ref`, { '@odata.id': `${setting().publicUrl}/v1.0/directoryObjects/${person.id}` })
    if (chosen.length > 0) showToast(message('web.admin.users.person.groups.joined', { name: person.displayName }))
    onClose()
  }
  return (
    <Dialog title={message('web.admin.users.person.groups.join-title', { name: person.displayName })} onClose={onClose}>
      <Form onSubmit={join} fieldOf={{ members: 'groups' }}>
        <PeoplePicker
          label={message('web.admin.users.person.sections.groups')}
          name="groups"
          kinds={['group']}
          chosen={chosen}
          onChange={setChosen}
        />
        <div className="dialog-buttons">
          <Button kind="quiet" onPress={onClose}>
            {message('web.kit.dialog.cancel')}
          </Button>
          <SubmitButton>{message('web.admin.users.person.groups.add')}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
