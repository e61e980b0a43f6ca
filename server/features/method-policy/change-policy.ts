import type { AuthenticationMethodsPolicyChanges } from '#contract/graph/authentication-methods-policy.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { System } from '#server/system.ts'
import type { WholePolicy } from './present-policy.ts'
import { readPolicy } from './read-policy.ts'
import { requireTargets } from './require-targets.ts'
import { differences, settingsAfter } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** What is decided for all methods together. */
export async function changePolicy(system: Needs, caller: Caller, changes: AuthenticationMethodsPolicyChanges): Promise<WholePolicy> {
  return system.inTransaction(async (stores) => {
    const { methodPolicySettings, audit } = stores
    const { settings: before } = await methodPolicySettings.get()
    const after = settingsAfter(before, changes)
    await requireTargets(stores, changes)
    const changed = differences(before, after)
    if (changed.length === 0) return readPolicy(stores)
    await methodPolicySettings.set(after, system.now())
    await audit.record(
      caller,
      {
        activity: 'Authentication Methods Policy Update',
        category: 'ApplicationManagement',
        operation: 'Update',
        targets: [{ id: 'authenticationMethodsPolicy', kind: 'Policy', displayName: 'Authentication Methods Policy', changed }],
      },
      system.now(),
    )
    return readPolicy(stores)
  })
}
