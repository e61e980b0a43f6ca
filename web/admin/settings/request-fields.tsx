import { Select } from '../../kit/select.tsx'
import { TextArea } from '../../kit/text-area.tsx'
import { TextField } from '../../kit/text-field.tsx'
import { message } from '../../kit/words/message.ts'
import type { TypedGateway } from './http-gateway-form.tsx'
import type { SetValue } from './use-settings.ts'

/** What stands behind the caret; an error at one of these opens it. */
export const requestProperties: ReadonlySet<string> = new Set([
  'url',
  'method',
  'contentType',
  'authentication',
  'headers',
  'body',
  'perSecond',
])

interface RequestFieldsProps {
  channel: 'sms' | 'voice'
  values: TypedGateway
  set: SetValue<TypedGateway>
}

const methods = ['POST', 'PUT', 'GET'] as const

/** How the provider wants to be asked, for whoever has its documentation beside them. */
export function RequestFields({ channel, values, set }: RequestFieldsProps) {
  const places = channel === 'sms' ? '{to} {text} {from} {key}' : '{to} {extension} {language} {text} {callback} {from} {key}'
  return (
    <div className="settings-group">
      <TextField label={message('web.admin.settings.gateway.url')} name="url" type="url" value={values.url} onChange={set('url')} isLtr />
      <Select
        label={message('web.admin.settings.gateway.authentication')}
        name="authentication"
        value={values.authentication}
        onChange={set('authentication')}
        options={[
          { value: 'bearer', text: message('web.admin.settings.gateway.bearer') },
          { value: 'basic', text: message('web.admin.settings.gateway.basic') },
          { value: 'none', text: message('web.admin.settings.gateway.by-hand') },
        ]}
      />
      <Wire values={values} set={set} />
      <TextArea
        label={message('web.admin.settings.gateway.body')}
        name="body"
        value={values.body}
        onChange={set('body')}
        isLtr
        hint={message('web.admin.settings.gateway.body-hint', { places })}
      />
      <TextArea
        label={message('web.admin.settings.gateway.headers')}
        name="headers"
        value={values.headers}
        onChange={set('headers')}
        rows={2}
        isLtr
        hint={message('web.admin.settings.gateway.headers-hint')}
      />
    </div>
  )
}

function Wire({ values, set }: Omit<RequestFieldsProps, 'channel'>) {
  return (
    <div className="settings-pair">
      <Select
        label={message('web.admin.settings.gateway.method')}
        name="method"
        value={values.method}
        onChange={set('method')}
        options={methods.map((method) => ({ value: method, text: method }))}
      />
      <Select
        label={message('web.admin.settings.gateway.content')}
        name="contentType"
        value={values.contentType}
        onChange={set('contentType')}
        options={[
          { value: 'json', text: 'JSON' },
          { value: 'form', text: message('web.admin.settings.gateway.form') },
        ]}
      />
      <TextField
        label={message('web.admin.settings.gateway.pace')}
        name="perSecond"
        inputMode="numeric"
        value={values.perSecond}
        onChange={set('perSecond')}
      />
    </div>
  )
}
