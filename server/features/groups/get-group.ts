import type { GroupFacts } from '#server/domain/manage-group.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Stores } from '#server/system.ts'

export async function getGroup({ groups, groupMembers }: Stores, id: string, callerId: string): Promise<GroupFacts> {
  const group = (await groups.find(id)) ?? refuse('object_not_found', { id })
  return { group, place: await groups.placeOf(group.id), ties: await groupMembers.tiesOf(group.id, callerId) }
}
