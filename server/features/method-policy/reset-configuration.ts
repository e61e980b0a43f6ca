import type { PolicyId } from '#contract/method-ids.ts'
import type { Caller } from '#server/domain/caller.ts'
import { noPolicy } from '#server/domain/method-policy.ts'
import type { System } from '#server/system.ts'
import { presentConfiguration } from './present-policy.ts'
import { differences } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** Back to what a new organisation has, which is off. What people registered stays theirs. */
export async function resetConfiguration(system: Needs, caller: Caller, policyId: PolicyId): Promise<void> {
  await system.inTransaction(async ({ methodPolicies, methodPolicySettings, audit }) => {
    const after = presentConfiguration(policyId, noPolicy)
    const changed = differences(presentConfiguration(policyId, await methodPolicies.find(policyId)), after)
    if (changed.length === 0) return
    const now = system.now()
    await methodPolicies.set(policyId, noPolicy)
    await methodPolicySettings.set((await methodPolicySettings.get()).settings, now)
    await audit.record(
      caller,
      {
        activity: 'Authentication Methods Policy Reset',
        category: 'ApplicationManagement',
        operation: 'Update',
        targets: [{ id: after.id, kind: 'Policy', displayName: after.id, changed }],
      },
      now,
    )
  })
}
