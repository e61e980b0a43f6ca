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

/** What somebody sets up who is asked to do so anew: the strongest of what they have, or of what they may have; undefined where that is nothing. */
export function methodAnew(held: ReadonlySet<MethodId>, allowed: ReadonlySet<SelfRegistered>): SelfRegistered | undefined {
  const usable = selfRegistered.filter((id) => allowed.has(id))
  return usable.find((id) => held.has(id)) ?? usable[0]
}

/** Which methods these numbers are for their person: a text reaches a mobile that a text has proven, a call reaches any. */
export function methodsOfNumbers(owned: readonly Pick<Phone, 'type' | 'number' | 'isVoiceOnly'>[]): Set<SelfRegistered> {
  const held = new Set<SelfRegistered>()
  if (owned.some(({ type, number, isVoiceOnly }) => type === 'mobile' && !isVoiceOnly && mayReceiveTexts(number))) held.add('sms')
  if (owned.length > 0) held.add('voice')
  return held
}

/** A number somebody has, and how it is proven. */
export interface OwnProof {
  channel: 'sms' | 'voice'
  phone: Phone
}

/**
 * What has to be proven before anything is added: whoever has a phone must not find a stranger's beside it because a password was stolen. Who
 * signed in with more than a password has proven enough, and who has nothing else yet can only begin.
 */
export function proofBeforeAdding(
  proven: readonly string[],
  owned: readonly Phone[],
  allowed: ReadonlySet<SelfRegistered>,
): OwnProof | undefined {
  if (proven.some((method) => method !== 'pwd')) return undefined
  const texted = owned.find((phone) => methodsOfNumbers([phone]).has('sms'))
  if (texted && allowed.has('sms')) return { channel: 'sms', phone: texted }
  const called = owned.find(({ type }) => type === 'mobile') ?? owned[0]
  return called && allowed.has('voice') ? { channel: 'voice', phone: called } : undefined
}
