import type { Caller } from '#server/domain/caller.ts'
import type { WantedPhone } from '#server/domain/keep-phone.ts'
import { giveNumber } from '#server/domain/manage-phone.ts'
import { getPersonToManage } from '#server/domain/person-methods.ts'
import type { PersonPhone } from '#server/domain/person-phones.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** An administrator gives a person a number; it becomes their user name too where policy allows and nobody else has it. */
export async function addPhone(system: Needs, caller: Caller, idOrName: string, wanted: WantedPhone): Promise<PersonPhone> {
  const { phone, isConflict } = await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToManage(stores, caller, idOrName, now)
    return giveNumber(stores, { by: caller, user, now }, wanted)
  })
  if (isConflict) refuse('phone_number_not_unique', { property: 'phoneNumber' })
  return phone
}
