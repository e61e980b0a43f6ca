import type { Channel } from '#contract/graph/gateways.ts'
import type { RefusalCode } from '#contract/refusals.ts'
import { parseEmailAddress } from './email-address.ts'
import type { GatewayOptions } from './gateway-options.ts'
import { isLoopback } from './loopback.ts'
import type { MailOptions } from './mail-options.ts'
import type { VoiceGatewayOptions } from './voice-gateway-options.ts'

/** A provider over HTTP as an organisation set it up. Nothing in it is secret but what is `Kept`. */
export interface HttpSettings {
  url: string
  method: 'POST' | 'PUT' | 'GET'
  contentType: 'json' | 'form'
  headers: Readonly<Record<string, string>>
  body: string
  from: string
  perSecond: number
  /** How it is told who asks; anything else is written with `{credential}` where it goes. */
  authentication: 'none' | 'bearer' | 'basic'
  userName: string
  dialsExtensions: boolean
  credential: Kept | undefined
  /** Signs our requests, and proves the reports of a provider of calls. */
  signingSecret: Kept | undefined
}

export interface MailSettings {
  host: string
  port: number
  security: 'startTls' | 'tls'
  from: string
  userName: string
  credential: Kept | undefined
}

/** A secret, and since when. */
export interface Kept {
  value: string
  setAt: number
}

export interface SettingsOf {
  sms: HttpSettings
  voice: HttpSettings
  mail: MailSettings
}

export type OwnGateway<C extends Channel> = { settings: SettingsOf[C]; changedAt: Date }

/** What an organisation sends by itself; what is missing here goes by the installation's gateways. */
export type OwnGateways = { [C in Channel]?: OwnGateway<C> }

/** No gateway of an installation can be called so. */
export const ownGatewayName = '~organization'

export const newHttpSettings: HttpSettings = {
  url: '',
  method: 'POST',
  contentType: 'json',
  headers: {},
  body: '',
  from: '',
  perSecond: 10,
  authentication: 'none',
  userName: '',
  dialsExtensions: false,
  credential: undefined,
  signingSecret: undefined,
}

export const newMailSettings: MailSettings = { host: '', port: 587, security: 'startTls', from: '', userName: '', credential: undefined }

const needed = { sms: ['{to}', '{text}'], voice: ['{to}', '{callback}'] } as const
const signingSecretMin = 16

/** What is wrong, and at which property. */
export interface SettingProblem {
  code: Extract<RefusalCode, `gateway_${string}`>
  property: string
  details?: Readonly<Record<string, string>>
}

/** A name that says that its value is a secret. */
const telling = /^(?:authorization|proxy-authorization|cookie)$|key|token|secret|passw/i

/** The first thing that keeps these from being used; `reachesLoopback` where all is on one machine, as in an evaluation. */
export function problemIn(channel: 'sms' | 'voice', settings: HttpSettings, reachesLoopback: boolean): SettingProblem | undefined {
  return problemInRequest(channel, settings, reachesLoopback) ?? problemInSecrets(channel, settings)
}

function problemInRequest(channel: 'sms' | 'voice', settings: HttpSettings, reachesLoopback: boolean): SettingProblem | undefined {
  const { url, method, body, contentType } = settings
  const code = problemInUrl(url, reachesLoopback)
  if (code) return { code, property: 'url' }
  const isInUrl = method === 'GET'
  const missing = needed[channel].find((name) => !(isInUrl ? url : url + body).includes(name))
  if (missing) return { code: 'gateway_place_missing', property: isInUrl ? 'url' : 'body', details: { name: missing } }
  if (!isInUrl && contentType === 'json' && !isJson(body)) return { code: 'gateway_body_not_json', property: 'body' }
  return undefined
}

function problemInSecrets(channel: 'sms' | 'voice', settings: HttpSettings): SettingProblem | undefined {
  const { headers, authentication, userName, credential, signingSecret } = settings
  const open = Object.entries(headers).find(([name, value]) => telling.test(name) && !value.includes('{credential}'))
  if (open) return { code: 'gateway_secret_open', property: 'headers' }
  if (authentication === 'basic' && userName === '') return { code: 'gateway_user_missing', property: 'userName' }
  if (needsCredential(settings) && !credential) return { code: 'gateway_credential_missing', property: 'credential' }
  if (signingSecret && signingSecret.value.length < signingSecretMin)
    return { code: 'gateway_secret_short', property: 'signingSecret', details: { min: String(signingSecretMin) } }
  // Without one anybody who learns an address could report that a phone was answered.
  if (channel === 'voice' && !signingSecret) return { code: 'gateway_signing_missing', property: 'signingSecret' }
  return undefined
}

