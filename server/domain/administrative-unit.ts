import type { RoleName } from '#contract/graph/role-templates.ts'
import type { Caller } from './caller.ts'
import { holdsTenantWide } from './roles.ts'

export type UnitVisibility = 'HiddenMembership' | 'Public'

/** People and groups that somebody may be given a role over. */
export interface Unit {
  id: string
  displayName: string
  description: string | undefined
  visibility: UnitVisibility | undefined
  /** Only who holds a role over this very unit may manage its members. */
  isRestricted: boolean
}

export type UnitChanges = Partial<Pick<Unit, 'displayName' | 'description' | 'visibility'>>

/** Whose hidden memberships somebody may see: everybody's, or those of the units they are in or hold a role over. */
export type HiddenUnitsSeen = 'all' | { memberId: string; unitIds: readonly string[] }

export const readersOfHiddenUnits = [
  'Global Reader',
  'User Administrator',
  'Privileged Role Administrator',
  'Global Administrator',
] as const satisfies readonly RoleName[]

export function hiddenUnitsSeenBy(caller: Pick<Caller, 'id' | 'roles'>): HiddenUnitsSeen {
  if (holdsTenantWide(caller.roles, readersOfHiddenUnits)) return 'all'
  return { memberId: caller.id, unitIds: caller.roles.flatMap(({ scope }) => (scope.kind === 'unit' ? [scope.unitId] : [])) }
}
