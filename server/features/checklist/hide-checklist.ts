import type { Caller } from '#server/domain/caller.ts'
import type { System } from '#server/system.ts'
import { hidden } from './read-checklist.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** Whoever set the organisation up has seen enough of it, or wants it back. */
export async function hideChecklist(system: Needs, caller: Caller, isHidden: boolean): Promise<void> {
  await system.inTransaction(async ({ checklistSteps, audit }) => {
    const wasHidden = (await checklistSteps.all()).has(hidden)
    if (wasHidden === isHidden) return
    if (isHidden) await checklistSteps.reach(hidden, system.now())
    else await checklistSteps.undo(hidden)
    const changed = [{ name: 'isHidden', from: String(wasHidden), to: String(isHidden) }]
    await audit.record(
      caller,
      {
        activity: 'Update setup checklist',
        category: 'DirectoryManagement',
        operation: 'Update',
        targets: [{ id: 'checklist', kind: 'Other', displayName: 'Setup checklist', changed }],
      },
      system.now(),
    )
  })
}
