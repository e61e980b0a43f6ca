import type { AccessToken, ClientCredentials, KoaContextWithOIDC } from 'oidc-provider'
import { recordName } from '#server/domain/session.ts'
import type { System } from '#server/system.ts'
import { stateOf } from './request-state.ts'
import { openidScopes, scopesIn } from './scopes.ts'

const userInfoScopes: ReadonlySet<string> = new Set(openidScopes.filter((scope) => scope !== 'offline_access'))

/** What our own API needs to know of a token, beside what RFC 9068 puts into every one. */
export async function tokenClaims(
  { apps, organization }: System,
  context: KoaContextWithOIDC,
  token: AccessToken | ClientCredentials,
): Promise<Record<string, unknown> | undefined> {
  if (token.resourceServer === undefined) return undefined
  const common = { tid: organization.id, ver: '2.0', azp: token.clientId, nbf: Math.floor(Date.now() / 1000) }
  if (token.kind === 'ClientCredentials') {
    const client = await apps.findClient(String(token.clientId))
    return { ...common, idtyp: 'app', oid: client?.servicePrincipalId, roles: token.scope?.split(' ') ?? [] }
  }
  const { AuthorizationCode: code, RefreshToken: refresh, DeviceCode: device } = context.oidc.entities
  const source = refresh ?? code ?? device
  return {
    ...common,
    oid: stateOf(context).account?.id,
    epoch: stateOf(context).account?.epoch,
    // What the app may learn at the address for that, and what it may do at our API.
    scp: [...new Set([...scopesIn(source?.scope).filter((scope) => userInfoScopes.has(scope)), ...scopesIn(token.scope)])].join(' '),
    amr: source?.amr ?? [],
    auth_time: source?.authTime,
    ...(source?.acr !== undefined && { acr: source.acr }),
    // Which session and which grant: what ends one of them ends the token at once.
    ...(source?.sessionUid !== undefined && { sid: recordName(source.sessionUid) }),
    ...(source?.grantId !== undefined && { grant_id: recordName(source.grantId) }),
  }
}
