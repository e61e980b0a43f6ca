import type { Caller } from '#server/domain/caller.ts'
import { requireMayConnect } from '#server/domain/manage-group.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { connection } from './connect.ts'
import { getGroup } from './get-group.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export async function removeMember(system: Needs, caller: Caller, groupId: string, memberId: string): Promise<void> {
  await system.inTransaction(async (stores) => {
    const { groupMembers, memberships, audit } = stores
    const facts = await getGroup(stores, groupId, caller.id)
    const { group } = facts
    requireMayConnect(caller, facts, memberId, system.now())
    const member = (await memberships.findMember(memberId)) ?? refuse('object_not_found', { id: memberId })
    if (!(await groupMembers.has(group.id, member.id))) refuse('object_not_found', { id: memberId })
    if (await groupMembers.leavesNoGlobalAdministrator(group.id, member.id)) refuse('last_global_administrator')

    await groupMembers.remove(group.id, member.id)
    await audit.record(caller, connection('Remove member from group', 'Unassign', member, group), system.now())
  })
}
