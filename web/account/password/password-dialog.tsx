import { useState } from 'react'
import { api } from '../../kit/api/api.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../kit/form.tsx'
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

export function PasswordDialog({ hasOne, minLength, onClose }: PasswordDialogProps) {
  const [isShown, setShown] = useState(false)
  const type = isShown ? 'text' : 'password'
  const save = async (fields: ReadonlyMap<string, string>) => {
    const newPassword = fields.get('newPassword') ?? ''
    if (hasOne) await api.post('/v1.0/me/changePassword', { currentPassword: fields.get('currentPassword') ?? '', newPassword })
    else await api.post('/sesam/v1/me/password', { newPassword })
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
