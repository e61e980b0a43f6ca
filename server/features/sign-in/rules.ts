import type { Author } from '#server/domain/caller.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import { type SecondFactor, secondFactors } from '#server/domain/default-method.ts'
import { addsFactor, strengthOf } from '#server/domain/proof-strength.ts'
import type { SignInResultCode } from '#server/domain/sign-in-results.ts'
import type { SignInByNumber } from '#server/domain/sms-sign-in.ts'
import type { User } from '#server/domain/user.ts'

const results: Readonly<Record<SignInByNumber['state'], SignInResultCode>> = {
  ready: 16000,
  accountDisabled: 50057,
  guest: 90072,
  smsSignInDisabled: 53003,
  notAllowedByPolicy: 53003,
  numberNotForSignIn: 50034,
  numberTypeRefused: 53003,
  countryNotAllowed: 53003,
  recycled: 53003,
}

/** What an attempt waits for from its first moment: the code, or nothing that could come. Only the log tells these apart. */
export function resultOf(facts: SignInByNumber | undefined): SignInResultCode {
  return facts ? results[facts.state] : 50034
}

/** Somebody who is asked to set something up on the way in, and where from. */
export interface Registrant {
  userId: string
  /** What they have proven in this sign-in. */
  proven: readonly string[]
  browser: Browser
  userAgent: string
  requestId: string
}

/** They do it themselves, though no app has a token of theirs yet. */
export function authorOf(
  { id, displayName, userPrincipalName }: User,
  { browser, userAgent, requestId }: Omit<Registrant, 'userId' | 'proven'>,
): Author {
  return { author: { kind: 'person', id, displayName, userPrincipalName, address: browser.address }, userAgent, requestId }
}

/** A phone, texted or called; the other factors people can choose are asked for by apps of their own. */
export type PhoneFactor = Exclude<SecondFactor, 'push' | 'oath'>

export type SecondFactorWay = 'password' | PhoneFactor

/** How each way is called among what was proven (RFC 8176). */
export const amrOfWay: Readonly<Record<SecondFactorWay, string>> = {
  password: 'pwd',
  sms: 'sms',
  voiceMobile: 'tel',
  voiceAlternateMobile: 'tel',
  voiceOffice: 'tel',
}

/** Which ways would make two factors of what is proven, the one that comes first in front. A text after a text never would, nor a call. */
export function secondFactorWays(
  proven: readonly string[],
  { usable, first, hasPassword }: { usable: ReadonlySet<SecondFactor>; first: SecondFactor | undefined; hasPassword: boolean },
): SecondFactorWay[] {
  const byPhone = secondFactors.filter(isPhoneFactor).filter((factor) => usable.has(factor))
  const sorted = [...byPhone.filter((factor) => factor === first), ...byPhone.filter((factor) => factor !== first)]
  const ways: SecondFactorWay[] = [...(hasPassword ? (['password'] as const) : []), ...sorted]
  return ways.filter((way) => addsFactor(amrOfWay[way], proven))
}

function isPhoneFactor(factor: SecondFactor): factor is PhoneFactor {
  return factor in amrOfWay
}

/**
 * Whether somebody may set something up on the way in. Whoever gets at the methods of somebody with a role gets the role, and a stolen password
 * must not bring its own phone: they set things up once they have proven two factors, or on the way to it.
 */
export function mayRegister(proven: readonly string[], { holdsPower, provesOwn }: { holdsPower: boolean; provesOwn: boolean }): boolean {
  return !holdsPower || provesOwn || strengthOf(proven) === 'two factors'
}

/** What a person may have to do between their proof and the app's answer. */
export type Due = 'second-factor' | 'factor-missing' | 'change-password' | 'register'

/** What the log says of a sign-in that waits for it. */
export const waitingFor: Readonly<Record<Due, SignInResultCode>> = {
  'second-factor': 50074,
  'factor-missing': 50079,
  'change-password': 50055,
  register: 50072,
}

export interface DueFacts {
  /** What was proven just now. */
  methods: readonly string[]
  /** The app will not take one factor. */
  needsTwoFactors: boolean
  /** There is something they can prove beside it. */
  hasSecondFactor: boolean
  mustChangePassword: boolean
  /** Policy demands a method they lack, or a campaign asks for one. */
  isAskedToRegister: boolean
}

/** The first thing that is left to do. Who signed in without their password is not asked for another one. */
export function dueBeforeAnswer(facts: DueFacts): Due | undefined {
  const { methods, mustChangePassword, isAskedToRegister } = facts
  // Before anything is changed or added: a stolen password must not choose the next one, nor bring a phone along.
  if (facts.needsTwoFactors && strengthOf(methods) !== 'two factors') return facts.hasSecondFactor ? 'second-factor' : 'factor-missing'
  if (mustChangePassword && methods.includes('pwd')) return 'change-password'
  return isAskedToRegister ? 'register' : undefined
}
