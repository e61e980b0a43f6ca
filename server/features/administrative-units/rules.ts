import type { UnitChangesBody } from '#contract/graph/administrative-units.ts'
import { type HiddenUnitsSeen, readersOfHiddenUnits, type Unit, type UnitChanges } from '#server/domain/administrative-unit.ts'
import type { AuditEvent } from '#server/domain/audit-event.ts'
import { type Member, memberTarget } from '#server/domain/directory-object.ts'
import { refuse } from '#server/domain/refusal.ts'

export function requireMayReadMembers({ id, visibility }: Unit, seen: HiddenUnitsSeen, isMember: boolean): void {
  if (visibility !== 'HiddenMembership' || isMember || seen === 'all' || seen.unitIds.includes(id)) return
  refuse('members_hidden', { roles: readersOfHiddenUnits.join(', ') })
}

export function wantedChanges({ displayName, description, visibility }: UnitChangesBody): UnitChanges {
  return {
    ...(displayName !== undefined && { displayName }),
    ...(description !== undefined && { description: description ?? undefined }),
    ...(visibility !== undefined && { visibility: visibility ?? undefined }),
  }
}

export function connection(activity: string, operation: 'Assign' | 'Unassign', member: Member, unit: Unit): AuditEvent {
  return {
    activity,
    category: 'AdministrativeUnit',
    operation,
    targets: [memberTarget(member), { id: unit.id, kind: 'AdministrativeUnit', displayName: unit.displayName }],
  }
}
