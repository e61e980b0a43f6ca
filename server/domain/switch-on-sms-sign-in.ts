import type { RefusalCode } from '#contract/refusals.ts'
import type { Stores } from '#server/system.ts'
import { getPhone } from './keep-phone.ts'
import { getOwned, type PhoneAct } from './manage-phone.ts'
import { isTaken, type PersonPhone } from './person-phones.ts'
import type { PhoneType } from './phone.ts'
import { mayReceiveTexts } from './phone-number.ts'
import { recordNumber } from './record-method-change.ts'
import { refuse } from './refusal.ts'
import { isQuiet, knownAt } from './sms-sign-in.ts'
import type { User } from './user.ts'

/**
 * The number becomes its person's user name. Every cause that keeps it from that is an error of its own, but one: true where somebody else
 * has the name. That is for the caller to say after the attempt was written down; the number's state tells it from now on.
 */
export async function switchOnSmsSignIn(stores: Stores, { by, user, now }: PhoneAct, type: PhoneType): Promise<boolean> {
  const phone = await getOwned(stores, { user, now }, type)
  const isOwn = by.id === user.id
  const cause = await causeAgainst(stores, user, phone, isOwn)
  if (cause) refuse(cause)
  // After so long a stranger may have the number; its person proves it anew, an administrator answers for it.
  if (isOwn && isQuiet(knownAt(phone), now)) refuse('phone_number_quiet')

  const waitsForName = await isTaken(stores, phone.number, user.id, await stores.settings.get())
  const changes = { signInWish: 'wanted', waitsForName, ...(!isOwn && { confirmedAt: now }) } as const
  if (!(await stores.phones.change(user.id, type, changes, now))) refuse('changed_meanwhile')
  const after = (await getPhone(stores, user, type, now)) ?? refuse('changed_meanwhile')
  if (after.state !== phone.state)
    await recordNumber(stores, by, user, 'updated', { before: phone, after, details: { SmsSignInState: after.state } }, now)
  return waitsForName
}

async function causeAgainst({ methodPolicies }: Stores, user: User, phone: PersonPhone, isOwn: boolean): Promise<RefusalCode | undefined> {
  if (user.userType === 'Guest') return 'guest_without_sms_sign_in'
  if (phone.type !== 'mobile') return 'sms_sign_in_not_supported'
  if (!mayReceiveTexts(phone.number)) return 'voice_number_conflict'
  const policy = await methodPolicies.standingOf('sms', user.id)
  if (!policy.isEnabled) return 'sms_sign_in_disabled'
  if (phone.state === 'notAllowedByPolicy') return 'sms_not_allowed_by_policy'
  // Its person proves it by a text; nobody else can say that one would arrive.
  if (phone.isVoiceOnly) return isOwn ? 'text_proof_needed' : 'voice_number_conflict'
  return undefined
}
