import type { Caller } from '#server/domain/caller.ts'
import { reregistrationEvent } from '#server/domain/method-events.ts'
import { getPersonToManage } from '#server/domain/person-methods.ts'
import { tellOfChange } from '#server/domain/tell-of-change.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** The next time this person signs in they set up their methods anew. What they have stays until then, and proves them as before. */
export async function requireReregistration(system: Needs, caller: Caller, idOrName: string): Promise<void> {
  await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToManage(stores, caller, idOrName, now)
    if (!(await stores.reregistrations.require(user.id, now))) return
    await stores.audit.record(caller, reregistrationEvent(user, 'required'), now)
    await tellOfChange(stores, caller, { kind: 'reregistration-required', userId: user.id }, now)
  })
}
