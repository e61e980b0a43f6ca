import type { PolicyId } from '#contract/method-ids.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { MethodPolicy } from '#server/domain/method-policy.ts'
import type { Stores } from '#server/system.ts'
import { presentConfiguration } from './present-policy.ts'
import { differences } from './rules.ts'

export type ConfigurationParts = Pick<Stores, 'methodPolicies' | 'methodPolicySettings' | 'audit'>

/** Writes a configuration and who changed what of it, in the caller's transaction. What is the same already is not written. */
export async function saveConfiguration(
  { methodPolicies, methodPolicySettings, audit }: ConfigurationParts,
  caller: Caller,
  { policyId, before, after }: { policyId: PolicyId; before: MethodPolicy; after: MethodPolicy },
  { now, activity, details }: { now: Date; activity: 'Update' | 'Reset'; details?: Readonly<Record<string, string>> },
): Promise<void> {
  const { id, ...shown } = presentConfiguration(policyId, after)
  const changed = differences(presentConfiguration(policyId, before), { id, ...shown })
  if (changed.length === 0) return
  await methodPolicies.set(policyId, after)
  await methodPolicySettings.set((await methodPolicySettings.get()).settings, now)
  await audit.record(
    caller,
    {
      activity: `Authentication Methods Policy ${activity}`,
      category: 'ApplicationManagement',
      operation: 'Update',
      targets: [{ id, kind: 'Policy', displayName: id, changed }],
      ...(details && { details }),
    },
    now,
  )
}
