import type { Caller } from '#server/domain/caller.ts'
import type { System } from '#server/system.ts'
import { appTarget } from './audit-targets.ts'
import { getApp } from './get-app.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** At once and for good, with the service principal here. Where other organisations let it in, it ends to work. */
export async function deleteApp(system: Needs, caller: Caller, id: string): Promise<void> {
  await system.inTransaction(async (stores) => {
    const app = await getApp(stores, id)
    const own = await stores.servicePrincipals.findByAppId(app.appId)
    if (own) await stores.servicePrincipals.remove(own.id)
    await stores.apps.remove(app.id)
    await stores.audit.record(
      caller,
      { activity: 'Delete application', category: 'ApplicationManagement', operation: 'Delete', targets: [appTarget(app)] },
      system.now(),
    )
  })
}
