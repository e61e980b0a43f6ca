import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import { openidScopes, scopesIn } from './scopes.ts'

/** What this person has let this app do: everything it asks for that an administrator consented to. One grant for each app in a session. */
export async function grantFor({ oidc }: KoaContextWithOIDC, apiUrl: string): Promise<Grant | undefined> {
  const { client, account, session, provider } = oidc
  if (!client || !account || !session) return undefined
  const known = session.grantIdFor(client.clientId)
  const grant =
    (known && (await provider.Grant.find(known))) || new provider.Grant({ accountId: account.accountId, clientId: client.clientId })
  const before = JSON.stringify(grant)
  const asked = scopesIn(oidc.params?.scope)
  const ofOpenid = asked.filter((scope) => openidScopes.includes(scope))
  const ofApi = asked.filter((scope) => !openidScopes.includes(scope))
  if (ofOpenid.length > 0) grant.addOIDCScope(ofOpenid.join(' '))
  if (ofApi.length > 0) grant.addResourceScope(apiUrl, ofApi.join(' '))
  grant.addOIDCClaims([...oidc.requestParamClaims])
  if (!grant.jti || JSON.stringify(grant) !== before) await grant.save()
  return grant
}
