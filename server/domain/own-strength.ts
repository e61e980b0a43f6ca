import type { Stores } from '#server/system.ts'
import { hasStrongProof } from './administer.ts'
import type { Caller } from './caller.ts'
import { isTemporaryOver } from './password-policy.ts'
import { allowedChannels, factorsOf } from './person-factors.ts'

export type StrengthParts = Pick<Stores, 'phones' | 'methodPolicies' | 'personPasswords'>

/**
 * Whether somebody could have proven two factors when they signed in, and did not: whoever stole one of them must not change the other. What was
 * set up since then does not count, since it was set up by this very proof.
 */
export async function isBelowOwnStrength(parts: StrengthParts, caller: Caller, now: Date): Promise<boolean> {
  const { id, provenAt } = caller
  if (provenAt === undefined || hasStrongProof(caller, now)) return false
  const kept = await parts.personPasswords.find(id)
  if (!kept || kept.changedAt > provenAt || isTemporaryOver(kept, now)) return false
  const before = (await parts.phones.ofUser(id)).filter(({ createdAt }) => createdAt <= provenAt)
  return before.length > 0 && factorsOf(before, await allowedChannels(parts, id)).size > 0
}
