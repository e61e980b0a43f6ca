import type { Caller } from '#server/domain/caller.ts'
import { hasFreshProof } from '#server/domain/fresh-proof.ts'
import { isBelowOwnStrength, type StrengthParts } from '#server/domain/own-strength.ts'
import { requireOwnProof } from '#server/domain/person-methods.ts'
import { refuse } from '#server/domain/refusal.ts'
import { fold } from '#server/domain/user.ts'
import type { System } from '#server/system.ts'
import { isAboutSelf, type Route } from './route.ts'

interface Proven {
  system: Pick<System, 'challenges' | 'calls' | 'now'> & StrengthParts
  caller: Caller
}

type Params = Readonly<Record<string, string>>

/**
 * A screen left open is not enough to take somebody's account over: what they prove themselves with is changed only soon after they did. What was
 * begun in time may be finished, however long a code takes to arrive. Who has two factors proves both.
 */
export async function requireProof(row: Route, { system, caller }: Proven, params: Params): Promise<void> {
  if (!row.freshProof || !isTheirOwn(row, caller, params)) return
  const now = system.now()
  requireOwnProof(caller, now)
  if (await isBelowOwnStrength(system, caller, now)) refuse('proof_below_own')
  const begunAt = row.freshProof === 'when begun' ? await findBeginning(system, params.challengeId ?? '') : undefined
  if (!hasFreshProof(caller, begunAt ?? now)) refuse('proof_too_old')
}

/** When the code was asked for, or the call. */
async function findBeginning({ challenges, calls }: Proven['system'], id: string): Promise<Date | undefined> {
  return ((await challenges.find(id)) ?? (await calls.find(id)))?.startedAt
}

function isTheirOwn(row: Route, { id, author }: Caller, params: Params): boolean {
  if (isAboutSelf(row)) return true
  const named = fold(params.id ?? '')
  return author.kind === 'person' && (named === id || named === fold(author.userPrincipalName))
}
