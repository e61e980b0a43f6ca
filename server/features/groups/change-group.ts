import type { Caller } from '#server/domain/caller.ts'
import { requirePermission } from '#server/domain/decide.ts'
import { changesBetween } from '#server/domain/directory-object.ts'
import type { GroupChanges } from '#server/domain/group.ts'
import { requireMayChange } from '#server/domain/manage-group.ts'
import type { System } from '#server/system.ts'
import { addToGroup } from './connect.ts'
import { getGroup } from './get-group.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export interface WantedGroupChanges {
  changes: GroupChanges
  newMemberIds: readonly string[]
}

export async function changeGroup(system: Needs, caller: Caller, id: string, { changes, newMemberIds }: WantedGroupChanges): Promise<void> {
  await system.inTransaction(async (stores) => {
    const facts = await getGroup(stores, id, caller.id)
    const { group } = facts
    requireMayChange(caller, facts, system.now())

    if (Object.keys(changes).length > 0) {
      // The door is open to apps that may only say who is in a group.
      requirePermission(caller, 'groups.change', system.now())
      await stores.groups.change(group.id, changes)
      await stores.audit.record(
        caller,
        {
          activity: 'Update group',
          category: 'GroupManagement',
          operation: 'Update',
          targets: [{ id: group.id, kind: 'Group', displayName: group.displayName, changed: changesBetween(group, changes) }],
        },
        system.now(),
      )
    }
    await addToGroup(stores, caller, facts, newMemberIds, system.now())
  })
}
