import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { connection } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** A group in a unit is managed with it; the people in the group are not. */
export async function addUnitMember(system: Needs, caller: Caller, unitId: string, memberId: string): Promise<void> {
  await system.inTransaction(async ({ units, memberships, audit }) => {
    const unit = (await units.find(unitId)) ?? refuse('object_not_found', { id: unitId })
    const member = (await memberships.findMember(memberId)) ?? refuse('object_not_found', { id: memberId })
    if (await units.hasMember(unitId, memberId)) refuse('reference_exists', { id: memberId, property: 'members' })

    await units.addMember(unitId, member)
    await audit.record(caller, connection('Add member to administrative unit', 'Assign', member, unit), system.now())
  })
}
