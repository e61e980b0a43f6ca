import type { ReasonBody } from '#contract/graph/security-info.ts'
import type { Locale } from '#contract/locale.ts'
import type { PassState } from '#server/domain/pass.ts'
import type { Refusal } from '#server/domain/refusal.ts'
import { type MessageKey, message } from '#server/locale.ts'

/** Why something is missing or cannot be done. Each sentence says what to do about it. */
const words = {
  notAllowedByOrganization: 'features.security-info.because.notAllowedByOrganization',
  alreadyRegistered: 'features.security-info.because.alreadyRegistered',
  needsMobileFirst: 'features.security-info.because.needsMobileFirst',
  numberWithoutTexts: 'features.security-info.because.numberWithoutTexts',
  numberInUse: 'features.security-info.because.numberInUse',
  numberOnlyCalled: 'features.security-info.because.numberOnlyCalled',
  numberQuiet: 'features.security-info.because.numberQuiet',
  countryNotAllowed: 'features.security-info.because.countryNotAllowed',
  smsSignInDisabled: 'features.security-info.because.smsSignInDisabled',
  smsSignInNotAllowed: 'features.security-info.because.smsSignInNotAllowed',
  guestWithoutSmsSignIn: 'features.security-info.because.guestWithoutSmsSignIn',
  deleteAlternateFirst: 'features.security-info.because.deleteAlternateFirst',
  changeDefaultFirst: 'features.security-info.because.changeDefaultFirst',
} as const satisfies Record<string, MessageKey>

export type Reason = keyof typeof words

export function toReason(reason: Reason, locale: Locale): ReasonBody {
  return { code: reason, message: message(locale, words[reason]) }
}

const passWords = {
  NotYetValid: 'features.security-info.pass.not-yet',
  DisabledByPolicy: 'features.security-info.pass.not-allowed',
  Expired: 'features.security-info.pass.expired',
  OneTimeUsed: 'features.security-info.pass.used',
} as const satisfies Record<Exclude<PassState, 'EnabledByPolicy'>, MessageKey>

/** Why a pass opens nothing. */
export function toPassReason(state: keyof typeof passWords, locale: Locale): ReasonBody {
  return { code: state, message: message(locale, passWords[state]) }
}

/** The same for whoever looks after somebody else. */
const administratorsWords = {
  notAllowedByOrganization: 'features.security-info.for-administrators.notAllowedByOrganization',
  alreadyRegistered: 'features.security-info.for-administrators.alreadyRegistered',
  needsMobileFirst: 'features.security-info.for-administrators.needsMobileFirst',
  numberWithoutTexts: 'features.security-info.for-administrators.numberWithoutTexts',
  numberInUse: 'features.security-info.for-administrators.numberInUse',
  numberOnlyCalled: 'features.security-info.for-administrators.numberOnlyCalled',
  numberQuiet: 'features.security-info.for-administrators.numberQuiet',
  countryNotAllowed: 'features.security-info.for-administrators.countryNotAllowed',
  smsSignInDisabled: 'features.security-info.for-administrators.smsSignInDisabled',
  smsSignInNotAllowed: 'features.security-info.for-administrators.smsSignInNotAllowed',
  guestWithoutSmsSignIn: 'features.security-info.for-administrators.guestWithoutSmsSignIn',
  deleteAlternateFirst: 'features.security-info.for-administrators.deleteAlternateFirst',
  changeDefaultFirst: 'features.security-info.for-administrators.changeDefaultFirst',
} as const satisfies Record<Reason, MessageKey>

export function toAdministratorsReason(reason: Reason, locale: Locale): ReasonBody {
  return { code: reason, message: message(locale, administratorsWords[reason]) }
}

/** What a refusal would say, in its own words. */
export function refusalReason({ code, details }: Refusal, locale: Locale): ReasonBody {
  // Every refusal has its words: tidy holds the language files to the table.
  return { code, message: message(locale, `refusals.${code}` as MessageKey, details) }
}
