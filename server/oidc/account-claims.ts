import type { ClaimsParameterMember, KoaContextWithOIDC, Account as OidcAccount } from 'oidc-provider'
import { lifeByPass } from '#server/domain/pass.ts'
import type { System } from '#server/system.ts'
import { stateOf } from './request-state.ts'

/** Which claims a scope opens. The first list is what every app gets of whoever signs in. */
export const claimsByScope: Record<string, null | readonly string[]> = {
  openid: ['sub', 'tid', 'oid', 'ver', 'acr', 'amr', 'auth_time', 'sid'],
  profile: ['name', 'given_name', 'family_name', 'preferred_username', 'locale'],
  email: ['email'],
  phone: ['phone_number', 'phone_number_verified'],
  iss: null,
}

/** The person behind a session, a code or a token; nobody when they may not sign in any more or ended their sessions since. */
export async function findAccount(
  system: System,
  context: KoaContextWithOIDC,
  userId: string,
  token: { kind?: unknown; jti?: unknown; amr?: unknown } | undefined,
): Promise<OidcAccount | undefined> {
  const user = await system.authority.findAccount(userId)
  if (!user?.accountEnabled) return undefined
  if (isFromBefore(context, token, user.epoch)) return undefined
  const byPass = await lifeByPass(system, { userId, proofs: proofsBehind(context, token), now: system.now() })
  if (byPass?.isOver) return undefined
  stateOf(context).endsAt = byPass?.endsAt
  stateOf(context).account = { id: user.id, epoch: user.epoch }
  return {
    accountId: user.id,
    claims: (_use: string, scope: string, claims: { [key: string]: null | ClaimsParameterMember }) =>
      claimsOf(system, user.id, scope, claims),
  }
}

/**
 * Whether their sessions were ended since. A session in which somebody has just signed in is as old as that proof, whatever it was before;
 * what does not say how old it is counts as ended.
 */
function isFromBefore(context: KoaContextWithOIDC, token: { kind?: unknown; jti?: unknown } | undefined, epoch: number): boolean {
  const { session, result } = context.oidc
  const state = stateOf(context)
  if (token) return state.epochOf(String(token.kind), String(token.jti)) !== epoch
  if (result?.login) return result.login['epoch'] !== epoch
  return session !== undefined && state.sessionEpoch !== epoch
}

/** What was proven just now, or by whoever was given the token, or when the session began. */
function proofsBehind({ oidc: { session, result } }: KoaContextWithOIDC, token: { amr?: unknown } | undefined): string[] {
  const amr: unknown = token ? token.amr : (result?.login?.amr ?? session?.amr)
  return Array.isArray(amr) ? amr.map(String) : []
}

/** What the scopes of a token open. */
export async function userInfoOf(
  system: System,
  { userId, subject, scopes }: { userId: string; subject: string; scopes: ReadonlySet<string> },
): Promise<Record<string, unknown>> {
  const claims = await claimsOf(system, userId, [...scopes].join(' '), {})
  const opened = new Set([...scopes].flatMap((scope) => claimsByScope[scope] ?? []))
  return Object.fromEntries(Object.entries({ ...claims, sub: subject }).filter(([name]) => opened.has(name)))
}

async function claimsOf(system: System, userId: string, scope: string, asked: object): Promise<{ sub: string; [name: string]: unknown }> {
  const user = await system.users.find(userId)
  const wantsNumber = scope.split(' ').includes('phone') || 'phone_number' in asked || 'phone_number_verified' in asked
  const number = wantsNumber ? await system.phones.signInNumberOf(userId) : undefined
  return {
    sub: userId,
    oid: userId,
    tid: system.organization.id,
    ver: '2.0',
    name: user?.displayName,
    given_name: user?.givenName,
    family_name: user?.surname,
    preferred_username: user?.userPrincipalName,
    locale: user?.preferredLanguage,
    email: user?.mail,
    ...(number !== undefined && { phone_number: number, phone_number_verified: true }),
  }
}