export function problemInMail(settings: MailSettings, reachesLoopback: boolean): SettingProblem | undefined {
  const { host, port, from, userName, credential } = settings
  const isHere = reachesLoopback && isLoopback(host)
  if (!isHere && !/^(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*$/i.test(host))
    return { code: 'gateway_host_invalid', property: 'host' }
  if (!isHere && !mailPorts.includes(port))
    return { code: 'gateway_port_invalid', property: 'port', details: { ports: mailPorts.join(', ') } }
  if (!parseEmailAddress(from)) return { code: 'gateway_from_invalid', property: 'from' }
  if (userName !== '' && !credential) return { code: 'gateway_credential_missing', property: 'credential' }
  return undefined
}

/** Where mail is handed in; anything else is no mail server, and asking around on ports is not what this is for. */
const mailPorts = [25, 465, 587, 2525]

function problemInUrl(text: string, reachesLoopback: boolean): SettingProblem['code'] | undefined {
  const url = URL.parse(text.replaceAll(/\{\w+\}/g, 'x'))
  const isHere = url !== null && reachesLoopback && isLoopback(url.hostname)
  const isSafe = url?.protocol === 'https:' || (isHere && url.protocol === 'http:')
  if (!url || !isSafe || /^[^/]*\/\/[^/?#]*\{/.test(text)) return 'gateway_url_invalid'
  const isOpen = [...(URL.parse(text)?.searchParams ?? [])].some(([name, value]) => telling.test(name) && !value.includes('{'))
  return isOpen || url.username || url.password ? 'gateway_secret_open' : undefined
}

function needsCredential({ authentication, url, headers, body }: HttpSettings): boolean {
  return authentication !== 'none' || [url, body, ...Object.values(headers)].some((text) => text.includes('{credential}'))
}

/**
 * Whether what was kept would now go to somebody else. Then the secret has to be typed again: whoever may change an address must not thereby
 * be able to read what was sent to the old one.
 */
export function leadsElsewhere(before: HttpSettings, after: HttpSettings): boolean {
  return originOf(before.url) !== originOf(after.url)
}

export function mailLeadsElsewhere(before: MailSettings, after: MailSettings): boolean {
  return before.host.toLowerCase() !== after.host.toLowerCase() || before.port !== after.port
}

function originOf(url: string): string {
  return URL.parse(url.replaceAll(/\{\w+\}/g, 'x'))?.origin ?? ''
}

function isJson(template: string): boolean {
  try {
    JSON.parse(template)
    return true
  } catch {
    return false
  }
}

/** What the sender of an installation's gateways understands. */
export function httpOptions(settings: HttpSettings): GatewayOptions {
  const { url, method, contentType, body, from, perSecond, authentication, userName } = settings
  const credential = settings.credential?.value ?? ''
  const values = { credential, userName }
  const authorization = {
    none: {},
    bearer: { authorization: `Bearer ${credential}` },
    basic: { authorization: `Basic ${Buffer.from(`${userName}:${credential}`).toString('base64')}` },
  }[authentication]
  const written = Object.entries(settings.headers).map(([name, text]) => [
    name.toLowerCase(),
    text.replaceAll(/\{(credential|userName)\}/g, (_whole, which: 'credential' | 'userName') => values[which]),
  ])
  const headers = { ...Object.fromEntries(written), ...authorization }
  return { name: ownGatewayName, url, method, contentType, body, from, perSecond, headers, values, secret: settings.signingSecret?.value }
}

export function voiceOptions(settings: HttpSettings): VoiceGatewayOptions {
  return { ...httpOptions(settings), secret: settings.signingSecret?.value ?? '', dialsExtensions: settings.dialsExtensions }
}

export function mailOptions({ host, port, security, from, userName, credential }: MailSettings, reachesLoopback: boolean): MailOptions {
  const address = parseEmailAddress(from)
  if (!address) throw new Error('a mail gateway without an address was kept')
  const isLocal = reachesLoopback && isLoopback(host)
  return { host, port, isTls: security === 'tls', isLocal, user: userName || undefined, password: credential?.value, from: address }
}
