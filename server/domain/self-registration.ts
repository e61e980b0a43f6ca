import { type MethodId, methodIds } from '#contract/method-ids.ts'
import type { MethodStanding } from './method-policy.ts'
import type { Phone } from './phone.ts'
import { mayReceiveTexts } from './phone-number.ts'

/** What people can set up by themselves, the strongest first. */
const strongestFirst = ['passkey', 'push', 'totp', 'sms', 'voice', 'email'] as const

/** Those of them that are built. */
export type SelfRegistered = Extract<MethodId, (typeof strongestFirst)[number]>

export const selfRegistered: readonly SelfRegistered[] = strongestFirst.filter((id) => isMethod(id))

export function isSelfRegistered(id: string): id is SelfRegistered {
  return selfRegistered.some((each) => each === id)
}

function isMethod(id: string): id is SelfRegistered {
  return methodIds.some((each) => each === id)
}

/** What somebody is told to register and has not, the strongest first. */
export function missingMethods(standings: ReadonlyMap<string, MethodStanding>, held: ReadonlySet<MethodId>): SelfRegistered[] {
  return selfRegistered.filter((id) => standings.get(id)?.isRegistrationRequired === true && !held.has(id))
}

/** Which methods these numbers are for their person: a text reaches a mobile that a text has proven, a call reaches any. */
export function methodsOfNumbers(owned: readonly Pick<Phone, 'type' | 'number' | 'isVoiceOnly'>[]): Set<SelfRegistered> {
  const held = new Set<SelfRegistered>()
  if (owned.some(({ type, number, isVoiceOnly }) => type === 'mobile' && !isVoiceOnly && mayReceiveTexts(number))) held.add('sms')
  if (owned.length > 0) held.add('voice')
  return held
}
