import { type WebApp, webApps } from '#contract/web-apps.ts'
import { setting } from '../setting.ts'
import { claimsIn } from './encoding.ts'
import type { ProofKey } from './proof-key.ts'

export interface Tokens {
  access: string
  refresh: string | undefined
  id: string
  /** By this page's own clock. */
  expiresAt: number
}

/** The server said no to a code or a refresh token. */
export class TokenRefused extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

export function thisApp(): WebApp {
  return webApps[setting().app]
}

/** Asks for tokens bound to the key. Throws a TypeError when the server cannot be reached, as `fetch` does. */
export async function askForTokens(tenant: string, key: ProofKey, fields: Record<string, string>, idBefore?: string): Promise<Tokens> {
  const url = `${setting().publicUrl}/${tenant}/oauth2/v2.0/token`
  const response = await fetch(url, {
    method: 'POST',
    headers: { dpop: await key.proofFor('POST', url) },
    body: new URLSearchParams({ client_id: thisApp().appId, ...fields }),
  })
  // Neither says anything about the token.
  if (response.status >= 500 || response.status === 429) throw new TypeError(`the server answered ${response.status}`)
  const body = await response.json().catch(() => ({}))
  const id = body.id_token ?? idBefore
  if (!response.ok || typeof body.access_token !== 'string' || typeof id !== 'string') throw new TokenRefused(String(body.error ?? ''))
  if (String(body.token_type).toLowerCase() !== 'dpop') throw new TokenRefused('unbound')
  return { access: body.access_token, refresh: body.refresh_token, id, expiresAt: Date.now() + Number(body.expires_in) * 1000 }
}

/** The token came straight from its maker, so its signature needs no check (OpenID Connect Core §3.1.3.7); whom it is for and of does. */
export function requireOurs(idToken: string, nonce: string, issuer: string | null): void {
  const { iss, aud, nonce: given, tid } = claimsIn(idToken)
  const isOurs = iss === `${setting().publicUrl}/${tid}/v2.0` && aud === thisApp().appId && given === nonce
  if (!isOurs || (issuer !== null && issuer !== iss)) throw new TokenRefused('invalid_id_token')
}
