import { useState } from 'react'
import type { ApplicationBody } from '#contract/graph/applications.ts'
import { api } from '../../kit/api/api.ts'
import { Form, SubmitButton } from '../../kit/form.tsx'
import { TextArea } from '../../kit/text-area.tsx'
import { TextField } from '../../kit/text-field.tsx'
import { showToast } from '../../kit/toasts.tsx'
import { useUnsaved } from '../../kit/use-unsaved.ts'
import { message } from '../../kit/words/message.ts'
import { type Platform, platforms, platformWords } from './platforms.ts'

/** Where people come back to after signing in, by where the app runs. */
export function AppAddresses({ app }: { app: ApplicationBody }) {
  const saved = textsOf(app)
  const [typed, setTyped] = useState(saved)
  const [home, setHome] = useState(app.web.homePageUrl ?? '')
  const isChanged = platforms.some((one) => typed[one] !== saved[one]) || home !== (app.web.homePageUrl ?? '')
  useUnsaved(isChanged)
  const save = async () => {
    await api.patch(`/v1.0/applications/${app.id}`, {
      web: { redirectUris: linesOf(typed.web), homePageUrl: home.trim() || null },
      spa: { redirectUris: linesOf(typed.spa) },
      publicClient: { redirectUris: linesOf(typed.publicClient) },
    })
    // As it was sent: without the blank lines.
    setTyped({ web: tidied(typed.web), spa: tidied(typed.spa), publicClient: tidied(typed.publicClient) })
    setHome(home.trim())
    showToast(message('web.admin.saved'))
  }
  const fieldOf = { ...Object.fromEntries(platforms.map((one) => [`${one}/redirectUris`, one])), 'web/homePageUrl': 'home' }
  return (
    <Form onSubmit={save} fieldOf={fieldOf}>
      <p className="soft">{message('web.admin.apps.uri-hint')}</p>
      {platforms.map((one) => (
        <TextArea
          key={one}
          label={message(platformWords[one].label)}
          name={one}
          value={typed[one]}
          onChange={(text) => setTyped({ ...typed, [one]: text })}
          hint={message(platformWords[one].told)}
          isLtr
        />
      ))}
      <TextField label={message('web.admin.apps.home')} name="home" value={home} onChange={setHome} type="url" isLtr />
      <div className="form-buttons">
        <SubmitButton>{message('web.admin.save')}</SubmitButton>
      </div>
    </Form>
  )
}

function textsOf(app: ApplicationBody): Record<Platform, string> {
  return {
    web: app.web.redirectUris.join('\n'),
    spa: app.spa.redirectUris.join('\n'),
    publicClient: app.publicClient.redirectUris.join('\n'),
  }
}

function linesOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')
}

function tidied(text: string): string {
  return linesOf(text).join('\n')
}
