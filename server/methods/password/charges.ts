import { type Charge, callerAddress, isInNetworks, type Limits, limitsForManyPeople } from '#server/domain/budget.ts'
import type { SignInSettings } from '#server/domain/sign-in-settings.ts'

interface Place {
  limits: Limits
  signInSettings: Pick<SignInSettings, 'sharedNetworks'>
}

/** What a password costs wherever it comes from, until it turns out to be right; a browser its person knows pays for itself alone. */
export function chargesForPassword(
  { limits, signInSettings }: Place,
  { address, device }: { address: string; device: string | undefined },
): Charge[] {
  const { passwords } = isInNetworks(address, signInSettings.sharedNetworks) ? limitsForManyPeople(limits) : limits
  const caller = callerAddress(address)
  const suffix = device === undefined ? '' : ` ${device}`
  return [
    { scope: 'password address', value: caller.address + suffix, limit: passwords.address, payer: 'caller' },
    { scope: 'password net', value: caller.net + suffix, limit: passwords.net, payer: 'caller' },
  ]
}
