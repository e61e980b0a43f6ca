import type { Locale } from '#contract/locale.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import { readNumber } from '#server/domain/given-number.ts'
import { ownBrowser } from '#server/domain/own-browser.ts'
import { hasOther, payForNewNumber } from '#server/domain/own-number.ts'
import { requireOwnProof } from '#server/domain/person-methods.ts'
import type { Phone, PhoneType } from '#server/domain/phone.ts'
import { mayBeCalledAt, mayCallTo } from '#server/domain/phone-calls.ts'
import type { PhoneNumber } from '#server/domain/phone-number.ts'
import { receiverLocale } from '#server/domain/receiver-locale.ts'
import { refuse } from '#server/domain/refusal.ts'
import { mayTextTo } from '#server/domain/sms-sign-in.ts'
import type { User } from '#server/domain/user.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'

export interface OwnNumber {
  text: string
  type: PhoneType
  /** How they prove it: by a code in a text, or by the key they press when we call. */
  channel: 'sms' | 'voice'
  /** It comes in the place of the number of its type there is. */
  replaces: boolean
  locale: Locale
}

/**
 * Somebody says that a number is theirs, and a code goes there or a phone rings. Whether it is anybody else's is told to nobody who has not
 * proved that they hold it, and in the same time; so nobody finds out by trying which numbers are known here.
 */
export async function startOwnNumber(system: System, caller: Caller, wanted: OwnNumber): Promise<string> {
  const { text, type, channel, replaces, locale } = wanted
  requireOwnProof(caller, system.now())
  const { number, extension } = readNumber(text, type, { property: 'phoneNumber' })
  const user = await getAllowedPerson(system, caller, wanted)
  const owned = await system.phones.ofUser(user.id)
  refuseOther(owned, type, number, replaces)
  if (channel === 'sms' && !(await mayTextTo(system, number))) refuse('phone_number_without_texts', { property: 'phoneNumber' })
  if (channel === 'voice' && !mayCallTo(system, number)) refuse('phone_number_without_calls', { property: 'phoneNumber' })

  const browser = browserOf(caller)
  const denial = await payForNewNumber(system, { type, userId: user.id, number, owned, binding: browser.binding })
  if (denial) refuse('too_many_new_numbers', { retryAfterSeconds: String(denial.retryAfterSeconds) })
  const asked = { purpose: 'add-phone', userId: user.id, locale: receiverLocale(user.preferredLanguage, locale), browser } as const
  if (channel === 'voice') {
    const called = await methods.voice.startCall(system, { ...asked, number, phoneType: type, extension })
    return called.kind === 'started' ? called.callId : refuse('slow_down', { retryAfterSeconds: String(called.retryAfterSeconds) })
  }
  const started = await methods.sms.startCode(system, { ...asked, receiver: number })
  return started.kind === 'started' ? started.challengeId : refuse('slow_down', { retryAfterSeconds: String(started.retryAfterSeconds) })
}

/** Whoever asks may prove it in any window they are signed in at, and nobody else may. */
export function browserOf(caller: Caller): Browser {
  return ownBrowser(caller, 'add-phone')
}

/** A policy that lets nobody be texted, or called, lets nobody register a number for it. */
export async function getAllowedPerson(
  { users, methodPolicies }: Pick<System, 'users' | 'methodPolicies'>,
  { id }: Caller,
  { channel, type }: Pick<OwnNumber, 'channel' | 'type'>,
): Promise<User> {
  const user = (await users.find(id)) ?? refuse('object_not_found', { id })
  const isAllowed =
    channel === 'voice' ? await mayBeCalledAt({ methodPolicies }, id, type) : (await methodPolicies.standingOf('sms', id)).isAllowed
  return isAllowed ? user : refuse('phone_not_allowed')
}

/** One number of each type, and a second mobile only behind a first. */
export function refuseOther(owned: readonly Phone[], type: PhoneType, number: PhoneNumber, replaces: boolean): void {
  if (!replaces && hasOther(owned, type, number)) refuse('phone_type_taken', { phoneType: type })
  if (type === 'alternateMobile' && !owned.some((phone) => phone.type === 'mobile')) refuse('alternate_needs_mobile')
}
