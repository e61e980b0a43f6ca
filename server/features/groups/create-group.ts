import type { Caller } from '#server/domain/caller.ts'
import { changesBetween } from '#server/domain/directory-object.ts'
import type { Group, NewGroup } from '#server/domain/group.ts'
import { requireMayAdd } from '#server/domain/manage-group.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { addOwners, addToGroup } from './connect.ts'
import { getGroup } from './get-group.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export interface WantedGroup {
  group: NewGroup
  memberIds: readonly string[]
  /** Undefined: whoever makes the group. A group that may hold roles has no owner then, since nobody may guard themselves. */
  ownerIds: readonly string[] | undefined
}

export async function createGroup(system: Needs, caller: Caller, { group, memberIds, ownerIds }: WantedGroup): Promise<Group> {
  requireMayAdd(caller, group, system.now())
  return system.inTransaction(async (stores) => {
    const { groups, audit } = stores
    const { id, displayName } = group
    await groups.add(group, system.now())
    await audit.record(
      caller,
      {
        activity: 'Add group',
        category: 'GroupManagement',
        operation: 'Add',
        targets: [{ id, kind: 'Group', displayName, changed: changesBetween({}, group).filter(({ name }) => name !== 'id') }],
      },
      system.now(),
    )

    const facts = await getGroup(stores, id, caller.id)
    const owners = ownerIds ?? (group.isAssignableToRole || caller.isApp ? [] : [caller.id])
    const asMaker = { ...facts, ties: { ...facts.ties, isOwner: true } }
    await addOwners(stores, caller, asMaker, owners, system.now())
    await addToGroup(stores, caller, asMaker, memberIds, system.now())
    return (await groups.find(id)) ?? refuse('changed_meanwhile')
  })
}
