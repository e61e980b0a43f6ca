import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { StaffSettings } from '#server/domain/staff-settings.ts'
import type { System } from '#server/system.ts'

/** It counts from the next request on: whoever is in My Staff when it closes is out. */
export async function changeStaffSettings(
  system: Pick<System, 'inTransaction' | 'now'>,
  caller: Caller,
  wanted: Partial<StaffSettings>,
): Promise<void> {
  await system.inTransaction(async ({ staffSettings, groups, audit }) => {
    const before = await staffSettings.get()
    const after = { ...before, ...wanted }
    for (const [index, id] of (wanted.groupIds ?? []).entries())
      if (!(await groups.find(id))) refuse('property_invalid', { property: `groupIds/${index}`, expected: 'the id of a group' })
    const changed = [
      { name: 'access', from: before.access, to: after.access },
      { name: 'groupIds', from: before.groupIds.join(', '), to: after.groupIds.join(', ') },
    ].filter(({ from, to }) => from !== to)
    if (changed.length === 0) return
    await staffSettings.set(after)
    const targets = [{ id: 'staffSettings', kind: 'Policy', displayName: 'My Staff', changed }] as const
    await audit.record(caller, { activity: 'Update My Staff settings', category: 'Policy', operation: 'Update', targets }, system.now())
  })
}
