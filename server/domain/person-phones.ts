import type { MethodPolicies } from '#server/store/method-policies.ts'
import type { Phones } from '#server/store/phones.ts'
import type { SignInSettingsStore } from '#server/store/sign-in-settings.ts'
import { type Phone, phoneTypes } from './phone.ts'
import type { PhoneNumber } from './phone-number.ts'
import type { SignInSettings } from './sign-in-settings.ts'
import { type SmsSignInState, stateOf } from './sms-sign-in-state.ts'
import type { User } from './user.ts'

export interface PhoneParts {
  phones: Pick<Phones, 'ofUser' | 'withNumber'>
  methodPolicies: Pick<MethodPolicies, 'standingOf'>
  settings: Pick<SignInSettingsStore, 'get'>
}

export interface PersonPhone extends Phone {
  state: SmsSignInState
}

/** Somebody's numbers, each with what it is to them now. */
export async function phonesOf(parts: PhoneParts, user: Pick<User, 'id' | 'userType'>, now: Date): Promise<PersonPhone[]> {
  const owned = await parts.phones.ofUser(user.id)
  if (owned.length === 0) return []
  const policy = await parts.methodPolicies.standingOf('sms', user.id)
  const settings = await parts.settings.get()
  const inOrder = phoneTypes.flatMap((type) => owned.filter((phone) => phone.type === type))
  return Promise.all(
    inOrder.map(async (phone) => {
      const waits = phone.signInWish === 'wanted' && !phone.isSignInName
      const isHeldByAnother = waits && (await isTaken(parts, phone.number, user.id, settings))
      return { ...phone, state: stateOf(phone, user, policy, { settings, isHeldByAnother, now }) }
    }),
  )
}

/** Whether somebody else keeps this number from naming this person: by its name, or by having it at all where numbers are nobody else's. */
export async function isTaken(
  { phones }: Pick<PhoneParts, 'phones'>,
  number: PhoneNumber,
  userId: string,
  { uniqueNumbers }: Pick<SignInSettings, 'uniqueNumbers'>,
): Promise<boolean> {
  const holders = await phones.withNumber(number)
  return holders.some((phone) => phone.userId !== userId && (phone.isSignInName || uniqueNumbers === 'tenantWide'))
}
