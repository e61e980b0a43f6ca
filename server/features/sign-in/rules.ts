import type { Author } from '#server/domain/caller.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
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

/** What a person may have to do between their proof and the app's answer. */
export type Due = 'change-password' | 'register'

/** What the log says of a sign-in that waits for it. */
export const waitingFor: Readonly<Record<Due, SignInResultCode>> = { 'change-password': 50055, register: 50072 }

export interface DueFacts {
  /** What was proven just now. */
  methods: readonly string[]
  mustChangePassword: boolean
  /** Policy demands a method they lack, or a campaign asks for one. */
  isAskedToRegister: boolean
}

/** The first thing that is left to do. Who signed in without their password is not asked for another one. */
export function dueBeforeAnswer({ methods, mustChangePassword, isAskedToRegister }: DueFacts): Due | undefined {
  if (mustChangePassword && methods.includes('pwd')) return 'change-password'
  return isAskedToRegister ? 'register' : undefined
}
