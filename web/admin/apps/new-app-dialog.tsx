import { useState } from 'react'
import type { ApplicationBody } from '#contract/graph/applications.ts'
import { api } from '../../kit/api/api.ts'
import { Dialog } from '../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../kit/form.tsx'
import { RadioGroup } from '../../kit/radio-group.tsx'
import { go } from '../../kit/routing/address.ts'
import { TextField } from '../../kit/text-field.tsx'
import { useDraft } from '../../kit/use-draft.ts'
import { message } from '../../kit/words/message.ts'
import { type Platform, platforms, platformWords } from './platforms.ts'

/** A name, where it runs and where people come back to; it is let in at once, since that is what one registers it for. */
export default function NewAppDialog({ onClose }: { onClose: () => void }) {
  const [displayName, setDisplayName, forgetName] = useDraft('new-app.displayName', '')
  const [uri, setUri, forgetUri] = useDraft('new-app.uri', '')
  const [platform, setPlatform] = useState<Platform>('web')
  const create = async () => {
    const made = await api.post<ApplicationBody>('/v1.0/applications', {
      displayName,
      ...(uri && { [platform]: { redirectUris: [uri.trim()] } }),
    })
    await api.post('/v1.0/servicePrincipals', { appId: made.appId })
    forgetName()
    forgetUri()
    go(`/admin/apps/${made.appId}`)
  }
  return (
    <Dialog title={message('web.admin.apps.new.title')} onClose={onClose}>
      <Form onSubmit={create} fieldOf={{ 'web/redirectUris': 'uri', 'spa/redirectUris': 'uri', 'publicClient/redirectUris': 'uri' }}>
        <TextField
          label={message('web.admin.apps.name')}
          name="displayName"
          value={displayName}
          onChange={setDisplayName}
          isRequired
          autoFocus
        />
        <RadioGroup
          label={message('web.admin.apps.platform.label')}
          name="platform"
          choices={platforms.map((one) => ({
            value: one,
            label: message(platformWords[one].label),
            note: message(platformWords[one].told),
          }))}
          value={platform}
          onChange={setPlatform}
        />
        <TextField
          label={message('web.admin.apps.new.uri')}
          name="uri"
          value={uri}
          onChange={setUri}
          type="url"
          isLtr
          hint={message('web.admin.apps.uri-hint')}
        />
        <div className="form-buttons">
          <SubmitButton>{message('web.admin.apps.new.create')}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
