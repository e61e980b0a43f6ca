import { acrValues } from '#server/domain/acr-values.ts'
import type { Caller } from '#server/domain/caller.ts'
import { defaultMethod, type SecondFactor } from '#server/domain/default-method.ts'
import { freshProofSeconds, freshUntil, hasFreshProof } from '#server/domain/fresh-proof.ts'
import type { Organization } from '#server/domain/organization.ts'
import { isBelowOwnStrength, type StrengthParts } from '#server/domain/own-strength.ts'
import { type Pass, type PassState, passState } from '#server/domain/pass.ts'
import { hasOwnProof } from '#server/domain/person-methods.ts'
import { phonesOf } from '#server/domain/person-phones.ts'
import { callCountriesOf, mayBeCalledAt } from '#server/domain/phone-calls.ts'
import { type CallingCode, callingCodes } from '#server/domain/phone-number.ts'
import { refuse } from '#server/domain/refusal.ts'
import { type Offer, smsSignInOffer } from '#server/domain/sms-sign-in-offer.ts'
import type { System } from '#server/system.ts'
import { entriesOf } from './entries.ts'
import type { Entry, Facts, SecondStep } from './entry.ts'

export type FactsNeeds = Pick<
  System,
  | 'users'
  | 'phones'
  | 'registeredCountries'
  | 'emailMethods'
  | 'passes'
  | 'methodPolicies'
  | 'methodChoices'
  | 'settings'
  | 'organizations'
  | 'branding'
  | 'now'
>

interface Countries {
  default: string | undefined
  sms: readonly string[]
  voice: readonly string[]
  callingCodes: readonly CallingCode[]
}

export interface SecurityInfo {
  organization: Organization
  /** What the organisation says below its own pages, such as whom to call. */
  note: string | undefined
  entries: readonly Entry[]
  choices: readonly SecondStep[]
  chosen: SecondFactor | undefined
  effective: SecondStep | undefined
  offer: Offer
  pass: { pass: Pass; state: PassState } | undefined
  countries: Countries
}

/** Whether changes are taken from this caller now, and how to ask for a sign-in that is new or strong enough. */
export interface FreshProof {
  heldUntil: Date | undefined
  maxAgeSeconds: number
  acrValues: string | undefined
}

export async function freshProofOf(system: StrengthParts, caller: Caller, now: Date): Promise<FreshProof> {
  const isStrong = hasOwnProof(caller, now) && !(await isBelowOwnStrength(system, caller, now))
  return {
    heldUntil: isStrong && hasFreshProof(caller, now) ? freshUntil(caller) : undefined,
    maxAgeSeconds: freshProofSeconds,
    acrValues: isStrong ? undefined : acrValues[1],
  }
}

/** All that somebody sees of their own security info, as it is at this moment. */
export async function readSecurityInfo(system: FactsNeeds, { id }: Caller): Promise<SecurityInfo> {
  const facts = await factsOf(system, id)
  const entries = entriesOf(facts)
  const choices = entries.flatMap(({ method }) => method?.secondSteps ?? [])
  const { defaultMethod: chosen } = facts.choices
  const effective = defaultMethod(chosen, new Set(choices.map(({ method }) => method)))
  const organization = await system.organizations.get()
  return {
    organization,
    note: system.branding.note,
    entries,
    choices,
    chosen,
    effective: choices.find(({ method }) => method === effective),
    offer: smsSignInOffer(facts.phones, facts.choices, facts.now),
    pass: await passOf(system, id),
    countries: await countriesOf(system, facts, organization),
  }
}

export async function factsOf(system: FactsNeeds, id: string): Promise<Facts> {
  const now = system.now()
  const user = (await system.users.find(id)) ?? refuse('object_not_found', { id })
  return {
    user,
    phones: await phonesOf(system, user, now),
    sms: await system.methodPolicies.standingOf('sms', id),
    voice: await system.methodPolicies.standingOf('voice', id),
    isOfficeAllowed: await mayBeCalledAt(system, id, 'office'),
    email: await system.methodPolicies.standingOf('email', id),
    emailMethod: await system.emailMethods.ofUser(id),
    choices: await system.methodChoices.ofUser(id),
    settings: await system.settings.get(),
    now,
  }
}

async function passOf({ passes, methodPolicies, now }: FactsNeeds, userId: string): Promise<SecurityInfo['pass']> {
  const pass = await passes.ofUser(userId)
  if (!pass) return undefined
  const { isAllowed } = await methodPolicies.standingOf('temporary-access-pass', userId)
  return { pass, state: passState(pass, isAllowed, now()) }
}

async function countriesOf(system: FactsNeeds, facts: Facts, organization: Organization): Promise<Countries> {
  const sms = facts.sms.isAllowed ? await textCountriesOf(system, facts, organization) : []
  const voice = facts.voice.isAllowed ? [...callCountriesOf({ organization, signInSettings: facts.settings })].sort() : []
  const reached = new Set([...sms, ...voice])
  return {
    default: organization.defaultCountry,
    sms,
    voice,
    callingCodes: callingCodes().filter(({ country }) => reached.has(country)),
  }
}

async function textCountriesOf(
  { registeredCountries }: FactsNeeds,
  { settings }: Facts,
  { defaultCountry }: Organization,
): Promise<string[]> {
  if (settings.textCountries) return [...settings.textCountries].sort()
  return [...new Set([...(defaultCountry === undefined ? [] : [defaultCountry]), ...(await registeredCountries.all())])].sort()
}
