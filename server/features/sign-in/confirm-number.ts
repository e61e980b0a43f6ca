import type { Author } from '#server/domain/caller.ts'
import { keepCalledNumber, keepOwnNumber } from '#server/domain/own-number.ts'
import type { PhoneNumber } from '#server/domain/phone-number.ts'
import { Refusal, refuse } from '#server/domain/refusal.ts'
import { proofBeforeAdding } from '#server/domain/self-registration.ts'
import type { User } from '#server/domain/user.ts'
import { methods } from '#server/methods/index.ts'
import type { Stores, System } from '#server/system.ts'
import { findRegistration } from './find-registration.ts'
import { authorOf, type Registrant } from './rules.ts'

export interface NumberProof extends Registrant {
  channel: 'sms' | 'voice'
  challengeId: string
  /** What was typed; a call needs nothing, since what was pressed on the phone is known. */
  code: string
}

export type Confirmed =
  /** `isInUse`: it names somebody else here, so it does not name this person. */
  | { kind: 'kept'; isInUse: boolean }
  /** It may be one person's only here, and it is another's. */
  | { kind: 'taken' }
  /** Policy changed since it was begun, or another window was quicker. */
  | { kind: 'not-allowed' | 'elsewhere' }
  | { kind: 'wrong'; triesLeft: number }
  /** The right key was not pressed, or not yet. */
  | { kind: 'not-yet' }
  | { kind: 'over' }

/** What is kept together with what was proven: that the sign-in goes on. */
export type ConfirmedThen = (stores: Stores, by: Author, user: User) => Promise<void>

/** The code came back, or the right key was pressed. Everything is looked at again, and the number is kept together with the proof being used up. */
export async function confirmNumber(system: System, proof: NumberProof, goOn: ConfirmedThen): Promise<Confirmed> {
  const keep = (stores: Stores, number: PhoneNumber) => keepProven(stores, proof, number, goOn, system.now())
  try {
    return await (proof.channel === 'sms' ? confirmCode(system, proof, keep) : confirmCall(system, proof, keep))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.code === 'phone_number_not_unique') return { kind: 'taken' }
    if (error.code === 'changed_meanwhile') return { kind: 'elsewhere' }
    throw error
  }
}

type Keep = (stores: Stores, number: PhoneNumber) => Promise<Confirmed>

async function confirmCode(system: System, { userId, challengeId, browser, code }: NumberProof, keep: Keep): Promise<Confirmed> {
  let confirmed: Confirmed = { kind: 'over' }
  const answer = { challengeId, browser, answer: code, purpose: 'add-phone' } as const
  const outcome = await methods.sms.checkCode(system, answer, async (stores, checked) => {
    if (checked.kind === 'passed' && checked.userId === userId) confirmed = await keep(stores, checked.receiver)
  })
  return outcome.kind === 'wrong' ? outcome : confirmed
}

async function confirmCall(system: System, { userId, challengeId, browser }: NumberProof, keep: Keep): Promise<Confirmed> {
  let confirmed: Confirmed = { kind: 'over' }
  const outcome = await methods.voice.checkCall(
    system,
    challengeId,
    browser,
    async (stores, checked) => {
      if (checked.kind === 'passed' && checked.userId === userId) confirmed = await keep(stores, checked.number)
    },
    'add-phone',
  )
  return outcome.kind === 'not_yet' ? { kind: 'not-yet' } : confirmed
}

async function keepProven(stores: Stores, proof: NumberProof, number: PhoneNumber, goOn: ConfirmedThen, now: Date): Promise<Confirmed> {
  const { userId, channel } = proof
  const user = (await stores.users.find(userId)) ?? refuse('changed_meanwhile')
  const registration = await findRegistration(stores, proof, now)
  if (!registration?.asked.some((method) => method === 'sms' || method === 'voice')) return { kind: 'elsewhere' }
  if (!registration.allowed.has(channel)) return { kind: 'not-allowed' }
  if (proofBeforeAdding(proof.proven, registration.owned, registration.allowed)) return { kind: 'elsewhere' }
  const by = authorOf(user, proof)
  const wanted = { user, type: 'mobile', number, extension: undefined } as const
  const { phone } = await (channel === 'sms' ? keepOwnNumber(stores, by, wanted, now) : keepCalledNumber(stores, by, wanted, now))
  if (registration.anew && registration.anew !== 'email') await stores.reregistrations.end(userId)
  await goOn(stores, by, user)
  return { kind: 'kept', isInUse: phone.state === 'phoneNumberNotUnique' }
}
