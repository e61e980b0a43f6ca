import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { servicePrincipalTarget } from './audit-target.ts'
import { getServicePrincipal } from './get-service-principal.ts'
import { requireMayConsent } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** What is added must be one's to give; what is taken away need not be. */
export async function changeConsent(system: Needs, caller: Caller, id: string, scopes: readonly string[]): Promise<void> {
  await system.inTransaction(async (stores) => {
    const consent = (await stores.appConsents.find(id)) ?? refuse('object_not_found', { id })
    const added = scopes.filter((scope) => !consent.scopes.includes(scope))
    requireMayConsent(caller, added, system.now())
    const servicePrincipal = await getServicePrincipal(stores, consent.servicePrincipalId)
    await stores.appConsents.change(consent.id, scopes)
    await stores.audit.record(
      caller,
      {
        activity: added.length > 0 ? 'Add delegated permission grant' : 'Remove delegated permission grant',
        category: 'ApplicationManagement',
        operation: 'Update',
        targets: [servicePrincipalTarget(servicePrincipal, [{ name: 'scope', from: consent.scopes.join(' '), to: scopes.join(' ') }])],
      },
      system.now(),
    )
  })
}
