import type { MethodConfigurationChanges } from '#contract/graph/method-configurations.ts'
import type { PolicyId } from '#contract/method-ids.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { MethodPolicy } from '#server/domain/method-policy.ts'
import type { System } from '#server/system.ts'
import { presentConfiguration } from './present-policy.ts'
import { requireTargets } from './require-targets.ts'
import { configurationAfter, differences } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** All of it is saved or nothing; it counts from the next sign-in on. */
export async function changeConfiguration(
  system: Needs,
  caller: Caller,
  policyId: PolicyId,
  changes: MethodConfigurationChanges,
): Promise<MethodPolicy> {
  return system.inTransaction(async (stores) => {
    const { methodPolicies, methodPolicySettings, audit } = stores
    const before = await methodPolicies.find(policyId)
    const after = configurationAfter(policyId, before, changes)
    await requireTargets(stores, changes)
    const changed = differences(presentConfiguration(policyId, before), presentConfiguration(policyId, after))
    if (changed.length === 0) return before
    const now = system.now()
    await methodPolicies.set(policyId, after)
    await methodPolicySettings.set((await methodPolicySettings.get()).settings, now)
    const { id } = presentConfiguration(policyId, after)
    await audit.record(
      caller,
      {
        activity: 'Authentication Methods Policy Update',
        category: 'ApplicationManagement',
        operation: 'Update',
        targets: [{ id, kind: 'Policy', displayName: id, changed }],
      },
      now,
    )
    return methodPolicies.find(policyId)
  })
}
