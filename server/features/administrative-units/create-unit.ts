import type { Unit } from '#server/domain/administrative-unit.ts'
import type { Caller } from '#server/domain/caller.ts'
import { changesBetween } from '#server/domain/directory-object.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export async function createUnit(system: Needs, caller: Caller, unit: Unit): Promise<Unit> {
  await system.inTransaction(async ({ units, audit }) => {
    const { id, displayName } = unit
    await units.add(unit, system.now())
    await audit.record(
      caller,
      {
        activity: 'Add administrative unit',
        category: 'AdministrativeUnit',
        operation: 'Add',
        targets: [{ id, kind: 'AdministrativeUnit', displayName, changed: changesBetween({}, unit).filter(({ name }) => name !== 'id') }],
      },
      system.now(),
    )
  })
  return unit
}
