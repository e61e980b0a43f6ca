import type { AuthenticationMethodsPolicyChanges } from '#contract/graph/authentication-methods-policy.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { System } from '#server/system.ts'
import { requireVersion } from './canonical.ts'
import type { WholePolicy } from './present-policy.ts'
import { readPolicy } from './read-policy.ts'
import { requireTargets } from './require-targets.ts'
import { settingsAfter } from './rules.ts'
import { saveSettings } from './save-settings.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** What is decided for all methods together. */
export async function changePolicy(
  system: Needs,
  caller: Caller,
  changes: AuthenticationMethodsPolicyChanges,
  ifMatch: string | undefined,
): Promise<WholePolicy> {
  return system.inTransaction(async (stores) => {
    const { settings: before } = await stores.methodPolicySettings.get()
    requireVersion(before, ifMatch)
    const after = settingsAfter(before, changes)
    await requireTargets(stores, changes)
    await saveSettings(stores, caller, { before, after }, { now: system.now() })
    return readPolicy(stores)
  })
}
