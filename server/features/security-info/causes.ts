import type { CauseBody, RemedyBody } from '#contract/graph/person-methods.ts'
import { everybody, type MethodPolicy, type MethodTarget } from '#server/domain/method-policy.ts'
import { countryOf, mayReceiveTexts, type PhoneNumber } from '#server/domain/phone-number.ts'
import type { Facts } from './entry.ts'
import type { Reason } from './words.ts'

export type CauseCode = CauseBody['code']
export type RemedyAct = RemedyBody['act']

/** Under which code each reason is known that keeps a number from being a user name. */
const codes: Readonly<Partial<Record<Reason, CauseCode>>> = {
  smsSignInDisabled: 'smsSignInDisabled',
  smsSignInNotAllowed: 'notAllowedByPolicy',
  numberInUse: 'phoneNumberNotUnique',
  numberOnlyCalled: 'voiceNumberConflict',
  numberWithoutTexts: 'voiceNumberConflict',
  countryNotAllowed: 'countryNotAllowed',
  numberQuiet: 'numberQuiet',
  guestWithoutSmsSignIn: 'notSupported',
}

export function codeOf(reason: Reason): CauseCode | undefined {
  return codes[reason]
}

/** What would keep a number from being a user name that is not there yet; without one, whatever number it is. */
export function reasonAgainst({ user, sms, settings }: Facts, number: PhoneNumber | undefined): Reason | undefined {
  if (user.userType === 'Guest') return 'guestWithoutSmsSignIn'
  if (!sms.isEnabled) return 'smsSignInDisabled'
  if (!sms.isUsableForSignIn) return 'smsSignInNotAllowed'
  if (number === undefined) return undefined
  if (!mayReceiveTexts(number)) return 'numberWithoutTexts'
  return settings.textCountries?.includes(countryOf(number) ?? '') === false ? 'countryNotAllowed' : undefined
}

/** How a person stands to a policy that is not for them. */
export interface PolicyPlace {
  policy: MethodPolicy
  /** Every group they are in, at any depth, of those the policy names. */
  groupIds: ReadonlySet<string>
  /** Licences are enforced, and they have none. */
  lacksLicence: boolean
}

const groupsMax = 3

/** What brings a person into the policy, the smallest step first; joining a group helps nobody whom another target excludes. */
export function waysIn(place: PolicyPlace, userId: string): { assignLicence: boolean; groups: string[] } {
  const { policy, groupIds, lacksLicence } = place
  const isMet = ({ kind, id }: MethodTarget) => id === everybody || (kind === 'group' ? groupIds.has(id) : id === userId)
  const isExcluded = policy.targets.some((target) => target.isExcluded && isMet(target))
  const open = policy.targets.filter(
    (target) => target.kind === 'group' && target.isUsableForSignIn && !target.isExcluded && !isMet(target),
  )
  const isIn = policy.targets.some((target) => target.isUsableForSignIn && isMet(target))
  return { assignLicence: lacksLicence, groups: isExcluded || isIn ? [] : open.slice(0, groupsMax).map(({ id }) => id) }
}
