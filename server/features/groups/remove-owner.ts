import type { Caller } from '#server/domain/caller.ts'
import { requireMayConnect } from '#server/domain/manage-group.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { connection } from './connect.ts'
import { getGroup } from './get-group.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** As in Graph, a group that has owners keeps at least one. */
export async function removeOwner(system: Needs, caller: Caller, groupId: string, ownerId: string): Promise<void> {
  await system.inTransaction(async (stores) => {
    const { groupMembers, memberships, audit } = stores
    const facts = await getGroup(stores, groupId, caller.id)
    const { group } = facts
    requireMayConnect(caller, facts, ownerId, system.now())
    const owner = (await memberships.findMember(ownerId)) ?? refuse('object_not_found', { id: ownerId })
    const ownerIds = await groupMembers.ownerIds(group.id)
    if (!ownerIds.includes(owner.id)) refuse('object_not_found', { id: ownerId })
    if (ownerIds.length === 1) refuse('last_owner')

    await groupMembers.removeOwner(group.id, owner.id)
    await audit.record(caller, connection('Remove owner from group', 'Unassign', owner, group), system.now())
  })
}
