import type { FastifyRequest } from 'fastify'
import type { AppAccount } from '#server/domain/app.ts'
import type { Caller } from '#server/domain/caller.ts'
import { lifeByPass } from '#server/domain/pass.ts'
import { refuse } from '#server/domain/refusal.ts'
import { isWebApp } from '#server/domain/web-app.ts'
import type { TokenClaims } from '#server/oidc/access-tokens.ts'
import type { Account } from '#server/store/authority.ts'
import type { Installation, Stores, System } from '#server/system.ts'
import { checkProof } from './dpop-proof.ts'

export interface Identified {
  system: System
  caller: Caller
}

/** The request a token came with. */
export interface Asking {
  id: string
  address: string
  method: string
  url: string
  proof: string | undefined
  userAgent: string | undefined
}

const tokenLengthMax = 8_192
const tenantId = /^[0-9a-f-]{36}$/

/** Whose token this is. Everything that can change after it was made is asked of the store on every call. */
export async function authenticate(installation: Installation, header: string | undefined, request: Asking): Promise<Identified> {
  const { token, isBound } = tokenIn(header)
  const now = installation.parts.now()
  const claims = await installation.tokens.verify(token, async (id) => (tenantId.test(id) ? installation.keysOf(id) : undefined), now)
  const system = (await installation.systemOf(claims.tenantId)) ?? refuse('token_invalid')
  if (isBound !== (claims.boundTo !== undefined)) refuse('proof_invalid')
  if (claims.boundTo === undefined && isWebApp(claims.appId)) refuse('proof_invalid')
  if (claims.boundTo !== undefined) await checkProof(system, claims.boundTo, { ...request, token })

  return claims.kind === 'app' ? identifiedApp(system, claims, request.id) : identifiedPerson(system, claims, request)
}

type ClaimsOf<Kind extends TokenClaims['kind']> = Extract<TokenClaims, { kind: Kind }>

async function identifiedPerson(
  system: System,
  claims: ClaimsOf<'person'>,
  request: Pick<Asking, 'id' | 'address' | 'userAgent'>,
): Promise<Identified> {
  const before = await livingAccount(system, claims, system.now())
  const { id, displayName, userPrincipalName, userType, roles } = before
  return {
    system: asking(system, async (stores) => powersOf(await livingAccount(stores, claims, system.now())) === powersOf(before)),
    caller: {
      id,
      roles,
      userType,
      scopes: claims.scopes,
      provenAt: claims.authenticatedAt,
      sessionName: claims.sessionName,
      strongProofAt: claims.methods.includes('mfa') ? claims.authenticatedAt : undefined,
      author: { kind: 'person', id, displayName, userPrincipalName, address: request.address },
      requestId: request.id,
      userAgent: request.userAgent,
    },
  }
}

async function livingAccount(
  stores: Pick<Stores, 'authority' | 'oidcRecords' | 'passes'>,
  { userId, epoch, grantName, methods }: ClaimsOf<'person'>,
  now: Date,
): Promise<Account> {
  const { authority, oidcRecords } = stores
  const account = (await authority.findAccount(userId)) ?? refuse('token_revoked')
  if (!account.accountEnabled) refuse('account_disabled')
  if (account.epoch !== epoch) refuse('token_revoked')
  // Signed out there, or a refresh token was used twice.
  if (grantName !== undefined && !(await oidcRecords.hasGrantNamed(grantName, now))) refuse('token_revoked')
  const byPass = await lifeByPass(stores, { userId, proofs: methods, now })
  if (byPass?.isOver) refuse('token_revoked')
  return account
}

/** A token says what the app was allowed when it was made; what it is allowed now may be less, and is never more. */
async function identifiedApp(system: System, claims: ClaimsOf<'app'>, requestId: string): Promise<Identified> {
  const { servicePrincipalId: id, appId, displayName, roles } = await livingApp(system, claims)
  const scopes = claims.roles.intersection(roles)
  return {
    system: asking(system, async (stores) => scopes.isSubsetOf((await livingApp(stores, claims)).roles)),
    caller: {
      id,
      isApp: true,
      roles: [],
      userType: 'Member',
      scopes,
      provenAt: undefined,
      sessionName: undefined,
      strongProofAt: undefined,
      author: { kind: 'app', id, appId, displayName },
      requestId,
    },
  }
}

async function livingApp(
  { servicePrincipals }: Pick<Stores, 'servicePrincipals'>,
  { servicePrincipalId, appId }: ClaimsOf<'app'>,
): Promise<AppAccount> {
  const account = (await servicePrincipals.findAccount(servicePrincipalId)) ?? refuse('token_revoked')
  if (account.appId !== appId) refuse('token_invalid')
  if (!account.isEnabled) refuse('app_disabled')
  return account
}

/**
 * A body may take half a minute to arrive, and a password is slow to hash. Whoever lost their account, their session, a role or a permission
 * after they were let in changes nothing any more, so every transaction asks once again.
 */
function asking(system: System, areStillAllowed: (stores: Stores) => Promise<boolean>): System {
  const after =
    <T>(work: (stores: Stores) => Promise<T>) =>
    async (stores: Stores) => {
      if (!(await areStillAllowed(stores))) refuse('changed_meanwhile')
      return work(stores)
    }
  return { ...system, inTransaction: (work) => system.inTransaction(after(work)), writing: (work) => system.writing(after(work)) }
}

/** In one order: a store tells roles in any. */
function powersOf({ userType, roles }: Account): string {
  return JSON.stringify([userType, ...roles.map((role) => JSON.stringify(role)).sort()])
}

function tokenIn(header: string | undefined): { token: string; isBound: boolean } {
  if (!header) return refuse('token_missing')
  const [scheme, token, ...rest] = header.split(' ')
  const isBound = scheme?.toLowerCase() === 'dpop'
  if ((scheme?.toLowerCase() !== 'bearer' && !isBound) || !token || rest.length > 0 || token.length > tokenLengthMax)
    refuse('token_invalid')
  return { token, isBound }
}

/** What of a request a proof is held against. The address is the one we are configured with, not the one the request claims. */
export function askingOf(request: FastifyRequest, publicUrl: string): Asking {
  const { dpop } = request.headers
  const path = request.url.split('?', 1)[0] ?? ''
  return {
    id: request.id,
    address: request.ip,
    method: request.method,
    url: publicUrl + path,
    proof: typeof dpop === 'string' ? dpop : undefined,
    userAgent: request.headers['user-agent'],
  }
}
