import type { MethodConfigurationChanges } from '#contract/graph/method-configurations.ts'
import type { PolicyId } from '#contract/method-ids.ts'
import type { PolicyChange } from '#server/domain/policy-effect.ts'
import type { System } from '#server/system.ts'
import { requireTargets } from './require-targets.ts'
import { configurationAfter } from './rules.ts'

export type ProposalParts = Pick<System, 'methodPolicies' | 'memberships' | 'units'>

/** What saving would make of a policy. It is refused for whatever saving would be refused for, and nothing is saved. */
export async function proposedChange(system: ProposalParts, method: PolicyId, changes: MethodConfigurationChanges): Promise<PolicyChange> {
  const before = await system.methodPolicies.find(method)
  const after = configurationAfter(method, before, changes)
  await requireTargets(system, changes)
  const enforcesLicences = (await system.methodPolicies.licenceMode(method)) === 'enforce'
  return { method, before: { policy: before, enforcesLicences }, after: { policy: after, enforcesLicences } }
}
