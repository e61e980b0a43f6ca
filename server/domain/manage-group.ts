import type { RoleName } from '#contract/graph/role-templates.ts'
import { covers, hasStrongProof, mayChangeRolesOf, mayUseRole, type Principal } from './administer.ts'
import type { Caller } from './caller.ts'
import { allowedBy } from './decide.ts'
import type { Group, GroupPlace, GroupTies } from './group.ts'
import { refuse } from './refusal.ts'
import { roleName } from './roles.ts'

export const groupAdministrators = [
  'Groups Administrator',
  'User Administrator',
  'Global Administrator',
] as const satisfies readonly RoleName[]

/** What the rules must know about a group before somebody may change it. */
export interface GroupFacts {
  group: Group
  place: GroupPlace
  /** What the group is to the caller. */
  ties: GroupTies
}

export function requireMayAdd(caller: Caller, { id, isAssignableToRole }: Pick<Group, 'id' | 'isAssignableToRole'>, now: Date): void {
  if (isAssignableToRole) requireMayChangeRoles(caller, { id, includesActor: false }, [], now)
  else if (!caller.isApp) allowedBy(mayUseRole(caller, groupAdministrators, now))
}

/** The name of a group, and, unless it may hold roles, who is in it and who owns it. */
export function requireMayChange(caller: Caller, facts: GroupFacts, now: Date): void {
  const { group, place } = facts
  if (group.isAssignableToRole) requireMayChangeRoles(caller, { id: group.id, includesActor: false }, place.restrictedUnitIds, now)
  else requireMayManage(caller, facts, now)
}

/** Who is in a group that may hold roles, or owns it, has these roles or is guarded like those who have. */
export function requireMayConnect(caller: Caller, facts: GroupFacts, personId: string, now: Date): void {
  const { group, place } = facts
  if (group.isAssignableToRole) requireMayChangeRoles(caller, { id: personId, includesActor: false }, place.restrictedUnitIds, now)
  else requireMayManage(caller, facts, now)
}

export function requireMayDelete(caller: Caller, facts: GroupFacts, now: Date): void {
  const { group, place, ties } = facts
  const principal = { id: group.id, includesActor: ties.isMember || ties.isOwner }
  if (group.isAssignableToRole) requireMayChangeRoles(caller, principal, place.restrictedUnitIds, now)
  else requireMayManage(caller, facts, now)
}

function requireMayManage(caller: Caller, { place, ties }: GroupFacts, now: Date): void {
  if (ties.isOwner && place.restrictedUnitIds.length === 0) return
  const roles = groupAdministrators.join(', ')
  if (caller.isApp) {
    if (place.restrictedUnitIds.length > 0) refuse('group_out_of_reach', { roles })
    return
  }
  const fitting = caller.roles.filter(({ roleId }) => isGroupAdministrator(roleName(roleId)))
  if (fitting.length === 0) refuse('role_missing', { roles })
  if (!fitting.some((role) => covers(role, place))) refuse('group_out_of_reach', { roles })
  if (!hasStrongProof(caller, now)) refuse('stronger_sign_in_needed', { roles })
}

const roleScope = 'RoleManagement.ReadWrite.Directory'

/** An app that may change groups may not, by that alone, change who has a role. */
function requireMayChangeRoles(caller: Caller, principal: Principal, restrictedUnitIds: readonly string[], now: Date): void {
  allowedBy(mayChangeRolesOf(caller, principal, now))
  if (restrictedUnitIds.length > 0) allowedBy(mayUseRole(caller, ['Global Administrator'], now))
  if (!caller.scopes.has(roleScope)) refuse('scope_missing', { scopes: roleScope })
}

function isGroupAdministrator(name: RoleName | undefined): boolean {
  return groupAdministrators.some((administrator) => administrator === name)
}
