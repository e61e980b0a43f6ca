import type { PolicyId } from '#contract/method-ids.ts'
import type { Caller } from '#server/domain/caller.ts'
import { noPolicy } from '#server/domain/method-policy.ts'
import type { System } from '#server/system.ts'
import { saveConfiguration } from './save-configuration.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'reload'>

/** Back to what a new organisation has, which is off. What people registered stays theirs. */
export async function resetConfiguration(system: Needs, caller: Caller, policyId: PolicyId): Promise<void> {
  await system.inTransaction(async (stores) => {
    const before = await stores.methodPolicies.find(policyId)
    await saveConfiguration(stores, caller, { policyId, before, after: noPolicy }, { now: system.now(), activity: 'Reset' })
  })
  system.reload()
}
