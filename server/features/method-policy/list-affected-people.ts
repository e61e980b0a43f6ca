import type { MethodConfigurationChanges } from '#contract/graph/method-configurations.ts'
import type { PolicyEffect } from '#contract/graph/policy-effects.ts'
import type { PolicyId } from '#contract/method-ids.ts'
import type { AffectedPerson } from '#server/domain/policy-effect.ts'
import type { Page, Query } from '#server/domain/query.ts'
import type { System } from '#server/system.ts'
import { type ProposalParts, proposedChange } from './proposed-change.ts'

type Needs = ProposalParts & Pick<System, 'policyReach'>

/** Who stands behind one of the counts of a preview. */
export async function listAffectedPeople(
  system: Needs,
  policyId: PolicyId,
  { effect, configuration }: { effect: PolicyEffect; configuration: MethodConfigurationChanges },
  query: Query,
): Promise<Page<AffectedPerson>> {
  return system.policyReach.people(await proposedChange(system, policyId, configuration), effect, query)
}
