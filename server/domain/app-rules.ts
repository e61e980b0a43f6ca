import { createHash } from 'node:crypto'
import type { App, AppSecret, Client } from './app.ts'
import { isMightyScope } from './permissions.ts'

export type Platform = keyof App['redirectUris']

export const redirectUriLengthMax = 256
export const redirectUrisMax = 100

/** Two, so that a new one can be in use before the old one ends. */
export const livingSecretsMax = 2
export const secretLifeMonthsMax = 24

export type RedirectUriFault =
  | 'redirect_uri_unreadable'
  | 'redirect_uri_too_long'
  | 'redirect_uri_parts'
  | 'redirect_uri_insecure'
  | 'redirect_uri_scheme'

const printableAscii = /^[\x21-\x7e]+$/
const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A name the app's maker owns, turned around (RFC 8252 §7.1), or the one MSAL makes of the client id: no other app on a phone has it. */
const ownScheme = /^(?:[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+|msal[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):$/

/** What is wrong with an address that codes may be sent to; undefined when nothing is. */
export function redirectUriFault(uri: string, platform: Platform): RedirectUriFault | undefined {
  if (uri.length > redirectUriLengthMax) return 'redirect_uri_too_long'
  if (!printableAscii.test(uri) || uri.includes('\\') || !URL.canParse(uri)) return 'redirect_uri_unreadable'
  const url = new URL(uri)
  if (uri.includes('#') || uri.includes('*') || url.username !== '' || url.password !== '') return 'redirect_uri_parts'
  if (url.protocol === 'https:' || url.protocol === 'http:') return webAddressFault(uri, url)
  return platform === 'publicClient' && ownScheme.test(url.protocol) ? undefined : 'redirect_uri_scheme'
}

/** For what we call ourselves, or send a browser to that carries nothing. */
export function webUriFault(uri: string): RedirectUriFault | undefined {
  return redirectUriFault(uri, 'web')
}

/** As it is written, not only as a browser would read it: `http:/localhost` and `http://0x7f.1` name this machine too, but not to people. */
function webAddressFault(uri: string, url: URL): RedirectUriFault | undefined {
  const isWrittenPlainly = uri.startsWith(`${url.protocol}//${url.host}`) || uri.startsWith(`${url.protocol}//${url.hostname}:`)
  if (!isWrittenPlainly || url.hostname.endsWith('.')) return 'redirect_uri_unreadable'
  return url.protocol === 'https:' || loopbackHosts.has(url.hostname) ? undefined : 'redirect_uri_insecure'
}

/** A secret has 256 bits of chance in it, so one plain hash keeps it. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

export function isLiving({ startsAt, endsAt }: Pick<AppSecret, 'startsAt' | 'endsAt'>, now: Date): boolean {
  return startsAt <= now && now < endsAt
}

/** Months by the calendar, where the last days of a long month become the last day of a short one. */
export function monthsLater(from: Date, months: number): Date {
  const later = new Date(from)
  later.setUTCMonth(later.getUTCMonth() + months)
  if (later.getUTCDate() !== from.getUTCDate()) later.setUTCDate(0)
  return later
}

/**
 * Whoever can pass for such an app has more power than its administrators: over everybody, in its own name, or over what only roles may do, in
 * the name of a mightier administrator who signs in to it.
 */
export function isMighty({ consentedScopes, consentedRoles }: Pick<Client, 'consentedScopes' | 'consentedRoles'>): boolean {
  return consentedRoles.size > 0 || [...consentedScopes].some(isMightyScope)
}

/** What OpenID Connect itself knows, beside the scopes of our API. */
export const openidScopes: readonly string[] = ['openid', 'profile', 'email', 'phone', 'offline_access']
