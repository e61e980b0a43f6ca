import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { connection } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export async function removeUnitMember(system: Needs, caller: Caller, unitId: string, memberId: string): Promise<void> {
  await system.inTransaction(async ({ units, memberships, audit }) => {
    const unit = (await units.find(unitId)) ?? refuse('object_not_found', { id: unitId })
    const member = (await memberships.findMember(memberId)) ?? refuse('object_not_found', { id: memberId })
    if (!(await units.hasMember(unitId, memberId))) refuse('object_not_found', { id: memberId })

    await units.removeMember(unitId, memberId)
    await audit.record(caller, connection('Remove member from administrative unit', 'Unassign', member, unit), system.now())
  })
}
