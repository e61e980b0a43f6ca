import type { RefusalCode } from '#contract/refusals.ts'
import type { Caller } from '#server/domain/caller.ts'
import { getPhone } from '#server/domain/keep-phone.ts'
import { getPersonToChange } from '#server/domain/person-methods.ts'
import { isTaken, type PersonPhone } from '#server/domain/person-phones.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import { mayReceiveTexts } from '#server/domain/phone-number.ts'
import { recordNumber } from '#server/domain/record-method-change.ts'
import { refuse } from '#server/domain/refusal.ts'
import { isQuiet, knownAt } from '#server/domain/sms-sign-in.ts'
import type { User } from '#server/domain/user.ts'
import type { Stores, System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** The number becomes its person's user name. Here every cause that keeps it from that is an error of its own. */
export async function enableSmsSignIn(system: Needs, caller: Caller, idOrName: string, type: PhoneType): Promise<void> {
  const isConflict = await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToChange(stores, caller, idOrName, now)
    const phone = (await getPhone(stores, user, type, now)) ?? refuse('object_not_found', { id: 'phoneMethod' })
    if (phone.state === 'ready') return false
    const isOwn = caller.id === user.id
    const cause = await causeAgainst(stores, user, phone, isOwn)
    if (cause) refuse(cause)
    // After so long a stranger may have the number; its person proves it anew, an administrator answers for it.
    if (isOwn && isQuiet(knownAt(phone), now)) refuse('phone_number_quiet')

    const waitsForName = await isTaken(stores, phone.number, user.id, await stores.settings.get())
    const changes = { signInWish: 'wanted', waitsForName, ...(!isOwn && { confirmedAt: now }) } as const
    if (!(await stores.phones.change(user.id, type, changes, now))) refuse('changed_meanwhile')
    const after = (await getPhone(stores, user, type, now)) ?? refuse('changed_meanwhile')
    if (after.state !== phone.state) {
      const details = { SmsSignInState: after.state }
      await recordNumber(stores, caller, user, 'updated', { before: phone, after, details }, now)
    }
    return waitsForName
  })
  // Said only after the attempt was written down: the number's state tells it from now on.
  if (isConflict) refuse('phone_number_not_unique')
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
