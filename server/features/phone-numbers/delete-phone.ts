import type { Caller } from '#server/domain/caller.ts'
import { getPersonToChange } from '#server/domain/person-methods.ts'
import { type Removal, removeNumber } from '#server/domain/remove-number.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** There is no way back but adding the number again. Whoever waits for it as a user name may have it at once. */
export async function deletePhone(system: Needs, caller: Caller, idOrName: string, removal: Removal): Promise<void> {
  await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToChange(stores, caller, idOrName, now)
    await removeNumber(stores, { by: caller, user, now }, removal)
  })
}
