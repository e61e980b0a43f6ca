import { decodeJwt } from 'jose'
import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider'
import { stringsIn } from './client-metadata.ts'
import { asksForApi, openidScopes, plainScopes, scopesIn } from './scopes.ts'

/** Which API the scopes speak of: ours or none. Spelt-out names go back into the request, where the library looks for them. */
export function resourceOf(
  context: KoaContextWithOIDC,
  client: Client,
  oneOf: readonly string[] | undefined,
  publicUrl: string,
): string | string[] {
  const [first] = oneOf ?? []
  if (first) return first
  const { params } = context.oidc
  if (!params) return []
  const consented = consentedTo(context, client)
  const scopes = plainScopes(params.scope, publicUrl, consented)
  if (scopes.length > 0) params.scope = scopes.join(' ')
  const missing = scopes.filter((scope) => !openidScopes.includes(scope) && !consented.includes(scope))
  if (missing.length > 0) throw new errors.ConsentRequired(`an administrator has not consented to: ${missing.join(' ')}`)
  return asksForApi(scopes) || params.grant_type === 'client_credentials' ? publicUrl : []
}

/** What an app may do in its own name and what in a person's are two things, though the names are the same. */
export function consentedTo({ oidc }: KoaContextWithOIDC, client: Client): string[] {
  return stringsIn(oidc.params?.grant_type === 'client_credentials' ? client.sesam_roles : client.sesam_scopes)
}

/**
 * The library drops `offline_access` where no consent page is asked for (OpenID Connect Core §11). An administrator has consented for
 * everybody here, so it stays: this runs after the library took it out, and looks at what the app sent.
 */
export function keepOfflineAccess({ oidc, query }: KoaContextWithOIDC): void {
  const { params, client } = oidc
  // By now the library has checked a request that came signed or was handed over before, which then is all that counts.
  const request = oidc.entities.PushedAuthorizationRequest?.request ?? oidc.body?.request ?? query.request
  const sent = scopesIn(typeof request === 'string' ? decodeJwt(request).scope : (oidc.body?.scope ?? query.scope))
  if (!params || !sent.includes('offline_access') || !client?.grantTypeAllowed('refresh_token')) return
  const kept = scopesIn(params.scope)
  if (!kept.includes('offline_access')) params.scope = [...kept, 'offline_access'].join(' ')
}
