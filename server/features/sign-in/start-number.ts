import type { Locale } from '#contract/locale.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import { readNumber } from '#server/domain/given-number.ts'
import { payForNewNumber } from '#server/domain/own-number.ts'
import { mayCallTo } from '#server/domain/phone-calls.ts'
import { mayReceiveCalls, mayReceiveTexts, type PhoneNumber } from '#server/domain/phone-number.ts'
import { receiverLocale } from '#server/domain/receiver-locale.ts'
import { Refusal, refuse } from '#server/domain/refusal.ts'
import { mayTextTo } from '#server/domain/sms-sign-in.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'

export interface GivenOwnNumber {
  userId: string
  national: string
  country: string
  /** How they prove it: by a code in a text, or by the key they press when we call. */
  channel: 'sms' | 'voice'
  browser: Browser
  locale: Locale
}

export type StartedNumber =
  | { kind: 'started'; challengeId: string; number: PhoneNumber }
  | { kind: 'malformed' | 'wrong-kind' | 'country-closed' | 'too-many' }
  | { kind: 'slow-down'; retryAfterSeconds: number }

/**
 * Somebody who is signing in says which number is theirs, and a code goes there or a phone rings. Whose else it may be is told to nobody before
 * it is proven, so this is the same for every number.
 */
export async function startNumber(system: System, given: GivenOwnNumber): Promise<StartedNumber> {
  const { userId, channel, browser, locale } = given
  const number = numberIn(given)
  if (typeof number !== 'string') return number
  if (channel === 'sms' ? !mayReceiveTexts(number) : !mayReceiveCalls(number)) return { kind: 'wrong-kind' }
  const isReachable = channel === 'sms' ? await mayTextTo(system, number) : mayCallTo(system, number)
  if (!isReachable) return { kind: 'country-closed' }
  const owned = await system.phones.ofUser(userId)
  if (await payForNewNumber(system, { userId, number, owned, binding: browser.binding })) return { kind: 'too-many' }

  const user = (await system.users.find(userId)) ?? refuse('changed_meanwhile')
  const asked = { purpose: 'add-phone', userId, locale: receiverLocale(user.preferredLanguage, locale), browser } as const
  if (channel === 'voice') {
    const called = await methods.voice.startCall(system, { ...asked, number, phoneType: 'mobile' })
    return called.kind === 'started' ? { kind: 'started', challengeId: called.callId, number } : { ...called, kind: 'slow-down' }
  }
  const started = await methods.sms.startCode(system, { ...asked, receiver: number })
  return started.kind === 'started' ? { ...started, number } : { ...started, kind: 'slow-down' }
}

function numberIn({ national, country }: GivenOwnNumber): PhoneNumber | { kind: 'malformed' | 'wrong-kind' } {
  try {
    return readNumber(national, 'mobile', { property: 'national', country }).number
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { kind: error.code === 'phone_number_kind' ? 'wrong-kind' : 'malformed' }
  }
}
