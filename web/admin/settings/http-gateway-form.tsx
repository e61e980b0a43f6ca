import { useState } from 'react'
import type { HttpGatewayBody, HttpGatewayChanges } from '#contract/graph/gateways.ts'
import { api } from '../../kit/api/api.ts'
import { ApiError } from '../../kit/api/api-error.ts'
import { Disclosure } from '../../kit/disclosure.tsx'
import { FieldProblem, Form } from '../../kit/form.tsx'
import { Select } from '../../kit/select.tsx'
import { TextField } from '../../kit/text-field.tsx'
import { showToast } from '../../kit/toasts.tsx'
import { message } from '../../kit/words/message.ts'
import { GatewayTest } from './gateway-test.tsx'
import { headersIn, headersText } from './headers-text.ts'
import { otherProvider, otherRequests, providerAt, smsProviders } from './providers.ts'
import { RequestFields, requestProperties } from './request-fields.tsx'
import { SaveButtons } from './save-buttons.tsx'
import { SecretField } from './secret-field.tsx'
import { type SetValue, useSettings } from './use-settings.ts'

/** As it stands in the form: all of it text, but for what is chosen. */
export interface TypedGateway {
  url: string
  method: 'POST' | 'PUT' | 'GET'
  contentType: 'json' | 'form'
  headers: string
  body: string
  from: string
  perSecond: string
  authentication: 'none' | 'bearer' | 'basic'
  userName: string
  credential: string
  signingSecret: string
}

interface HttpGatewayFormProps {
  channel: 'sms' | 'voice'
  gateway: HttpGatewayBody
}

/** By which provider texts or calls leave, and in whose name. */
export function HttpGatewayForm({ channel, gateway: { settings } }: HttpGatewayFormProps) {
  const form = useSettings<TypedGateway>(typedOf(channel, settings))
  const { values, changes, isChanged, set, setAll, forget } = form
  const [isOpen, setOpen] = useState(channel === 'voice')
  const [provider, setProvider] = useState(values.url === '' ? undefined : (providerAt(values.url) ?? otherProvider))
  // Where nothing is saved yet, what the provider suggests is part of what is saved.
  const wanted = () => changesOf(settings ? changes : values)
  const save = async () => {
    try {
      await api.patch(`/sesam/v1/gateways/${channel}`, wanted())
    } catch (error) {
      const field = error instanceof ApiError ? error.property : error instanceof FieldProblem ? error.field : undefined
      if (field !== undefined && requestProperties.has(field)) setOpen(true)
      throw error
    }
    forget()
    showToast(message('web.admin.settings.saved'))
  }
  const choose = (id: string) => {
    setProvider(id)
    const { url, ...request } = smsProviders.find((one) => one.id === id)?.request ?? otherRequests[channel]
    setAll({ ...request, url, headers: headersText(request.headers) })
    setOpen(id === otherProvider)
  }
  return (
    <Form onSubmit={save}>
      {channel === 'sms' && <ProviderChoice provider={provider} onChoose={choose} />}
      <Account channel={channel} settings={settings} values={values} set={set} />
      <Disclosure title={message('web.admin.settings.gateway.request')} isOpen={isOpen} onOpenChange={setOpen}>
        <RequestFields channel={channel} values={values} set={set} />
      </Disclosure>
      <SaveButtons isChanged={isChanged} onUndo={forget} />
      <GatewayTest channel={channel} typed={isChanged ? testable(wanted) : {}} />
    </Form>
  )
}

interface AccountProps {
  channel: 'sms' | 'voice'
  settings: HttpGatewayBody['settings']
  values: TypedGateway
  set: SetValue<TypedGateway>
}

/** Who we are to the provider. */
function Account({ channel, settings, values, set }: AccountProps) {
  return (
    <>
      <div className="settings-pair">
        <TextField
          label={message(channel === 'sms' ? 'web.admin.settings.gateway.from.sms' : 'web.admin.settings.gateway.from.voice')}
          name="from"
          value={values.from}
          onChange={set('from')}
          hint={message('web.admin.settings.gateway.from.hint')}
          maxLength={64}
        />
        <TextField
          label={message('web.admin.settings.gateway.user')}
          name="userName"
          value={values.userName}
          onChange={set('userName')}
          autoComplete="off"
          isLtr
          hint={message('web.admin.settings.gateway.user-hint')}
        />
      </div>
      <SecretField
        label={message('web.admin.settings.gateway.credential')}
        name="credential"
        value={values.credential}
        onChange={set('credential')}
        setDateTime={settings?.credentialSetDateTime ?? null}
        hint={message('web.admin.settings.gateway.credential-hint')}
      />
      {channel === 'voice' && (
        <SecretField
          label={message('web.admin.settings.gateway.signing')}
          name="signingSecret"
          value={values.signingSecret}
          onChange={set('signingSecret')}
          setDateTime={settings?.signingSecretSetDateTime ?? null}
          hint={message('web.admin.settings.gateway.signing-hint')}
        />
      )}
    </>
  )
}

function ProviderChoice({ provider, onChoose }: { provider: string | undefined; onChoose: (id: string) => void }) {
  const options = [
    ...smsProviders.map(({ id, name }) => ({ value: id, text: name })),
    { value: otherProvider, text: message('web.admin.settings.gateway.other') },
  ]
  return (
    <Select
      label={message('web.admin.settings.gateway.provider')}
      name="provider"
      options={options}
      value={provider}
      onChange={onChoose}
      placeholder={message('web.admin.settings.gateway.choose')}
    />
  )
}

function typedOf(channel: 'sms' | 'voice', settings: HttpGatewayBody['settings']): TypedGateway {
  const nothing = { credential: '', signingSecret: '' }
  if (!settings) return { ...otherRequests[channel], headers: '', from: '', perSecond: '10', userName: '', ...nothing }
  const { url, method, contentType, headers, body, from, perSecond, authentication, userName } = settings
  const chosen = { url, method, contentType, body, from, authentication, userName }
  return { ...chosen, headers: headersText(headers), perSecond: String(perSecond), ...nothing }
}

/** What the API is told of it: a secret only where one was typed. */
function changesOf({ headers, perSecond, credential, signingSecret, ...rest }: Partial<TypedGateway>): HttpGatewayChanges {
  return {
    ...rest,
    ...(headers !== undefined && { headers: headersIn(headers) }),
    ...(perSecond !== undefined && { perSecond: Number(perSecond.replace(',', '.')) }),
    ...(credential && { credential }),
    ...(signingSecret && { signingSecret }),
  }
}

/** Headers that cannot be read yet are told of when they are saved. */
function testable(wanted: () => HttpGatewayChanges): HttpGatewayChanges {
  try {
    return wanted()
  } catch (error) {
    if (error instanceof FieldProblem) return {}
    throw error
  }
}
