import { useState } from 'react'
import type { ApplicationBody, PasswordCredentialBody } from '#contract/graph/applications.ts'
import { api } from '../../kit/api/api.ts'
import { Button } from '../../kit/button.tsx'
import { CopyOnce } from '../../kit/copy-once.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../kit/form.tsx'
import { TextField } from '../../kit/text-field.tsx'
import { message } from '../../kit/words/message.ts'

/** Makes a secret and tells it this once. */
export default function NewSecretDialog({ app, onClose }: { app: ApplicationBody; onClose: () => void }) {
  const [secret, setSecret] = useState<string>()
  const make = async (fields: ReadonlyMap<string, string>) => {
    const made = await api.post<PasswordCredentialBody>(`/v1.0/applications/${app.id}/addPassword`, {
      passwordCredential: { displayName: fields.get('displayName') || null },
    })
    setSecret(made.secretText ?? '')
  }
  return (
    <Dialog title={message('web.admin.apps.secret.open')} onClose={onClose}>
      {secret === undefined ? (
        <Form onSubmit={make} fieldOf={{ 'passwordCredential/displayName': 'displayName' }}>
          <TextField
            label={message('web.admin.apps.secret.name')}
            name="displayName"
            hint={message('web.admin.apps.secret.name-hint')}
            autoFocus
          />
          <div className="form-buttons">
            <SubmitButton>{message('web.admin.apps.secret.make')}</SubmitButton>
          </div>
        </Form>
      ) : (
        <div className="stack">
          <CopyOnce label={message('web.admin.apps.secret.one')} secret={secret} />
          <div className="form-buttons">
            <Button onPress={onClose}>{message('web.admin.done')}</Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
