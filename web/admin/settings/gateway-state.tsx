import type { Channel, HttpGatewayBody, MailGatewayBody } from '#contract/graph/gateways.ts'
import { Banner } from '../../kit/banner.tsx'
import { type MessageKey, message } from '../../kit/words/message.ts'
import { momentText } from '../../kit/words/moments.ts'

type Gateway = Omit<HttpGatewayBody | MailGatewayBody, 'settings'>

const sources: Readonly<Record<Gateway['source'], MessageKey>> = {
  organization: 'web.admin.settings.gateway.source.organization',
  installation: 'web.admin.settings.gateway.source.installation',
  inbox: 'web.admin.settings.gateway.source.inbox',
  none: 'web.admin.settings.gateway.source.none',
}

const nothing: Readonly<Record<Channel, MessageKey>> = {
  sms: 'web.admin.settings.sms.nothing',
  voice: 'web.admin.settings.calls.nothing',
  mail: 'web.admin.settings.mail.nothing',
}

/** By what messages leave now, and how that goes. */
export function GatewayState({ gateway }: { gateway: Gateway }) {
  const { id, source, workedDateTime, failedDateTime, failure, advice } = gateway
  const fails = failedDateTime !== null && (workedDateTime === null || failedDateTime > workedDateTime)
  const tone = source === 'none' || fails ? 'bad' : workedDateTime ? 'good' : 'note'
  return (
    <Banner tone={tone} title={message(sources[source])}>
      {source === 'none' && <p>{message(nothing[id])}</p>}
      {fails ? (
        <p>
          {message('web.admin.settings.gateway.failed', { moment: momentText(failedDateTime), reason: failure ?? '' })} {advice}
        </p>
      ) : (
        workedDateTime && <p>{message('web.admin.settings.gateway.worked', { moment: momentText(workedDateTime) })}</p>
      )}
      {source !== 'none' && !workedDateTime && !fails && <p>{message('web.admin.settings.gateway.untried')}</p>}
    </Banner>
  )
}
