import type { HeldProof, Proof } from '#server/domain/interaction.ts'
import type { PendingInteraction } from '#server/oidc/interactions.ts'
import type { Stores } from '#server/system.ts'
import { type Due, dueBeforeAnswer } from './rules.ts'

type Reads = Pick<Stores, 'users'>
type Pending = Pick<PendingInteraction, 'answer' | 'hold'>

/**
 * Tells the app who signed in, unless something comes before that; then the proof is kept until it is done, and what comes first is answered.
 * Everything is looked up anew each time, so no step can be skipped by going to another page.
 */
export async function conclude(stores: Stores, pending: Pending, proof: Proof): Promise<Due | undefined> {
  const due = await findDue(stores, proof)
  await (due ? pending.hold(stores, proof) : pending.answer(stores, proof))
  return due
}

/** What is left to do before the answer; `gone` when the proof counts no more. */
export async function findDueOfHeld(stores: Pick<Stores, 'users' | 'authority'>, held: HeldProof): Promise<Due | 'gone' | undefined> {
  const account = await stores.authority.findAccount(held.userId)
  return account?.accountEnabled && account.epoch === held.epoch ? findDue(stores, held) : 'gone'
}

async function findDue({ users }: Reads, proof: Proof): Promise<Due | undefined> {
  const user = await users.find(proof.userId)
  return user && dueBeforeAnswer({ methods: proof.methods, mustChangePassword: user.mustChangePassword })
}
