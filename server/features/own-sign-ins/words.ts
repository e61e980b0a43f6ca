import type { OwnSignInBody } from '#contract/graph/own-sessions.ts'
import type { Locale } from '#contract/locale.ts'
import type { SignInMethod } from '#server/domain/sign-in-event.ts'
import { type MessageKey, message } from '#server/locale.ts'

const because = {
  wrongAnswer: 'features.own-sign-ins.because.wrongAnswer',
  tooManyTries: 'features.own-sign-ins.because.tooManyTries',
  codeExpired: 'features.own-sign-ins.because.codeExpired',
  codeNotSent: 'features.own-sign-ins.because.codeNotSent',
  accountDisabled: 'features.own-sign-ins.because.accountDisabled',
  notAllowed: 'features.own-sign-ins.because.notAllowed',
  strongerNeeded: 'features.own-sign-ins.because.strongerNeeded',
  notFinished: 'features.own-sign-ins.because.notFinished',
} as const satisfies Record<string, MessageKey>

const nextSteps = {
  changePassword: 'features.own-sign-ins.next.changePassword',
  checkSecurityInfo: 'features.own-sign-ins.next.checkSecurityInfo',
  tellHelpDesk: 'features.own-sign-ins.next.tellHelpDesk',
} as const satisfies Record<string, MessageKey>

export type Because = keyof typeof because
export type NextStep = keyof typeof nextSteps

/** What the log says in Microsoft's numbers, for the person whose account it is. */
const reasons: Readonly<Record<number, Because>> = {
  50034: 'notAllowed',
  50053: 'tooManyTries',
  50055: 'wrongAnswer',
  50056: 'wrongAnswer',
  50057: 'accountDisabled',
  50074: 'strongerNeeded',
  50076: 'strongerNeeded',
  50079: 'strongerNeeded',
  50086: 'codeNotSent',
  50087: 'codeNotSent',
  50088: 'tooManyTries',
  50089: 'codeExpired',
  50105: 'notAllowed',
  50126: 'wrongAnswer',
  53003: 'notAllowed',
  65004: 'notFinished',
  130502: 'notAllowed',
  130503: 'wrongAnswer',
  130504: 'codeExpired',
  130505: 'codeExpired',
  500121: 'wrongAnswer',
}

export function becauseOf(result: number): Because | undefined {
  return result === 0 ? undefined : (reasons[result] ?? 'notFinished')
}

export function toBecause(code: Because, locale: Locale): { code: string; message: string } {
  return { code, message: message(locale, because[code]) }
}

export function toNextStep(code: NextStep, locale: Locale): { code: string; message: string } {
  return { code, message: message(locale, nextSteps[code]) }
}

export const methodNames: Readonly<Record<SignInMethod, OwnSignInBody['methods'][number]>> = {
  'Text message': 'sms',
  'Phone call': 'voice',
  'Email one-time passcode': 'email',
  Password: 'password',
  'Temporary Access Pass': 'temporary-access-pass',
  Passkey: 'passkey',
  'Authenticator app': 'push',
  'Software OATH token': 'totp',
  'Previously satisfied': 'session',
}
