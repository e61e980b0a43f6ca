import type { Channel, HttpGatewayChanges, MailGatewayChanges } from '#contract/graph/gateways.ts'
import { type HttpSettings, type Kept, leadsElsewhere, type MailSettings, mailLeadsElsewhere } from '#server/domain/own-gateway.ts'
import { refuse } from '#server/domain/refusal.ts'

/** What comes of it when only some of it is said anew. A secret that nobody types goes along, unless it would go to somebody else. */
export function mergedHttp(
  before: HttpSettings,
  { credential, signingSecret, ...wanted }: Said<HttpGatewayChanges>,
  now: Date,
): HttpSettings {
  const after = {
    ...before,
    ...defined(wanted),
    credential: keptOf(before.credential, credential, now),
    signingSecret: keptOf(before.signingSecret, signingSecret, now),
  }
  if (credential === undefined && before.credential && leadsElsewhere(before, after)) refuse('gateway_credential_again', again)
  return after
}

export function mergedMail(before: MailSettings, { credential, ...wanted }: Said<MailGatewayChanges>, now: Date): MailSettings {
  const after = { ...before, ...defined(wanted), credential: keptOf(before.credential, credential, now) }
  if (credential === undefined && before.credential && mailLeadsElsewhere(before, after)) refuse('gateway_credential_again', again)
  return after
}

const again = { property: 'credential' }

/** What a caller can say: all but who it is about. */
type Said<Changes> = Omit<Changes, 'id'>

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function defined<T extends object>(given: T): Defined<T> {
  // Only what is undefined is left out, so what remains has the type it had.
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<T>
}

function keptOf(before: Kept | undefined, said: string | null | undefined, now: Date): Kept | undefined {
  if (said === undefined) return before
  return said === null ? undefined : { value: said, setAt: now.getTime() }
}

/** What an audit event says of a change; of a secret, that it is another one. */
export function differences(before: HttpSettings | MailSettings | undefined, after: HttpSettings | MailSettings | undefined) {
  const [from, to] = [told(before), told(after)]
  const names = [...new Set([...from.keys(), ...to.keys()])]
  return names
    .map((name) => ({ name, from: from.get(name), to: to.get(name) }))
    .filter((each) => each.from?.compared !== each.to?.compared)
    .map((each) => ({ name: each.name, from: each.from?.shown ?? null, to: each.to?.shown ?? null }))
}

function told(settings: HttpSettings | MailSettings | undefined): Map<string, { shown: string; compared: string }> {
  const rows = Object.entries(settings ?? {}).flatMap(([name, value]): [string, { shown: string; compared: string }][] => {
    if (value === undefined || value === '') return []
    const compared = JSON.stringify(value)
    const isSecret = name === 'credential' || name === 'signingSecret'
    return [[name, { shown: isSecret ? '***' : typeof value === 'object' ? compared : String(value), compared }]]
  })
  return new Map(rows)
}

export type Advice =
  | 'credential'
  | 'request'
  | 'address'
  | 'credit'
  | 'busy'
  | 'trouble'
  | 'silent'
  | 'name'
  | 'closed'
  | 'tls'
  | 'inside'
  | 'redirect'
  | 'receiver'
  | 'other'

/** What an administrator can do about a reason: what a provider answered, or what Node calls it when none did. */
export function adviceFor(channel: Channel, reason: string): Advice {
  const status = Number(/^status (\d+)$/.exec(reason)?.[1])
  if (Number.isInteger(status)) return channel === 'mail' ? adviceForMail(status) : adviceForStatus(status)
  if (/ABORT_ERR|TIMEDOUT|Timeout|ECONNECTION/i.test(reason)) return 'silent'
  if (/ENOTFOUND|EAI_|EDNS/.test(reason)) return 'name'
  if (/ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|EPIPE|ESOCKET/.test(reason)) return 'closed'
  if (/CERT|TLS|SSL|ALTNAME|SIGNED/.test(reason)) return 'tls'
  if (reason === 'EGRESS_REFUSED') return 'inside'
  if (reason === 'EAUTH') return 'credential'
  if (reason === 'EENVELOPE') return 'receiver'
  return 'other'
}

function adviceForStatus(status: number): Advice {
  if (status === 401 || status === 403) return 'credential'
  if (status === 402) return 'credit'
  if (status === 404 || status === 405 || status === 410) return 'address'
  if (status === 408 || status === 425 || status === 429) return 'busy'
  if (status >= 500) return 'trouble'
  return status >= 300 && status < 400 ? 'redirect' : 'request'
}

/** RFC 5321 §4.2.2, and RFC 4954 §6 for what concerns who we are. */
function adviceForMail(status: number): Advice {
  if ([530, 534, 535, 538].includes(status)) return 'credential'
  if (status >= 400 && status < 500) return 'busy'
  return status === 550 || status === 551 || status === 553 ? 'receiver' : 'request'
}
