import type { Caller } from '#server/domain/caller.ts'
import { switchOffSmsSignIn } from '#server/domain/manage-phone.ts'
import { getPersonToChange } from '#server/domain/person-methods.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** The number stays, for verification; it names nobody any more, so others may take it. Whoever has no other way in is locked out. */
export async function disableSmsSignIn(system: Needs, caller: Caller, idOrName: string, type: PhoneType): Promise<void> {
  await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToChange(stores, caller, idOrName, now)
    await switchOffSmsSignIn(stores, { by: caller, user, now }, type)
  })
}
