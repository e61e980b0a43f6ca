import type { Caller } from '#server/domain/caller.ts'
import type { LicenceMode } from '#server/domain/method-policy.ts'
import type { System } from '#server/system.ts'
import { saveLicenceMode } from './save-settings.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** Whether who has no licence is left alone, told of, or kept out. */
export async function changeLicensing(system: Needs, caller: Caller, mode: LicenceMode): Promise<void> {
  await system.inTransaction((stores) => saveLicenceMode(stores, caller, mode, { now: system.now() }))
}
