import { useState } from 'react'
import { api } from '../../kit/api/api.ts'
import { ApiError } from '../../kit/api/api-error.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { FieldProblem, Form, SubmitButton } from '../../kit/form.tsx'
import { session } from '../../kit/session/session.ts'
import { TextField } from '../../kit/text-field.tsx'
import { showToast } from '../../kit/toasts.tsx'
import { message } from '../../kit/words/message.ts'

interface PasswordDialogProps {
  /** Whoever has one says it before it is replaced. */
  hasOne: boolean
  minLength: number
  onClose: () => void
}

/** What is wrong with the password itself belongs to its field; the API names a field only for the current one. */
function tellWhere(error: unknown): never {
  if (error instanceof ApiError && error.property === undefined && error.code.startsWith('password_')) {
    throw new FieldProblem('newPassword', error.message)
  }
  throw error
}

export function PasswordDialog({ hasOne, minLength, onClose }: PasswordDialogProps) {
  const [isShown, setShown] = useState(false)
  const type = isShown ? 'text' : 'password'
  const save = async (fields: ReadonlyMap<string, string>) => {
    const newPassword = fields.get('newPassword') ?? ''
    const currentPassword = fields.get('currentPassword') ?? ''
    const sent = hasOne
      ? api.post('/v1.0/me/changePassword', { currentPassword, newPassword })
      : api.post('/sesam/v1/me/password', { newPassword })
    await sent.catch(tellWhere)
    showToast(message(hasOne ? 'web.account.password.changed' : 'web.account.password.made'))
    onClose()
  }
  return (
    <Dialog title={message(hasOne ? 'web.account.password.change' : 'web.account.password.set')} onClose={onClose}>
      <Form onSubmit={save}>
        {/* Password managers look for whose it is. */}
        <input type="hidden" name="username" autoComplete="username" value={session.person.username} />
        {hasOne && (
          <TextField
            label={message('web.account.password.current')}
            name="currentPassword"
            type={type}
            autoComplete="current-password"
            autoFocus
            isRequired
            isLtr
          />
        )}
        <TextField
          label={message('web.account.password.new')}
          name="newPassword"
          type={type}
          autoComplete="new-password"
          autoFocus={!hasOne}
          isRequired
          isLtr
          hint={message('web.account.password.rule', { min: String(minLength) })}
        />
        <div>
          <Button kind="plain" onPress={() => setShown(!isShown)}>
            {message(isShown ? 'web.account.password.hide' : 'web.account.password.show')}
          </Button>
        </div>
        {hasOne && <p className="soft">{message('web.account.password.change-told')}</p>}
        <div className="dialog-buttons">
          <Button kind="quiet" onPress={onClose}>
            {message('web.kit.dialog.cancel')}
          </Button>
          <SubmitButton>{message('web.account.password.save')}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
