import type { Caller } from '#server/domain/caller.ts'
import { reregistrationEvent } from '#server/domain/method-events.ts'
import { getPersonToManage } from '#server/domain/person-methods.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** The next sign-in of this person is as any other. */
export async function cancelReregistration(system: Needs, caller: Caller, idOrName: string): Promise<void> {
  await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToManage(stores, caller, idOrName, now)
    if (await stores.reregistrations.end(user.id)) await stores.audit.record(caller, reregistrationEvent(user, 'not required'), now)
  })
}
