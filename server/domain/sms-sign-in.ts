import type { MethodPolicies } from '#server/store/method-policies.ts'
import type { Phones } from '#server/store/phones.ts'
import type { MethodStanding } from './method-policy.ts'
import type { Organization } from './organization.ts'
import type { Phone, PhoneType, SignInHolder } from './phone.ts'
import { countryOf, mayReceiveTexts, type PhoneNumber } from './phone-number.ts'
import type { SignInSettings } from './sign-in-settings.ts'

export type SmsSignInRefusal =
  | 'accountDisabled'
  | 'guest'
  | 'smsSignInDisabled'
  | 'notAllowedByPolicy'
  | 'numberNotForSignIn'
  | 'numberTypeRefused'
  | 'countryNotAllowed'
  | 'recycled'

export interface SmsSignInFacts {
  user: Pick<SignInHolder['user'], 'accountEnabled' | 'userType'>
  policy: Omit<MethodStanding, 'isRegistrationRequired'>
  phoneType: PhoneType
  isSignInName: boolean
  mayReceiveTexts: boolean
  isCountryAllowed: boolean
  /** When this number was last known to be this person's. */
  knownAt: Date
}

/** Operators give a number to somebody else some time after it was given up; by then it must open nothing here. */
const quietMaxMs = 90 * 24 * 60 * 60 * 1000

export function isQuiet(lastKnownAt: Date, now: Date): boolean {
  return now.getTime() - lastKnownAt.getTime() > quietMaxMs
}

/** Whether this person may sign in by a text to this number at this moment, or the first reason why not. */
export function smsSignIn(facts: SmsSignInFacts, now: Date): 'ready' | SmsSignInRefusal {
  const { user, policy, phoneType, isSignInName, isCountryAllowed, knownAt } = facts
  if (!user.accountEnabled) return 'accountDisabled'
  if (user.userType === 'Guest') return 'guest'
  if (!policy.isEnabled) return 'smsSignInDisabled'
  if (!policy.isUsableForSignIn) return 'notAllowedByPolicy'
  if (!isSignInName || phoneType !== 'mobile') return 'numberNotForSignIn'
  if (!facts.mayReceiveTexts) return 'numberTypeRefused'
  if (!isCountryAllowed) return 'countryNotAllowed'
  if (isQuiet(knownAt, now)) return 'recycled'
  return 'ready'
}

/** Whether a text may go to this country. Without a list it is the organisation's own, and those its numbers are from. */
export function countryAllowed(
  country: string | undefined,
  {
    textCountries,
    defaultCountry,
    isRegistered,
  }: Pick<SignInSettings, 'textCountries'> & Pick<Organization, 'defaultCountry'> & { isRegistered: boolean },
): boolean {
  if (country === undefined) return false
  return textCountries ? textCountries.includes(country) : country === defaultCountry || isRegistered
}

export interface SignInParts {
  phones: Pick<Phones, 'findSignInHolder' | 'hasCountry'>
  methodPolicies: Pick<MethodPolicies, 'standingOf'>
  signInSettings: SignInSettings
  organization: Pick<Organization, 'defaultCountry'>
}

export interface SignInByNumber {
  user: SignInHolder['user']
  phoneType: PhoneType
  state: 'ready' | SmsSignInRefusal
}

/** Whom a number names, and whether they may sign in with it. Two statements, and the same work for a number nobody has. */
export async function findSignIn(
  parts: Omit<SignInParts, 'phones'> & { phones: Pick<Phones, 'findSignInHolder'> },
  number: PhoneNumber,
  now: Date,
): Promise<SignInByNumber | undefined> {
  const holder = await parts.phones.findSignInHolder(number)
  const { user, type } = holder ?? nobody
  const policy = await parts.methodPolicies.standingOf('sms', user.id)
  const { textCountries } = parts.signInSettings
  const { defaultCountry } = parts.organization
  const facts = {
    user,
    policy,
    phoneType: type,
    isSignInName: true,
    mayReceiveTexts: mayReceiveTexts(number),
    // Somebody here has it, so its country is one the organisation registered numbers of.
    isCountryAllowed: countryAllowed(countryOf(number), { textCountries, defaultCountry, isRegistered: true }),
    knownAt: knownAt(holder ?? nobody),
  }
  const state = smsSignIn(facts, now)
  return holder && { user, phoneType: type, state }
}

/** When this number was last known to be its person's: given, proven, used or confirmed. */
export function knownAt({
  createdAt,
  provenAt,
  usedAt,
  confirmedAt,
}: Pick<Phone, 'createdAt' | 'provenAt' | 'usedAt' | 'confirmedAt'>): Date {
  return new Date(Math.max(...[createdAt, provenAt, usedAt, confirmedAt].map((instant) => instant?.getTime() ?? 0)))
}

/** Whether a number that is not in use yet may be sent a text, as one that somebody is about to register. */
export async function mayTextTo(
  { phones, signInSettings, organization }: Omit<SignInParts, 'methodPolicies'>,
  number: PhoneNumber,
): Promise<boolean> {
  const country = countryOf(number)
  if (country === undefined || !mayReceiveTexts(number)) return false
  const { textCountries } = signInSettings
  const isRegistered = textCountries === undefined && (await phones.hasCountry(country))
  return countryAllowed(country, { textCountries, defaultCountry: organization.defaultCountry, isRegistered })
}

/** Stands in for whoever is not there. */
const nobody: Omit<SignInHolder, 'number'> = {
  user: {
    id: '00000000-0000-0000-0000-000000000000',
    displayName: '',
    userPrincipalName: '',
    preferredLanguage: undefined,
    accountEnabled: true,
    userType: 'Member',
  },
  type: 'mobile',
  provenAt: undefined,
  usedAt: undefined,
  confirmedAt: undefined,
  createdAt: new Date(0),
}
