import { useState } from 'react'
import type { PersonMethodsBody } from '#contract/graph/person-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import { Button } from '../../../../kit/button.tsx'
import { CopyOnce } from '../../../../kit/copy-once.tsx'
import { Dialog } from '../../../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../../../kit/form.tsx'
import { message } from '../../../../kit/words/message.ts'
import { leaveStep } from './step.ts'

/** Under which Graph knows everybody's password. Importing it would bring the checker of the contract along. */
const passwordMethodId = '28c10230-6103-485e-b985-444c60001490'

/** A password for a day, made by the server and shown this once. */
export function PasswordDialog({ methods: { id, displayName: name } }: { methods: PersonMethodsBody }) {
  const [secret, setSecret] = useState<string>()
  const title = message('web.admin.users.person.methods.reset-password.title', { name })
  const reset = async () => {
    const { newPassword } = await api.post<{ newPassword: string }>(
      `/v1.0/users/${id}/authentication/methods/${passwordMethodId}/resetPassword`,
      {},
    )
    setSecret(newPassword)
  }
  if (secret === undefined) {
    return (
      <Dialog title={title} role="alertdialog" onClose={leaveStep}>
        <p>{message('web.admin.users.person.methods.reset-password.told', { name })}</p>
        <Form onSubmit={reset}>
          <div className="dialog-buttons">
            <Button kind="quiet" onPress={leaveStep} autoFocus>
              {message('web.kit.dialog.cancel')}
            </Button>
            <SubmitButton kind="danger">{message('web.admin.users.person.methods.reset-password.confirm')}</SubmitButton>
          </div>
        </Form>
      </Dialog>
    )
  }
  return (
    <Dialog title={title} onClose={leaveStep}>
      <CopyOnce label={message('web.admin.users.person.methods.reset-password.label', { name })} secret={secret} />
      <p className="small">{message('web.admin.users.person.methods.reset-password.next', { name })}</p>
      <div className="dialog-buttons">
        <Button onPress={leaveStep}>{message('web.admin.users.person.done')}</Button>
      </div>
    </Dialog>
  )
}
