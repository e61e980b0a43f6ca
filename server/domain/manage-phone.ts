import type { Stores } from '#server/system.ts'
import type { Caller } from './caller.ts'
import type { GivenNumber } from './given-number.ts'
import { getPhone, keepPhone, type WantedPhone } from './keep-phone.ts'
import type { PersonPhone } from './person-phones.ts'
import type { Phone, PhoneType } from './phone.ts'
import { mayReceiveTexts } from './phone-number.ts'
import { recordNumber } from './record-method-change.ts'
import { refuse } from './refusal.ts'
import type { User } from './user.ts'

// What becomes of somebody's number by another's hand, whoever that is: an administrator, a script, or a manager in My Staff. Whether they may
// is asked before.

/** Whose number it is and who acts, after it was found that they may. */
export interface PhoneAct {
  by: Caller
  user: User
  now: Date
}

/** The number as it stands now, and whether to say no although it was kept, as an organisation may want it said. */
interface Kept {
  phone: PersonPhone
  isConflict: boolean
}

/** It becomes their user name too where policy allows and nobody else has it. */
export async function giveNumber(stores: Stores, { by, user, now }: PhoneAct, wanted: WantedPhone): Promise<Kept> {
  refuseSecond(await stores.phones.ofUser(user.id), wanted)
  const { phone } = await keepPhone(stores, user, wanted, now)
  await recordNumber(stores, by, user, 'registered', { after: phone, details: { SmsSignInState: phone.state } }, now)
  return { phone, isConflict: await isConflict(stores, phone) }
}

/** A new number is tried as a way to sign in once more, whatever became of the old one. */
export async function replaceNumber(
  stores: Stores,
  { by, user, now }: PhoneAct,
  before: PersonPhone,
  given: GivenNumber & { isMfaOnly: boolean },
): Promise<Kept> {
  const { type } = before
  if (given.number === before.number) {
    // Who writes the same number again says that it is still theirs.
    await stores.phones.change(user.id, type, { extension: given.extension, confirmedAt: now }, now)
    if (given.extension === before.extension) return { phone: before, isConflict: false }
  }
  const phone =
    given.number === before.number
      ? { ...before, extension: given.extension }
      : (await keepPhone(stores, user, { ...given, type }, now)).phone
  await recordNumber(stores, by, user, 'updated', { before, after: phone, details: { SmsSignInState: phone.state } }, now)
  return { phone, isConflict: await isConflict(stores, phone) }
}

/** The number stays, for verification; it names nobody any more, so others may take it. Whoever has no other way in is locked out. */
export async function switchOffSmsSignIn(stores: Stores, { by, user, now }: PhoneAct, type: PhoneType): Promise<void> {
  const before = await getOwned(stores, { user, now }, type)
  if (type !== 'mobile') refuse('sms_sign_in_not_supported')
  if (before.signInWish === 'off') return
  await stores.phones.change(user.id, type, { signInWish: 'off' }, now)
  const after = (await getPhone(stores, user, type, now)) ?? refuse('changed_meanwhile')
  await recordNumber(stores, by, user, 'updated', { before, after, details: { SmsSignInState: after.state } }, now)
}

export async function getOwned(stores: Stores, { user, now }: Pick<PhoneAct, 'user' | 'now'>, type: PhoneType): Promise<PersonPhone> {
  return (await getPhone(stores, user, type, now)) ?? refuse('object_not_found', { id: 'phoneMethod' })
}

async function isConflict({ settings }: Stores, { state }: PersonPhone): Promise<boolean> {
  return state === 'phoneNumberNotUnique' && (await settings.get()).strictConflict
}

/** One number of a type, and no second mobile before there is a first. */
function refuseSecond(owned: readonly Phone[], { type, number }: Pick<WantedPhone, 'type' | 'number'>): void {
  const sameType = owned.find((phone) => phone.type === type)
  const isForVoice = sameType && (sameType.isVoiceOnly || !mayReceiveTexts(sameType.number))
  if (type === 'mobile' && isForVoice && mayReceiveTexts(number)) refuse('voice_number_conflict')
  if (sameType) refuse('phone_type_taken', { phoneType: type })
  if (type === 'alternateMobile' && !owned.some((phone) => phone.type === 'mobile')) refuse('alternate_needs_mobile')
}
