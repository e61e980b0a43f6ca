import type { MethodConfigurationChanges } from '#contract/graph/method-configurations.ts'
import type { System } from '#server/system.ts'
import { requireTargets } from './require-targets.ts'
import { configurationAfter } from './rules.ts'

type Needs = Pick<System, 'methodPolicies' | 'policyReach' | 'memberships' | 'units'>

/** Whom a change would reach. It is refused for whatever saving it would be refused for, and nothing is saved. */
export async function previewConfiguration(system: Needs, changes: MethodConfigurationChanges) {
  const before = await system.methodPolicies.find('sms')
  const after = configurationAfter('sms', before, changes)
  await requireTargets(system, changes)
  return system.policyReach.between(before, after)
}
