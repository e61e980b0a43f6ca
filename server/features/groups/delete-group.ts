import type { Caller } from '#server/domain/caller.ts'
import { requireMayDelete } from '#server/domain/manage-group.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { getGroup } from './get-group.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** At once and for good, as Graph deletes security groups; roles given to the group go with it. */
export async function deleteGroup(system: Needs, caller: Caller, id: string): Promise<void> {
  await system.inTransaction(async (stores) => {
    const facts = await getGroup(stores, id, caller.id)
    const { group } = facts
    requireMayDelete(caller, facts, system.now())
    if (await stores.groupMembers.leavesNoGlobalAdministrator(group.id)) refuse('last_global_administrator')

    await stores.groups.remove(group.id)
    await stores.audit.record(
      caller,
      {
        activity: 'Delete group',
        category: 'GroupManagement',
        operation: 'Delete',
        targets: [{ id: group.id, kind: 'Group', displayName: group.displayName }],
      },
      system.now(),
    )
  })
}
