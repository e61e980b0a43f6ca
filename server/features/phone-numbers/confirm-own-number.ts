import type { Caller } from '#server/domain/caller.ts'
import { keepCalledNumber, keepOwnNumber } from '#server/domain/own-number.ts'
import { requireOwnProof } from '#server/domain/person-methods.ts'
import type { PersonPhone } from '#server/domain/person-phones.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import type { PhoneNumber } from '#server/domain/phone-number.ts'
import { refuse } from '#server/domain/refusal.ts'
import { methods } from '#server/methods/index.ts'
import type { Stores, System } from '#server/system.ts'
import { browserOf, getAllowedPerson, refuseOther } from './start-own-number.ts'
import { viewOwnProof } from './view-own-proof.ts'

interface Proof {
  challengeId: string
  /** A call needs none: what was pressed on the phone is known. */
  code: string | undefined
  replaces: boolean
}

interface ProvenNumber {
  channel: 'sms' | 'voice'
  type: PhoneType
  number: PhoneNumber
  extension: string | undefined
  replaces: boolean
}

interface Kept {
  phone: PersonPhone
  isStrict: boolean
}

/**
 * The code came back, or the right key was pressed, so the number is its person's, and only now they hear whether it is somebody's user name
 * already. Everything is looked at again, and kept together with the proof being used up: who closes the page before this has added nothing.
 */
export async function confirmOwnNumber(system: System, caller: Caller, proof: Proof): Promise<PersonPhone> {
  requireOwnProof(caller, system.now())
  const { channel } = await viewOwnProof(system, caller, proof.challengeId)
  const kept = channel === 'voice' ? await confirmCall(system, caller, proof) : await confirmCode(system, caller, proof)
  if (kept.isStrict && kept.phone.state === 'phoneNumberNotUnique') refuse('phone_number_not_unique', { property: 'phoneNumber' })
  return kept.phone
}

async function confirmCode(system: System, caller: Caller, { challengeId, code, replaces }: Proof): Promise<Kept> {
  if (code === undefined) refuse('property_required', { property: 'code' })
  let kept: Kept | undefined
  const proof = { challengeId, browser: browserOf(caller), answer: code, purpose: 'add-phone' } as const
  const outcome = await methods.sms.checkCode(system, proof, async (stores, checked) => {
    if (checked.kind !== 'passed') return
    const proven = { channel: 'sms', type: 'mobile', number: checked.receiver, extension: undefined, replaces } as const
    kept = await keepOwn(stores, caller, proven, system.now())
  })
  if (outcome.kind === 'wrong') refuse('code_wrong', { triesLeft: String(outcome.triesLeft) })
  return outcome.kind === 'passed' && kept ? kept : refuse('code_over')
}

async function confirmCall(system: System, caller: Caller, { challengeId, replaces }: Proof): Promise<Kept> {
  let kept: Kept | undefined
  const keep = async (stores: Stores, proven: ProvenNumber) => {
    kept = await keepOwn(stores, caller, proven, system.now())
  }
  const outcome = await methods.voice.checkCall(
    system,
    challengeId,
    browserOf(caller),
    async (stores, checked) => {
      if (checked.kind !== 'passed') return
      const { phoneType: type, number, extension } = checked
      await keep(stores, { channel: 'voice', type, number, extension, replaces })
    },
    'add-phone',
  )
  if (outcome.kind === 'not_yet') refuse('call_not_passed')
  return outcome.kind === 'passed' && kept ? kept : refuse('call_over')
}

async function keepOwn(stores: Stores, caller: Caller, proven: ProvenNumber, now: Date): Promise<Kept> {
  const { channel, type, number, extension, replaces } = proven
  const user = await getAllowedPerson(stores, caller, proven)
  refuseOther(await stores.phones.ofUser(user.id), type, number, replaces)
  const { phone } =
    channel === 'voice'
      ? await keepCalledNumber(stores, caller, { user, type, number, extension }, now)
      : await keepOwnNumber(stores, caller, { user, number }, now)
  return { phone, isStrict: (await stores.settings.get()).strictConflict }
}
