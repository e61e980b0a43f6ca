import type { AuditEvent } from '#server/domain/audit-event.ts'
import type { Caller } from '#server/domain/caller.ts'
import { type Member, memberTarget } from '#server/domain/directory-object.ts'
import type { Group } from '#server/domain/group.ts'
import { type GroupFacts, requireMayConnect } from '#server/domain/manage-group.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Stores } from '#server/system.ts'

/** All of them or, when one does not fit, none: the transaction around it sees to that. */
export async function addToGroup(stores: Stores, caller: Caller, facts: GroupFacts, ids: readonly string[], now: Date): Promise<void> {
  const { group } = facts
  const { groupMembers, memberships, audit } = stores
  const found = await memberships.findMembers(ids)
  for (const id of ids) {
    requireMayConnect(caller, facts, id, now)
    const member = found.get(id) ?? refuse('object_not_found', { id })
    if (member.kind === 'group') await refuseMisplacedGroup(stores, group, id)
    if (await groupMembers.has(group.id, id)) refuse('reference_exists', { id, property: 'members' })

    await groupMembers.add(group.id, member)
    await audit.record(caller, connection('Add member to group', 'Assign', member, group), now)
  }
}

export async function addOwners(stores: Stores, caller: Caller, facts: GroupFacts, ids: readonly string[], now: Date): Promise<void> {
  const { group } = facts
  const { groupMembers, memberships, audit } = stores
  const found = await memberships.findMembers(ids)
  for (const id of ids) {
    requireMayConnect(caller, facts, id, now)
    const owner = found.get(id) ?? refuse('object_not_found', { id })
    if (owner.kind !== 'user') refuse('owner_not_person')
    if ((await groupMembers.ownerIds(group.id)).includes(id)) refuse('reference_exists', { id, property: 'owners' })

    await groupMembers.addOwner(group.id, id)
    await audit.record(caller, connection('Add owner to group', 'Assign', owner, group), now)
  }
}

/** What a role-assignable group gives must be seen at a glance; and a group in itself would have no end. */
async function refuseMisplacedGroup({ groupMembers }: Stores, group: Group, innerId: string): Promise<void> {
  if (group.isAssignableToRole) refuse('role_group_takes_no_groups')
  if (innerId === group.id || (await groupMembers.isWithin(group.id, innerId))) refuse('group_circle')
}

export function connection(activity: string, operation: 'Assign' | 'Unassign', member: Member, group: Group): AuditEvent {
  return {
    activity,
    category: 'GroupManagement',
    operation,
    targets: [memberTarget(member), { id: group.id, kind: 'Group', displayName: group.displayName }],
  }
}
