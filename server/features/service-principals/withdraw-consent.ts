import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { servicePrincipalTarget } from './audit-target.ts'
import { getServicePrincipal } from './get-service-principal.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export async function withdrawConsent(system: Needs, caller: Caller, id: string): Promise<void> {
  await system.inTransaction(async (stores) => {
    const consent = (await stores.appConsents.find(id)) ?? refuse('object_not_found', { id })
    const servicePrincipal = await getServicePrincipal(stores, consent.servicePrincipalId)
    await stores.appConsents.remove(consent.id)
    await stores.audit.record(
      caller,
      {
        activity: 'Remove delegated permission grant',
        category: 'ApplicationManagement',
        operation: 'Unassign',
        targets: [servicePrincipalTarget(servicePrincipal, [{ name: 'scope', from: consent.scopes.join(' '), to: null }])],
      },
      system.now(),
    )
  })
}
