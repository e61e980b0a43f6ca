import type { UnitBody } from '#contract/graph/administrative-units.ts'
import type { Unit } from '#server/domain/administrative-unit.ts'

export function presentUnit(unit: Unit): UnitBody {
  return {
    id: unit.id,
    deletedDateTime: null,
    description: unit.description ?? null,
    displayName: unit.displayName,
    isMemberManagementRestricted: unit.isRestricted,
    membershipRule: null,
    membershipRuleProcessingState: null,
    membershipType: null,
    visibility: unit.visibility ?? null,
  }
}
