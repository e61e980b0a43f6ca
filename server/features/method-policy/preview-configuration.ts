import type { MethodConfigurationChanges } from '#contract/graph/method-configurations.ts'
import type { PolicyId } from '#contract/method-ids.ts'
import type { Reach } from '#server/domain/policy-effect.ts'
import type { System } from '#server/system.ts'
import { type ProposalParts, proposedChange } from './proposed-change.ts'

type Needs = ProposalParts & Pick<System, 'policyReach'>

/** Whom a change would reach, and what it would give to how many and take from how many. */
export async function previewConfiguration(
  system: Needs,
  policyId: PolicyId,
  changes: MethodConfigurationChanges,
  how: 'quickly' | 'exactly',
): Promise<Reach> {
  return system.policyReach.count(await proposedChange(system, policyId, changes), how)
}
