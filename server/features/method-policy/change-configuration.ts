import type { MethodConfigurationChanges } from '#contract/graph/method-configurations.ts'
import type { PolicyId } from '#contract/method-ids.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { MethodPolicy } from '#server/domain/method-policy.ts'
import type { System } from '#server/system.ts'
import { requireVersion } from './canonical.ts'
import { presentConfiguration } from './present-policy.ts'
import { requireTargets } from './require-targets.ts'
import { configurationAfter } from './rules.ts'
import { saveConfiguration } from './save-configuration.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'reload'>

/** All of it is saved or nothing; it counts from the next sign-in on. */
export async function changeConfiguration(
  system: Needs,
  caller: Caller,
  policyId: PolicyId,
  changes: MethodConfigurationChanges,
  ifMatch: string | undefined,
): Promise<MethodPolicy> {
  const policy = await system.inTransaction(async (stores) => {
    const before = await stores.methodPolicies.find(policyId)
    requireVersion(presentConfiguration(policyId, before), ifMatch)
    const after = configurationAfter(policyId, before, changes)
    await requireTargets(stores, changes)
    await saveConfiguration(stores, caller, { policyId, before, after }, { now: system.now(), activity: 'Update' })
    return stores.methodPolicies.find(policyId)
  })
  // The sign-in pages speak of a method or not, by what is loaded of the organisation.
  system.reload()
  return policy
}
