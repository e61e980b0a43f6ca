import type { UnitChanges } from '#server/domain/administrative-unit.ts'
import type { Caller } from '#server/domain/caller.ts'
import { changesBetween } from '#server/domain/directory-object.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export async function changeUnit(system: Needs, caller: Caller, id: string, changes: UnitChanges): Promise<void> {
  await system.inTransaction(async ({ units, audit }) => {
    const unit = (await units.find(id)) ?? refuse('object_not_found', { id })
    if (Object.keys(changes).length === 0) return

    await units.change(id, changes)
    await audit.record(
      caller,
      {
        activity: 'Update administrative unit',
        category: 'AdministrativeUnit',
        operation: 'Update',
        targets: [{ id, kind: 'AdministrativeUnit', displayName: unit.displayName, changed: changesBetween(unit, changes) }],
      },
      system.now(),
    )
  })
}
