import { randomUUID } from 'node:crypto'
import { mayAssignRole } from '#server/domain/administer.ts'
import type { Caller } from '#server/domain/caller.ts'
import { allowedBy } from '#server/domain/decide.ts'
import type { Member } from '#server/domain/directory-object.ts'
import { refuse } from '#server/domain/refusal.ts'
import { type RoleAssignment, scopeAddress } from '#server/domain/role-assignment.ts'
import { roleName } from '#server/domain/roles.ts'
import type { System } from '#server/system.ts'
import { isThere } from './find-roles.ts'
import { assignmentEvent } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

type Wanted = Pick<RoleAssignment, 'roleId' | 'principalId' | 'scope'>

export interface GivenRole {
  assignment: RoleAssignment
  principal: Member
}

/** The role counts from the very next call of whoever has it now. */
export async function giveRole(system: Needs, caller: Caller, { roleId, principalId, scope }: Wanted): Promise<GivenRole> {
  const id = randomUUID()
  return system.inTransaction(async (stores) => {
    const { roles, memberships, groups, groupMembers, audit } = stores
    if (!roleName(roleId)) refuse('object_not_found', { id: roleId })
    const principal = (await memberships.findMember(principalId)) ?? refuse('object_not_found', { id: principalId })
    if (!(await isThere(stores, scope))) refuse('object_not_found', { id: scopeAddress(scope) })
    const includesActor = principal.kind === 'group' && (await groupMembers.gives(principal.id, caller.id))
    allowedBy(mayAssignRole(caller, roleId, scope, { id: principal.id, includesActor }, system.now()))
    if (principal.kind === 'group' && !(await groups.find(principal.id))?.isAssignableToRole) refuse('group_not_for_roles')
    if (await roles.find({ roleId, principalId, scope })) refuse('role_already_given')

    const assignment: RoleAssignment = { id, roleId, principalId, principalKind: principal.kind, scope }
    await roles.add(assignment, system.now())
    await audit.record(caller, assignmentEvent('given', assignment, principal), system.now())
    return { assignment, principal }
  })
}
