import type { Caller } from '#server/domain/caller.ts'
import { getPersonToChange } from '#server/domain/person-methods.ts'
import { recordEmail } from '#server/domain/record-method-change.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** It is no default and names nobody, so nothing stands in the way. */
export async function deleteAddress(system: Needs, caller: Caller, idOrName: string): Promise<void> {
  await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToChange(stores, caller, idOrName, now)
    const before = (await stores.emailMethods.ofUser(user.id)) ?? refuse('object_not_found', { id: 'emailMethod' })
    if (!(await stores.emailMethods.remove(before))) refuse('changed_meanwhile')
    await recordEmail(stores, caller, user, 'deleted', { before }, now)
  })
}
