import { randomUUID } from 'node:crypto'
import type { ServicePrincipal } from '#server/domain/app.ts'
import { sesamApi } from '#server/domain/app-permissions.ts'
import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { servicePrincipalTarget } from './audit-target.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** An app of one's own, or one that another organisation shares. Of any other it is not even told that it exists. */
export async function letInApp(system: Needs, caller: Caller, appId: string, isEnabled: boolean): Promise<ServicePrincipal> {
  if (appId === sesamApi.appId) refuse('app_already_here', { appId })
  const id = randomUUID()
  return system.inTransaction(async ({ servicePrincipals, audit }) => {
    const offer = (await servicePrincipals.findOffer(appId)) ?? refuse('app_not_available', { appId })
    const servicePrincipal = { id, appId, ...offer, isEnabled, createdAt: system.now() }
    if (!(await servicePrincipals.add(servicePrincipal))) refuse('app_already_here', { appId })
    await audit.record(
      caller,
      {
        activity: 'Add service principal',
        category: 'ApplicationManagement',
        operation: 'Add',
        targets: [servicePrincipalTarget(servicePrincipal, [{ name: 'appId', from: null, to: appId }])],
      },
      system.now(),
    )
    return servicePrincipal
  })
}
