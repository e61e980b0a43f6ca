import { Send } from 'lucide-react'
import { useState } from 'react'
import type { Channel, GatewayTestBody } from '#contract/graph/gateways.ts'
import { api } from '../../kit/api/api.ts'
import { ApiError } from '../../kit/api/api-error.ts'
import { Banner } from '../../kit/banner.tsx'
import { Button } from '../../kit/button.tsx'
import { ErrorBanner } from '../../kit/error-banner.tsx'
import { type MessageKey, message } from '../../kit/words/message.ts'

const labels: Readonly<Record<Channel, MessageKey>> = {
  sms: 'web.admin.settings.sms.test',
  voice: 'web.admin.settings.calls.test',
  mail: 'web.admin.settings.mail.test',
}

/** The administrator has nothing yet that a test could go to. */
const nowhere: ReadonlySet<string> = new Set(['gateway_no_number', 'gateway_no_address'])

interface GatewayTestProps {
  channel: Channel
  /** What is typed and not saved, to be tried as it is; nothing means what is in force. */
  typed: object
}

/** Sends the administrator a message of their own, and says what the provider answered. */
export function GatewayTest({ channel, typed }: GatewayTestProps) {
  const [isBusy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<GatewayTestBody | ApiError>()
  const isTyped = Object.keys(typed).length > 0
  const send = async () => {
    setBusy(true)
    setOutcome(undefined)
    try {
      setOutcome(await api.post<GatewayTestBody>(`/sesam/v1/gateways/${channel}/test`, typed))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setOutcome(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="settings-group" aria-label={message(labels[channel])}>
      <div className="settings-buttons">
        <Button kind="quiet" isBusy={isBusy} icon={<Send className="icon" aria-hidden="true" />} onPress={() => void send()}>
          {message(labels[channel])}
        </Button>
        <p className="soft small">{message(isTyped ? 'web.admin.settings.gateway.test-typed' : 'web.admin.settings.gateway.test-own')}</p>
      </div>
      {outcome instanceof ApiError && <ErrorBanner error={outcome} />}
      {outcome instanceof ApiError && nowhere.has(outcome.code) && (
        <p>
          <a className="link" href="/account/security-info">
            {message('web.admin.settings.gateway.own-info')}
          </a>
        </p>
      )}
      {outcome && !(outcome instanceof ApiError) && (
        <Banner tone={outcome.outcome === 'sent' ? 'good' : 'bad'} title={outcome.message} isNews>
          {outcome.advice && <p>{outcome.advice}</p>}
        </Banner>
      )}
    </section>
  )
}
