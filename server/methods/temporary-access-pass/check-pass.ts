import { type PassState, passState } from '#server/domain/pass.ts'
import type { Paid, SecretTry } from '#server/domain/secret-try.ts'
import type { Stores, System } from '#server/system.ts'

type Needs = Pick<System, 'writing' | 'now' | 'budgets' | 'passes'>

export type PassOutcome =
  | { kind: 'passed'; userId: string; by: 'pass' }
  /** It was this person's pass, and it opens nothing at this moment. */
  | { kind: 'unusable'; userId: string; because: Exclude<PassState, 'EnabledByPolicy'> }

type Alongside = (stores: Stores, outcome: PassOutcome) => Promise<void>

/** No pass is longer; what is, is not hashed for whoever sends much. */
const typedMax = 200

/**
 * Whether what was typed is the pass of this person; undefined where it is anything else, or the account is closed. It is paid for by now.
 * `alongside` is kept together with the use of it: a pass for once opens one door, whoever else comes with it at the same moment.
 */
export async function checkPaidPass(system: Needs, tried: SecretTry, paid: Paid, alongside: Alongside): Promise<PassOutcome | undefined> {
  const { user, secret } = tried
  const found = await system.passes.ofSecret(user?.id ?? nobody, secret.slice(0, typedMax))
  if (!found || !user?.accountEnabled) return undefined
  const now = system.now()
  const outcome = await system.writing(async (stores): Promise<PassOutcome> => {
    const result = await useIt(stores, user.id, found.id, now)
    if (result.kind === 'passed') await stores.passwordTries.clear(paid.trier)
    await alongside(stores, result)
    return result
  })
  if (outcome.kind === 'passed') system.budgets.refund(paid.charges, now)
  return outcome
}

async function useIt({ passes, methodPolicies }: Stores, userId: string, id: string, now: Date): Promise<PassOutcome> {
  const { isAllowed } = await methodPolicies.standingOf('temporary-access-pass', userId)
  const before = await passes.ofUser(userId)
  if (isAllowed && before?.id === id && (await passes.use(before, now))) return { kind: 'passed', userId, by: 'pass' }
  const state = before?.id === id ? passState(before, isAllowed, now) : 'Expired'
  // What was good a moment ago was used up by somebody who was faster.
  return { kind: 'unusable', userId, because: state === 'EnabledByPolicy' ? 'OneTimeUsed' : state }
}

/** An id no person has. */
const nobody = '00000000-0000-0000-0000-000000000000'
