import type { Caller } from '#server/domain/caller.ts'
import { getPersonToChange } from '#server/domain/person-methods.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import { refuse } from '#server/domain/refusal.ts'
import { switchOnSmsSignIn } from '#server/domain/switch-on-sms-sign-in.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** The number becomes its person's user name. Here every cause that keeps it from that is an error of its own. */
export async function enableSmsSignIn(system: Needs, caller: Caller, idOrName: string, type: PhoneType): Promise<void> {
  const isConflict = await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToChange(stores, caller, idOrName, now)
    return switchOnSmsSignIn(stores, { by: caller, user, now }, type)
  })
  if (isConflict) refuse('phone_number_not_unique')
}
