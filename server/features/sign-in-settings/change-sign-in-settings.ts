import type { Caller } from '#server/domain/caller.ts'
import { callingCodes } from '#server/domain/phone-number.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { SignInSettings } from '#server/domain/sign-in-settings.ts'
import type { System } from '#server/system.ts'
import { differences } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'reload'>

export async function changeSignInSettings(system: Needs, caller: Caller, wanted: Partial<SignInSettings>): Promise<void> {
  refuseUnknownCountries('textCountries', wanted.textCountries)
  refuseUnknownCountries('callCountries', wanted.callCountries)
  await system.inTransaction(async ({ settings, audit }) => {
    const before = await settings.get()
    const after = { ...before, ...wanted }
    const changed = differences(before, after)
    if (changed.length === 0) return
    await settings.set(after)
    await audit.record(
      caller,
      {
        activity: 'Update sign-in settings',
        category: 'Policy',
        operation: 'Update',
        targets: [{ id: 'signInSettings', kind: 'Policy', displayName: 'Sign-in settings', changed }],
      },
      system.now(),
    )
  })
  system.reload()
}

/** A misspelt country would silently keep everybody there from signing in. */
function refuseUnknownCountries(property: 'textCountries' | 'callCountries', countries: readonly string[] = []): void {
  const known = new Set(callingCodes().map(({ country }) => country))
  const unknown = countries.findIndex((country) => !known.has(country))
  if (unknown >= 0) refuse('property_invalid', { property: `${property}/${unknown}`, expected: 'a country that has phone numbers' })
}
