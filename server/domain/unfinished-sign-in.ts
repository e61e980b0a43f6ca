import type { MethodPolicies } from '#server/store/method-policies.ts'
import type { Phones } from '#server/store/phones.ts'
import type { SignInSettingsStore } from '#server/store/sign-in-settings.ts'
import type { Users } from '#server/store/users.ts'
import type { Phone } from './phone.ts'
import { countryOf, mayReceiveTexts, type PhoneNumber } from './phone-number.ts'
import type { SignInSettings } from './sign-in-settings.ts'
import { countryAllowed, knownAt, type SignInByNumber, smsSignIn } from './sms-sign-in.ts'

interface Parts {
  phones: Pick<Phones, 'withNumber' | 'isWaitedFor'>
  users: Pick<Users, 'find'>
  methodPolicies: Pick<MethodPolicies, 'standingOf'>
  settings: Pick<SignInSettingsStore, 'get'>
}

/**
 * Whose registration of this number was wanted but could not be completed. Where it is plain whose it is, they may sign in with it this once,
 * and are then asked whether it is to be their user name from now on. A number that nobody ever tried to sign in with is nobody's name.
 */
export async function findUnfinishedSignIn(parts: Parts, number: PhoneNumber, now: Date): Promise<SignInByNumber | undefined> {
  if (!(await parts.phones.isWaitedFor(number))) return undefined
  const settings = await parts.settings.get()
  const phone = unfinishedAmong(await parts.phones.withNumber(number), settings)
  const user = phone && (await parts.users.find(phone.userId))
  if (!phone || !user) return undefined
  const policy = await parts.methodPolicies.standingOf('sms', user.id)
  const { textCountries } = settings
  const isCountryAllowed = countryAllowed(countryOf(number), { textCountries, defaultCountry: undefined, isRegistered: true })
  const facts = {
    user,
    policy,
    phoneType: phone.type,
    isSignInName: true,
    mayReceiveTexts: mayReceiveTexts(number),
    isCountryAllowed,
    knownAt: knownAt(phone),
  }
  return { user, phoneType: phone.type, state: smsSignIn(facts, now) }
}

/** The one among those with this number who waits for it, unless it names somebody already or another waits as well. */
export function unfinishedAmong(holders: readonly Phone[], { uniqueNumbers }: Pick<SignInSettings, 'uniqueNumbers'>): Phone | undefined {
  const [waiting, ...others] = holders.filter((phone) => phone.type === 'mobile' && phone.signInWish === 'wanted')
  if (!waiting || waiting.isSignInName || others.length > 0) return undefined
  const isShared = holders.some((phone) => phone.userId !== waiting.userId)
  return isShared && uniqueNumbers === 'tenantWide' ? undefined : waiting
}
