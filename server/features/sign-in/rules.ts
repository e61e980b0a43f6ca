import type { SignInResultCode } from '#server/domain/sign-in-results.ts'
import type { SignInByNumber } from '#server/domain/sms-sign-in.ts'

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

/** What a person may have to do between their proof and the app's answer. */
export type Due = 'change-password'

export interface DueFacts {
  /** What was proven just now. */
  methods: readonly string[]
  mustChangePassword: boolean
}

/** The first thing that is left to do. Who signed in without their password is not asked for another one. */
export function dueBeforeAnswer({ methods, mustChangePassword }: DueFacts): Due | undefined {
  return mustChangePassword && methods.includes('pwd') ? 'change-password' : undefined
}
