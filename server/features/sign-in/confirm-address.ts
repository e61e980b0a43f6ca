import { keepOwnAddress } from '#server/domain/own-address.ts'
import { Refusal, refuse } from '#server/domain/refusal.ts'
import { proofBeforeAdding } from '#server/domain/self-registration.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'
import type { Confirmed, ConfirmedThen } from './confirm-number.ts'
import { findRegistration } from './find-registration.ts'
import { authorOf, type Registrant } from './rules.ts'

export interface AddressProof extends Registrant {
  challengeId: string
  code: string
}

/** The code came back by mail. Everything is looked at again, and the address is kept together with the code being used up. */
export async function confirmAddress(system: System, proof: AddressProof, goOn: ConfirmedThen): Promise<Confirmed> {
  const { userId, challengeId, browser, code } = proof
  let confirmed: Confirmed = { kind: 'over' }
  const answer = { challengeId, browser, answer: code, purpose: 'add-email' } as const
  try {
    const outcome = await methods.email.checkCode(system, answer, async (stores, checked) => {
      if (checked.kind !== 'passed' || checked.userId !== userId) return
      const now = system.now()
      const user = (await stores.users.find(userId)) ?? refuse('changed_meanwhile')
      const registration = await findRegistration(stores, proof, now)
      confirmed = { kind: registration?.allowed.has('email') === false ? 'not-allowed' : 'elsewhere' }
      if (!registration?.asked.includes('email')) return
      if (proofBeforeAdding(proof.proven, registration.owned, registration.allowed)) return
      const by = authorOf(user, proof)
      await keepOwnAddress(stores, by, { user, address: checked.receiver }, now)
      if (registration.anew === 'email') await stores.reregistrations.end(userId)
      await goOn(stores, by, user)
      confirmed = { kind: 'kept', isInUse: false }
    })
    return outcome.kind === 'wrong' ? outcome : confirmed
  } catch (error) {
    if (error instanceof Refusal && error.code === 'changed_meanwhile') return { kind: 'elsewhere' }
    throw error
  }
}
