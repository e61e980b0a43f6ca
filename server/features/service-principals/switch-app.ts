import type { Caller } from '#server/domain/caller.ts'
import { changesBetween } from '#server/domain/directory-object.ts'
import type { System } from '#server/system.ts'
import { servicePrincipalTarget } from './audit-target.ts'
import { getServicePrincipal } from './get-service-principal.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** Switched off, nobody signs in to it and its tokens open nothing. */
export async function switchApp(system: Needs, caller: Caller, id: string, isEnabled: boolean): Promise<void> {
  await system.inTransaction(async (stores) => {
    const servicePrincipal = await getServicePrincipal(stores, id)
    await stores.servicePrincipals.setEnabled(servicePrincipal.id, isEnabled)
    const changed = changesBetween({ accountEnabled: servicePrincipal.isEnabled }, { accountEnabled: isEnabled })
    await stores.audit.record(
      caller,
      {
        activity: 'Update service principal',
        category: 'ApplicationManagement',
        operation: 'Update',
        targets: [servicePrincipalTarget(servicePrincipal, changed)],
      },
      system.now(),
    )
  })
}
