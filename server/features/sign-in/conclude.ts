import { type HeldProof, type Proof, shownBy } from '#server/domain/interaction.ts'
import { strengthOf } from '#server/domain/proof-strength.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { SignInRequirement } from '#server/domain/sign-in-event.ts'
import type { PendingInteraction } from '#server/oidc/interactions.ts'
import type { Stores } from '#server/system.ts'
import { findRegistration, type RegistrationParts } from './find-registration.ts'
import { findSecondFactors, type SecondFactorParts } from './find-second-factors.ts'
import { type Due, dueBeforeAnswer } from './rules.ts'

type Reads = Pick<Stores, 'users'> & RegistrationParts & SecondFactorParts
type Pending = Pick<PendingInteraction, 'answer' | 'hold' | 'isSettled'>

export interface Moment {
  now: Date
  /** The app will not take one factor. */
  needsTwoFactors: boolean
  /** Whether a campaign may ask something now: once in a sign-in, and not behind something else that was asked. */
  mayOffer: boolean
}

/**
 * Tells the app who signed in, unless something comes before that; then the proof is kept until it is done, and what comes first is answered.
 * Everything is looked up anew each time, so no step can be skipped by going to another page.
 */
export async function conclude(stores: Stores, pending: Pending, proof: Proof, moment: Moment): Promise<Due | undefined> {
  const due = await findDue(stores, proof, moment)
  await (due ? pending.hold(stores, proof) : pending.answer(stores, proof))
  return due
}

/** The same for a proof that was held, once something was done. */
export async function concludeHeld(stores: Stores, pending: Pending, held: HeldProof, moment: Moment): Promise<Due | undefined> {
  // Pressed twice, or done in another window: whoever comes second goes on as the first does.
  if (await pending.isSettled(stores, moment.now)) return undefined
  if (!(await isStillHeld(stores, held))) refuse('changed_meanwhile')
  return goOnFrom(stores, pending, held, moment)
}

/** Where it is known that the proof still counts. The log hears when nothing is left. */
export async function goOnFrom(stores: Stores, pending: Pending, held: HeldProof, moment: Moment): Promise<Due | undefined> {
  const due = await conclude(stores, pending, held, moment)
  if (!due) await stores.signIns.close(held.attemptId, 0, { requirement: requirementOf(held.methods) })
  return due
}

/** What is left to do before the answer; `gone` when the proof counts no more. */
export async function findDueOfHeld(
  stores: Reads & Pick<Stores, 'authority'>,
  held: HeldProof,
  moment: Moment,
): Promise<Due | 'gone' | undefined> {
  return (await isStillHeld(stores, held)) ? findDue(stores, held, moment) : 'gone'
}

/** Neither was the account closed, nor were their sessions ended since the proof. */
export async function isStillHeld(
  { authority }: Pick<Stores, 'authority'>,
  { userId, epoch }: Pick<HeldProof, 'userId' | 'epoch'>,
): Promise<boolean> {
  const account = await authority.findAccount(userId)
  return account?.accountEnabled === true && account.epoch === epoch
}

/** What somebody who has just proven who they are has left to do. */
export async function findDue(stores: Reads, proof: Proof, { now, mayOffer, needsTwoFactors }: Moment): Promise<Due | undefined> {
  const { userId, methods } = proof
  const user = await stores.users.find(userId)
  const hasSecondFactor = needsTwoFactors && (await findSecondFactors(stores, proof, now)).length > 0
  const registration = await findRegistration(stores, { userId, proven: shownBy(proof) }, now)
  const isAskedToRegister = registration !== undefined && (mayOffer || registration.offer === undefined)
  const { mustChangePassword = false } = user ?? {}
  return user && dueBeforeAnswer({ methods, needsTwoFactors, hasSecondFactor, mustChangePassword, isAskedToRegister })
}

/** What the log says a sign-in amounted to. */
export function requirementOf(methods: readonly string[]): SignInRequirement {
  return strengthOf(methods) === 'two factors' ? 'multiFactorAuthentication' : 'singleFactorAuthentication'
}
