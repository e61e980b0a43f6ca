import type { Caller } from '#server/domain/caller.ts'
import { keepOwnNumber } from '#server/domain/own-number.ts'
import { requireOwnProof } from '#server/domain/person-methods.ts'
import type { PersonPhone } from '#server/domain/person-phones.ts'
import type { PhoneNumber } from '#server/domain/phone-number.ts'
import { refuse } from '#server/domain/refusal.ts'
import { methods } from '#server/methods/index.ts'
import type { Stores, System } from '#server/system.ts'
import { browserOf, getAllowedPerson, refuseOther } from './start-own-number.ts'

interface Proof {
  challengeId: string
  code: string
  replaces: boolean
}

/**
 * The code came back, so the number is its person's, and only now they hear whether it is somebody's user name already. Everything is looked
 * at again, and kept together with the code being used up.
 */
export async function confirmOwnNumber(system: System, caller: Caller, { challengeId, code, replaces }: Proof): Promise<PersonPhone> {
  requireOwnProof(caller, system.now())
  let kept: { phone: PersonPhone; isStrict: boolean } | undefined
  const keep = async (stores: Stores, number: PhoneNumber) => {
    kept = await keepOwn(stores, caller, { number, replaces }, system.now())
  }
  const proof = { challengeId, browser: browserOf(caller), answer: code, purpose: 'add-phone' } as const
  const outcome = await methods.sms.checkCode(system, proof, async (stores, checked) => {
    if (checked.kind === 'passed') await keep(stores, checked.receiver)
  })
  if (outcome.kind === 'wrong') refuse('code_wrong', { triesLeft: String(outcome.triesLeft) })
  if (outcome.kind === 'over' || !kept) refuse('code_over')
  if (kept.isStrict && kept.phone.state === 'phoneNumberNotUnique') refuse('phone_number_not_unique', { property: 'phoneNumber' })
  return kept.phone
}

async function keepOwn(stores: Stores, caller: Caller, { number, replaces }: { number: PhoneNumber; replaces: boolean }, now: Date) {
  const user = await getAllowedPerson(stores, caller)
  refuseOther(await stores.phones.ofUser(user.id), number, replaces)
  const { phone } = await keepOwnNumber(stores, caller, { user, number }, now)
  return { phone, isStrict: (await stores.settings.get()).strictConflict }
}
