import type { Stores } from '#server/system.ts'
import type { GivenNumber } from './given-number.ts'
import { isTaken, type PersonPhone, phonesOf } from './person-phones.ts'
import type { Phone, PhoneType, SignInWish } from './phone.ts'
import { refuse } from './refusal.ts'
import { stateOf } from './sms-sign-in-state.ts'
import type { User } from './user.ts'

export interface WantedPhone extends GivenNumber {
  type: PhoneType
  /** Only for verification: it is not tried as a way to sign in. */
  isMfaOnly: boolean
  /** Only calls have proven it. */
  isVoiceOnly?: boolean
  provenAt?: Date
}

export interface KeptPhone {
  phone: PersonPhone
  before: PersonPhone | undefined
}

/**
 * Keeps a number, in the place of the one of its type if there is one, and tries it as a way to sign in where policy lets this person. One
 * that names somebody else already is kept all the same, for verification, and its state says why it names nobody here.
 */
export async function keepPhone(stores: Stores, user: User, wanted: WantedPhone, now: Date): Promise<KeptPhone> {
  const { phones, settings } = stores
  const { type, number, extension, isVoiceOnly = false, provenAt } = wanted
  const before = await getPhone(stores, user, type, now)
  const rules = await settings.get()
  const taken = await isTaken(stores, number, user.id, rules)
  if (taken && rules.uniqueNumbers === 'tenantWide') refuse('phone_number_not_unique', { property: 'phoneNumber' })
  const signInWish = await wishFor(stores, user, wanted, now)
  const waitsForName = taken && signInWish === 'wanted'
  const changes = { number, extension, signInWish, waitsForName, isVoiceOnly, ...(provenAt && { provenAt }) }
  const kept = before
    ? await phones.change(user.id, type, changes, now)
    : await phones.add({ userId: user.id, ...wanted, signInWish, isSignInName: signInWish === 'wanted' && !taken }, now)
  // The unique index knew better than we did a moment ago.
  if (!kept) refuse('changed_meanwhile')
  const phone = (await getPhone(stores, user, type, now)) ?? refuse('changed_meanwhile')
  return { phone, before }
}

export async function getPhone(stores: Stores, user: User, type: PhoneType, now: Date): Promise<PersonPhone | undefined> {
  return (await phonesOf(stores, user, now)).find((phone) => phone.type === type)
}

async function wishFor({ methodPolicies, settings }: Stores, user: User, wanted: WantedPhone, now: Date): Promise<SignInWish> {
  if (wanted.isMfaOnly) return 'never tried'
  const policy = await methodPolicies.standingOf('sms', user.id)
  const untried: Phone = { ...blank, userId: user.id, type: wanted.type, number: wanted.number, createdAt: now }
  const facts = { settings: await settings.get(), isHeldByAnother: false, now }
  return stateOf(untried, user, policy, facts) === 'notConfigured' ? 'wanted' : 'never tried'
}

const blank = {
  isSignInName: false,
  isVoiceOnly: false,
  signInWish: 'never tried',
  provenAt: undefined,
  usedAt: undefined,
  confirmedAt: undefined,
} as const
