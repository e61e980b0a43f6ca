import { createHash } from 'node:crypto'
import type { Locale } from '#contract/locale.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import { hasOtherMobile, payForNewNumber } from '#server/domain/own-number.ts'
import { requireOwnProof } from '#server/domain/person-methods.ts'
import type { Phone } from '#server/domain/phone.ts'
import type { PhoneNumber } from '#server/domain/phone-number.ts'
import { receiverLocale } from '#server/domain/receiver-locale.ts'
import { refuse } from '#server/domain/refusal.ts'
import { mayTextTo } from '#server/domain/sms-sign-in.ts'
import type { User } from '#server/domain/user.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'
import { readNumber } from './rules.ts'

export interface OwnNumber {
  text: string
  /** It comes in the place of the mobile number there is. */
  replaces: boolean
  locale: Locale
}

/**
 * Somebody says that a number is theirs, and a code goes there. Whether it is anybody else's is told to nobody who has not proved that they
 * hold it, and in the same time; so nobody finds out by trying which numbers are known here.
 */
export async function startOwnNumber(system: System, caller: Caller, { text, replaces, locale }: OwnNumber): Promise<string> {
  requireOwnProof(caller, system.now())
  const { number } = readNumber(text, 'mobile')
  const user = await getAllowedPerson(system, caller)
  const owned = await system.phones.ofUser(user.id)
  refuseOther(owned, number, replaces)
  if (!(await mayTextTo(system, number))) refuse('phone_number_without_texts', { property: 'phoneNumber' })

  const browser = browserOf(caller)
  const denial = await payForNewNumber(system, { method: 'sms', userId: user.id, number, owned, binding: browser.binding })
  if (denial) refuse('too_many_new_numbers', { retryAfterSeconds: String(denial.retryAfterSeconds) })
  const request = {
    purpose: 'add-phone',
    userId: user.id,
    receiver: number,
    locale: receiverLocale(user.preferredLanguage, locale),
    browser,
  } as const
  const started = await methods.sms.startCode(system, request)
  if (started.kind === 'slow_down') refuse('slow_down', { retryAfterSeconds: String(started.retryAfterSeconds) })
  return started.challengeId
}

/** Whoever asks for a code may type it in any window they are signed in at, and nobody else may. */
export function browserOf(caller: Caller): Browser {
  const address = caller.author.kind === 'person' ? caller.author.address : ''
  return { binding: createHash('sha256').update(`add-phone ${caller.id}`).digest('base64url'), device: undefined, address }
}

/** A policy that lets nobody be texted lets nobody register a number for it. */
export async function getAllowedPerson({ users, methodPolicies }: Pick<System, 'users' | 'methodPolicies'>, { id }: Caller): Promise<User> {
  const user = (await users.find(id)) ?? refuse('object_not_found', { id })
  const { isAllowed } = await methodPolicies.standingOf('sms', id)
  return isAllowed ? user : refuse('phone_not_allowed')
}

export function refuseOther(owned: readonly Phone[], number: PhoneNumber, replaces: boolean): void {
  if (!replaces && hasOtherMobile(owned, number)) refuse('phone_type_taken', { phoneType: 'mobile' })
}
