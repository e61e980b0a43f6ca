import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** Its members stay; the roles that somebody had over them by this unit go with it. */
export async function deleteUnit(system: Needs, caller: Caller, id: string): Promise<void> {
  await system.inTransaction(async ({ units, audit }) => {
    const unit = (await units.find(id)) ?? refuse('object_not_found', { id })

    await units.remove(id)
    await audit.record(
      caller,
      {
        activity: 'Delete administrative unit',
        category: 'AdministrativeUnit',
        operation: 'Delete',
        targets: [{ id, kind: 'AdministrativeUnit', displayName: unit.displayName }],
      },
      system.now(),
    )
  })
}
