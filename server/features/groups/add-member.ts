import type { Caller } from '#server/domain/caller.ts'
import type { System } from '#server/system.ts'
import { addToGroup } from './connect.ts'
import { getGroup } from './get-group.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export async function addMember(system: Needs, caller: Caller, groupId: string, memberId: string): Promise<void> {
  await system.inTransaction(async (stores) => {
    const facts = await getGroup(stores, groupId, caller.id)
    await addToGroup(stores, caller, facts, [memberId], system.now())
  })
}
