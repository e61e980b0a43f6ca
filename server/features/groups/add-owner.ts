import type { Caller } from '#server/domain/caller.ts'
import type { System } from '#server/system.ts'
import { addOwners } from './connect.ts'
import { getGroup } from './get-group.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export async function addOwner(system: Needs, caller: Caller, groupId: string, ownerId: string): Promise<void> {
  await system.inTransaction(async (stores) => {
    const facts = await getGroup(stores, groupId, caller.id)
    await addOwners(stores, caller, facts, [ownerId], system.now())
  })
}
