import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Account } from '#server/store/authority.ts'
import type { Installation, System } from '#server/system.ts'

export interface Identified {
  system: System
  caller: Caller
}

const tokenLengthMax = 8_192
const tenantId = /^[0-9a-f-]{36}$/

/** Whose token this is. Everything that can change after it was made is asked of the store on every call. */
export async function authenticate(
  installation: Installation,
  header: string | undefined,
  request: { id: string; address: string },
): Promise<Identified> {
  const token = bearerToken(header)
  const now = installation.parts.now()
  const claims = await installation.tokens.verify(token, async (id) => (tenantId.test(id) ? installation.keysOf(id) : undefined), now)
  const system = (await installation.systemOf(claims.tenantId)) ?? refuse('token_invalid')

  const account = (await system.authority.findAccount(claims.userId)) ?? refuse('token_revoked')
  refuseUnlessAlive(account, claims.epoch)

  const { id, displayName, userPrincipalName, userType, roles } = account
  return {
    system: actingAs(system, account),
    caller: {
      id,
      roles,
      userType,
      scopes: claims.scopes,
      strongProofAt: claims.methods.includes('mfa') ? claims.authenticatedAt : undefined,
      author: { kind: 'person', id, displayName, userPrincipalName, address: request.address },
      requestId: request.id,
    },
  }
}

function refuseUnlessAlive(account: Account, epoch: number): void {
  if (!account.accountEnabled) refuse('account_disabled')
  if (account.epoch !== epoch) refuse('token_revoked')
}

/**
 * A body may take half a minute to arrive, and a password is slow to hash. Whoever lost their account, their session or a role after they
 * were let in changes nothing any more, so every transaction asks once again.
 */
function actingAs(system: System, before: Account): System {
  return {
    ...system,
    inTransaction: (work) =>
      system.inTransaction(async (stores) => {
        const account = (await stores.authority.findAccount(before.id)) ?? refuse('token_revoked')
        refuseUnlessAlive(account, before.epoch)
        if (powersOf(account) !== powersOf(before)) refuse('changed_meanwhile')
        return work(stores)
      }),
  }
}

/** In one order: a store tells roles in any. */
function powersOf({ userType, roles }: Account): string {
  return JSON.stringify([userType, ...roles.map((role) => JSON.stringify(role)).sort()])
}

function bearerToken(header: string | undefined): string {
  if (!header) return refuse('token_missing')
  const [scheme, token, ...rest] = header.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0 || token.length > tokenLengthMax) refuse('token_invalid')
  return token
}
