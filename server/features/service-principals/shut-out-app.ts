import type { Caller } from '#server/domain/caller.ts'
import type { System } from '#server/system.ts'
import { servicePrincipalTarget } from './audit-target.ts'
import { getServicePrincipal } from './get-service-principal.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** With every consent and permission it had here; the registration, if it is ours, stays. */
export async function shutOutApp(system: Needs, caller: Caller, id: string): Promise<void> {
  await system.inTransaction(async (stores) => {
    const servicePrincipal = await getServicePrincipal(stores, id)
    await stores.servicePrincipals.remove(servicePrincipal.id)
    await stores.audit.record(
      caller,
      {
        activity: 'Remove service principal',
        category: 'ApplicationManagement',
        operation: 'Delete',
        targets: [servicePrincipalTarget(servicePrincipal)],
      },
      system.now(),
    )
  })
}
