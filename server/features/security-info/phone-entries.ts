import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import type { MethodKind } from '#contract/graph/security-info.ts'
import { deletionOf, type SecondFactor } from '#server/domain/default-method.ts'
import { factorsOf } from '#server/domain/person-factors.ts'
import type { PersonPhone } from '#server/domain/person-phones.ts'
import { type PhoneType, phoneTypes } from '#server/domain/phone.ts'
import { countryOf, graphNumber } from '#server/domain/phone-number.ts'
import { isQuiet, knownAt } from '#server/domain/sms-sign-in.ts'
import type { MethodUse } from '#server/methods/method.ts'
import type { Channel, Deletion, Entry, Facts, NumberSignIn, OwnMethod, SecondStep } from './entry.ts'
import type { Reason } from './words.ts'

export const phoneKinds = { mobile: 'phone', alternateMobile: 'alternatePhone', office: 'officePhone' } as const satisfies Record<
  PhoneType,
  MethodKind
>

export function phoneEntries(facts: Facts): Entry[] {
  return phoneTypes.map((type) => {
    const phone = facts.phones.find((one) => one.type === type)
    return { kind: phoneKinds[type], method: phone && methodOf(facts, phone), addable: addable(facts, type) }
  })
}

/** By what a number of this type can be proven. A text reaches a mobile only, and a second or a desk's number is called. */
function channelsFor({ sms, voice, isOfficeAllowed }: Facts, type: PhoneType): Channel[] {
  const channels: Channel[] = []
  if (type === 'mobile' && sms.isAllowed) channels.push('sms')
  if (voice.isAllowed && (type !== 'office' || isOfficeAllowed)) channels.push('voice')
  return channels
}

function addable(facts: Facts, type: PhoneType): Entry['addable'] {
  const channels = channelsFor(facts, type)
  if (facts.phones.some((phone) => phone.type === type)) return { because: 'alreadyRegistered' }
  if (channels.length === 0) return { because: 'notAllowedByOrganization' }
  if (type === 'alternateMobile' && !facts.phones.some((phone) => phone.type === 'mobile')) return { because: 'needsMobileFirst' }
  return { channels }
}

function methodOf(facts: Facts, phone: PersonPhone): OwnMethod {
  const { type, number, extension } = phone
  const secondSteps = secondStepsOf(facts, phone)
  const channels = channelsFor(facts, type)
  return {
    id: phoneMethodIds[type],
    kind: phoneKinds[type],
    detail: graphNumber(number, extension),
    createdAt: phone.createdAt,
    usedAt: phone.usedAt,
    uses: usesOf(phone, secondSteps),
    secondSteps,
    canChange: channels.length > 0,
    channels,
    unusableBecause: secondSteps.length === 0 && phone.state !== 'ready' ? unusableBecause(facts, phone) : undefined,
    deletion: deletion(facts, phone),
    smsSignIn: type === 'mobile' ? smsSignIn(facts, phone) : undefined,
  }
}

function secondStepsOf({ sms, voice }: Facts, phone: PersonPhone): SecondStep[] {
  const factors = factorsOf([phone], { sms: sms.isAllowed, voice: voice.isAllowed })
  const detail = graphNumber(phone.number, phone.extension)
  return [...factors].map((method) => ({ method, kind: phoneKinds[phone.type], channel: method === 'sms' ? 'sms' : 'voice', detail }))
}

/** An alternate number is there for the day the mobile is lost, and proves nobody who asks for a new password. */
function usesOf({ type, state }: PersonPhone, secondSteps: readonly SecondStep[]): MethodUse[] {
  const uses: MethodUse[] = state === 'ready' ? ['sign-in'] : []
  if (secondSteps.length > 0) uses.push('second-factor')
  if (secondSteps.length > 0 && type !== 'alternateMobile') uses.push('password-reset')
  return uses
}

function unusableBecause({ sms }: Facts, { type, isVoiceOnly }: PersonPhone): Reason {
  // A second and a desk's number are called and never texted, so what texts reach is no matter there.
  if (!sms.isAllowed || type !== 'mobile') return 'notAllowedByOrganization'
  return isVoiceOnly ? 'numberOnlyCalled' : 'numberWithoutTexts'
}

/** What would become of it if it were deleted now, by the same rule that decides when it is. */
function deletion(facts: Facts, phone: PersonPhone): Deletion {
  const { phones, sms, voice, choices, settings, user } = facts
  const isSignInName = phone.state === 'ready'
  const endsSignIn = isSignInName && user.passwordChangedAt === undefined
  if (phone.type === 'mobile' && phones.some(({ type }) => type === 'alternateMobile'))
    return { kind: 'blocked', endsSignIn, because: 'deleteAlternateFirst' }

  const allowed = { sms: sms.isAllowed, voice: voice.isAllowed }
  const usable = factorsOf(phones, allowed)
  const staying = factorsOf(
    phones.filter((one) => one !== phone),
    allowed,
  )
  const outcome = deletionOf({
    chosen: choices.defaultMethod,
    usable,
    leaving: usable.difference(staying),
    isSignInName,
    deletion: settings.defaultMethodDeletion,
    agrees: true,
  })
  return { endsSignIn, ...shown(outcome.kind, outcome.kind === 'moves' ? outcome.to : undefined) }
}

function shown(kind: 'free' | 'refused' | 'moves', to: SecondFactor | undefined): Omit<Deletion, 'endsSignIn'> {
  if (kind === 'refused') return { kind, because: 'changeDefaultFirst' }
  if (kind === 'moves') return to === undefined ? { kind: 'last' } : { kind, movesTo: to }
  return { kind }
}

function smsSignIn(facts: Facts, phone: PersonPhone): NumberSignIn {
  const { state, isSignInName } = phone
  const quiet = isQuiet(knownAt(phone), facts.now)
  const isHeldBack = state === 'notSupported' || state === 'notAllowedByPolicy'
  const waits = state === 'notConfigured' || state === 'notEnabled'
  const isUnproven = quiet || phone.isVoiceOnly
  return {
    state,
    isOffered: !isHeldBack,
    isSignInName,
    canEnable: waits && !isUnproven,
    canDisable: isSignInName && !isHeldBack,
    canProve: waits && isUnproven,
    because: signInBecause(facts, phone, quiet),
  }
}

function signInBecause({ user, sms, settings }: Facts, { state, number, isVoiceOnly }: PersonPhone, quiet: boolean): Reason | undefined {
  switch (state) {
    case 'ready':
      return undefined
    case 'notSupported':
      return user.userType === 'Guest' ? 'guestWithoutSmsSignIn' : 'numberWithoutTexts'
    case 'notAllowedByPolicy':
      if (!sms.isEnabled) return 'smsSignInDisabled'
      return sms.isUsableForSignIn && isElsewhere(number, settings) ? 'countryNotAllowed' : 'smsSignInNotAllowed'
    case 'phoneNumberNotUnique':
      return 'numberInUse'
    case 'notConfigured':
    case 'notEnabled':
      if (isVoiceOnly) return 'numberOnlyCalled'
      return quiet ? 'numberQuiet' : undefined
  }
}

function isElsewhere(number: string, { textCountries }: Facts['settings']): boolean {
  return textCountries !== undefined && !textCountries.includes(countryOf(number) ?? '')
}
