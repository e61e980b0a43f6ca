import type { MailGatewayBody, MailGatewayChanges } from '#contract/graph/gateways.ts'
import { api } from '../../../kit/api/api.ts'
import { Form } from '../../../kit/form.tsx'
import { Select } from '../../../kit/select.tsx'
import { TextField } from '../../../kit/text-field.tsx'
import { showToast } from '../../../kit/toasts.tsx'
import { message } from '../../../kit/words/message.ts'
import { GatewayTest } from '../gateway-test.tsx'
import { SaveButtons } from '../save-buttons.tsx'
import { SecretField } from '../secret-field.tsx'
import { useSettings } from '../use-settings.ts'

interface TypedMail {
  host: string
  port: string
  security: 'startTls' | 'tls'
  from: string
  userName: string
  credential: string
}

const newMail: TypedMail = { host: '', port: '587', security: 'startTls', from: '', userName: '', credential: '' }

/** The server that takes the organisation's mail, and the address it comes from. */
export function MailGatewayForm({ gateway: { settings } }: { gateway: MailGatewayBody }) {
  const { values, changes, isChanged, set, setAll, forget } = useSettings<TypedMail>(settings ? typedOf(settings) : newMail)
  const wanted = changesOf(settings ? changes : values)
  const save = async () => {
    await api.patch('/sesam/v1/gateways/mail', wanted)
    forget()
    showToast(message('web.admin.settings.saved'))
  }
  return (
    <Form onSubmit={save}>
      <Server values={values} set={set} setAll={setAll} />
      <TextField
        label={message('web.admin.settings.mail.from')}
        name="from"
        type="email"
        value={values.from}
        onChange={set('from')}
        hint={message('web.admin.settings.mail.from-hint')}
        isRequired
        isLtr
      />
      <div className="settings-pair">
        <TextField
          label={message('web.admin.settings.mail.user')}
          name="userName"
          value={values.userName}
          onChange={set('userName')}
          autoComplete="off"
          isLtr
        />
        <SecretField
          label={message('web.admin.settings.mail.password')}
          name="credential"
          value={values.credential}
          onChange={set('credential')}
          setDateTime={settings?.credentialSetDateTime ?? null}
        />
      </div>
      <SaveButtons isChanged={isChanged} onUndo={forget} />
      <GatewayTest channel="mail" typed={isChanged ? wanted : {}} />
    </Form>
  )
}

type TypedForm = Pick<ReturnType<typeof useSettings<TypedMail>>, 'values' | 'set' | 'setAll'>

function Server({ values, set, setAll }: TypedForm) {
  return (
    <>
      <TextField label={message('web.admin.settings.mail.host')} name="host" value={values.host} onChange={set('host')} isRequired isLtr />
      <div className="settings-pair">
        <Select
          label={message('web.admin.settings.mail.security')}
          name="security"
          value={values.security}
          // Each way has its usual port, and nobody should have to know it.
          onChange={(security) => setAll({ security, port: security === 'tls' ? '465' : '587' })}
          options={[
            { value: 'startTls', text: message('web.admin.settings.mail.start-tls') },
            { value: 'tls', text: message('web.admin.settings.mail.tls') },
          ]}
        />
        <TextField
          label={message('web.admin.settings.mail.port')}
          name="port"
          inputMode="numeric"
          value={values.port}
          onChange={set('port')}
        />
      </div>
    </>
  )
}

function typedOf({ host, port, security, from, userName }: NonNullable<MailGatewayBody['settings']>): TypedMail {
  return { host, port: String(port), security, from, userName, credential: '' }
}

function changesOf({ port, credential, ...rest }: Partial<TypedMail>): MailGatewayChanges {
  return { ...rest, ...(port !== undefined && { port: Number(port) }), ...(credential && { credential }) }
}
