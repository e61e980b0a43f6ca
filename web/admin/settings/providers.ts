import type { HttpGatewayBody } from '#contract/graph/gateways.ts'

type Request = Pick<NonNullable<HttpGatewayBody['settings']>, 'url' | 'method' | 'contentType' | 'headers' | 'body' | 'authentication'>

interface Provider {
  id: string
  name: string
  request: Request
}

const plain = { method: 'POST', headers: {} } as const

/** How well-known providers want to be asked, as their own documentation says. What they call user name and secret differs; the hints say so. */
export const smsProviders: readonly Provider[] = [
  {
    id: '46elks',
    name: '46elks',
    request: {
      ...plain,
      url: 'https://api.46elks.com/a1/sms',
      contentType: 'form',
      body: 'from={from}&to={to}&message={text}',
      authentication: 'basic',
    },
  },
  {
    id: 'sinch',
    name: 'Sinch',
    request: {
      ...plain,
      url: 'https://eu.sms.api.sinch.com/xms/v1/{userName}/batches',
      contentType: 'json',
      body: '{"from":"{from}","to":["{to}"],"body":"{text}"}',
      authentication: 'bearer',
    },
  },
  {
    id: 'telnyx',
    name: 'Telnyx',
    request: {
      ...plain,
      url: 'https://api.telnyx.com/v2/messages',
      contentType: 'json',
      body: '{"from":"{from}","to":"{to}","text":"{text}"}',
      authentication: 'bearer',
    },
  },
  {
    id: 'twilio',
    name: 'Twilio',
    request: {
      ...plain,
      url: 'https://api.twilio.com/2010-04-01/Accounts/{userName}/Messages.json',
      contentType: 'form',
      body: 'From={from}&To={to}&Body={text}',
      authentication: 'basic',
    },
  },
]

export const otherProvider = 'other'

export const otherRequests: Readonly<Record<'sms' | 'voice', Request>> = {
  sms: { ...plain, url: '', contentType: 'json', body: '{"to":"{to}","from":"{from}","text":"{text}"}', authentication: 'bearer' },
  voice: {
    ...plain,
    url: '',
    contentType: 'json',
    body: '{"to":"{to}","extension":"{extension}","language":"{language}","text":"{text}","callback":"{callback}"}',
    authentication: 'bearer',
  },
}

/** Whose address this is. */
export function providerAt(url: string): string | undefined {
  const host = URL.parse(url.replaceAll(/\{\w+\}/g, 'x'))?.hostname
  return host && smsProviders.find(({ request }) => URL.parse(request.url.replaceAll(/\{\w+\}/g, 'x'))?.hostname === host)?.id
}
