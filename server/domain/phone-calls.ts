import type { MethodPolicies } from '#server/store/method-policies.ts'
import type { Organization } from './organization.ts'
import type { PhoneType } from './phone.ts'
import { countryOf, mayReceiveCalls } from './phone-number.ts'
import type { SignInSettings } from './sign-in-settings.ts'

interface CallParts {
  organization: Pick<Organization, 'defaultCountry'>
  signInSettings: Pick<SignInSettings, 'callCountries'>
}

/** Where people may be called. A call costs what texts do not, so without a list it is the organisation's own country and no other. */
export function callCountriesOf({ organization: { defaultCountry }, signInSettings: { callCountries } }: CallParts): readonly string[] {
  return callCountries ?? (defaultCountry === undefined ? [] : [defaultCountry])
}

/** Whether a phone of this number may ring for us. */
export function mayCallTo(parts: CallParts, number: string): boolean {
  const country = countryOf(number)
  return country !== undefined && callCountriesOf(parts).includes(country) && mayReceiveCalls(number)
}

/** Whether policy lets this person be called at a number of this type; at an office only where it says so as well. */
export async function mayBeCalledAt(
  { methodPolicies }: { methodPolicies: Pick<MethodPolicies, 'standingOf' | 'find'> },
  userId: string,
  type: PhoneType,
): Promise<boolean> {
  const { isAllowed } = await methodPolicies.standingOf('voice', userId)
  if (!isAllowed || type !== 'office') return isAllowed
  const { settings } = await methodPolicies.find('voice')
  return settings['isOfficePhoneAllowed'] === true
}
