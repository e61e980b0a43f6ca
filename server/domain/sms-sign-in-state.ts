import type { MethodStanding } from './method-policy.ts'
import type { Phone, PhoneType, SignInWish } from './phone.ts'
import { countryOf, mayReceiveTexts } from './phone-number.ts'
import type { SignInSettings } from './sign-in-settings.ts'
import { isQuiet, knownAt } from './sms-sign-in.ts'
import type { UserType } from './user.ts'

export const smsSignInStates = [
  'notSupported',
  'notAllowedByPolicy',
  'notEnabled',
  'phoneNumberNotUnique',
  'ready',
  'notConfigured',
] as const

export type SmsSignInState = (typeof smsSignInStates)[number]

export interface StateFacts {
  phoneType: PhoneType
  userType: UserType
  mayReceiveTexts: boolean
  /** What the policy of text messages says of this person, and the list of countries of this number. */
  policy: Pick<MethodStanding, 'isUsableForSignIn'>
  isCountryAllowed: boolean
  signInWish: SignInWish
  isSignInName: boolean
  /** Somebody else keeps it from being this person's name. */
  isHeldByAnother: boolean
  /** For so long nobody knew whose it is that a stranger may have it by now. */
  isQuiet: boolean
}

/**
 * What a number is to its person at this moment. Nothing of it is stored but the name itself and the wish for it, so that a policy that changes
 * changes every state at once, and one that comes back finds all as it was.
 */
export function smsSignInState(facts: StateFacts): SmsSignInState {
  if (facts.phoneType !== 'mobile' || facts.userType === 'Guest' || !facts.mayReceiveTexts) return 'notSupported'
  if (!facts.policy.isUsableForSignIn || !facts.isCountryAllowed) return 'notAllowedByPolicy'
  if (facts.signInWish === 'off') return 'notEnabled'
  if (facts.isSignInName) return facts.isQuiet ? 'notConfigured' : 'ready'
  return facts.signInWish === 'wanted' && facts.isHeldByAnother ? 'phoneNumberNotUnique' : 'notConfigured'
}

/** The facts of one number, where it is known what the policy says of its person. */
export function stateOf(
  phone: Phone,
  person: { userType: UserType },
  policy: MethodStanding,
  { settings, isHeldByAnother, now }: { settings: Pick<SignInSettings, 'textCountries'>; isHeldByAnother: boolean; now: Date },
): SmsSignInState {
  const country = countryOf(phone.number)
  return smsSignInState({
    phoneType: phone.type,
    userType: person.userType,
    mayReceiveTexts: mayReceiveTexts(phone.number),
    policy,
    // Somebody here has it, so without a list its country is one of those that texts go to.
    isCountryAllowed: country !== undefined && (settings.textCountries?.includes(country) ?? true),
    signInWish: phone.signInWish,
    isSignInName: phone.isSignInName,
    isHeldByAnother,
    isQuiet: isQuiet(knownAt(phone), now),
  })
}
