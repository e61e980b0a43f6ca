import { useState } from 'react'
import type { PersonMethodBody, PersonMethodsBody } from '#contract/graph/person-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import { Button } from '../../../../kit/button.tsx'
import { Dialog } from '../../../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../../../kit/form.tsx'
import { TextField } from '../../../../kit/text-field.tsx'
import { showToast } from '../../../../kit/toasts.tsx'
import { message } from '../../../../kit/words/message.ts'
import { isPhone, nameOf, phoneTypes } from './kinds.ts'
import { NumberField } from './number-field.tsx'
import { leaveStep } from './step.ts'

interface ChangeDialogProps {
  methods: PersonMethodsBody
  method: PersonMethodBody
}

/** Another number or address in the place of this one; its type stays. */
export function ChangeDialog({ methods, method }: ChangeDialogProps) {
  const { id, kind } = method
  const [value, setValue] = useState('')
  const base = `/v1.0/users/${methods.id}/authentication` as const
  const save = async () => {
    if (isPhone(kind)) await api.patch(`${base}/phoneMethods/${id}`, { phoneNumber: value })
    else await api.patch(`${base}/emailMethods/${id}`, { emailAddress: value })
    showToast(message('web.admin.users.person.methods.changed'))
    leaveStep()
  }
  return (
    <Dialog title={message('web.admin.users.person.methods.change-title')} onClose={leaveStep}>
      <p className="soft">{message('web.admin.users.person.methods.change-told', { method: nameOf(method) })}</p>
      <Form onSubmit={save}>
        {isPhone(kind) ? (
          <NumberField personId={methods.id} phoneType={phoneTypes[kind].type} value={value} onChange={setValue} />
        ) : (
          <TextField
            label={message('web.admin.users.person.methods.kind.email')}
            name="emailAddress"
            type="email"
            autoComplete="off"
            value={value}
            onChange={setValue}
            isRequired
            isLtr
          />
        )}
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
