import { useState } from 'react'
import type { PersonMethodsBody } from '#contract/graph/person-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import { Button } from '../../../../kit/button.tsx'
import { Dialog } from '../../../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../../../kit/form.tsx'
import { Select } from '../../../../kit/select.tsx'
import { showToast } from '../../../../kit/toasts.tsx'
import { message } from '../../../../kit/words/message.ts'
import { stepText } from './kinds.ts'
import { leaveStep } from './step.ts'

const name = 'userPreferredMethodForSecondaryAuthentication'

export function DefaultDialog({ methods: { id, defaultChoices, defaultMethod } }: { methods: PersonMethodsBody }) {
  const [chosen, setChosen] = useState(defaultMethod.effective?.method)
  const save = async () => {
    await api.patch(`/beta/users/${id}/authentication/signInPreferences`, { [name]: chosen })
    showToast(message('web.admin.users.person.methods.default-method.changed'))
    leaveStep()
  }
  return (
    <Dialog title={message('web.admin.users.person.methods.default-method.change-title')} onClose={leaveStep}>
      <Form onSubmit={save}>
        <Select
          label={message('web.admin.users.person.methods.default-method.title')}
          name={name}
          options={defaultChoices.map((choice) => ({ value: choice.method, text: stepText(choice) }))}
          value={chosen}
          onChange={setChosen}
        />
        <div className="dialog-buttons">
          <Button kind="quiet" onPress={leaveStep}>
            {message('web.kit.dialog.cancel')}
          </Button>
          <SubmitButton>{message('web.admin.users.person.save')}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
