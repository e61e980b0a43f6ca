import { type Charge, callerAddress, isInNetworks, type Limits, limitsForManyPeople } from './budget.ts'
import type { SignInSettings } from './sign-in-settings.ts'

interface Place {
  limits: Limits
  signInSettings: Pick<SignInSettings, 'sharedNetworks'>
}

/** What a password or a pass costs wherever it comes from, until it turns out to be right; a browser its person knows pays for itself alone. */
export function chargesForSecret(
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
