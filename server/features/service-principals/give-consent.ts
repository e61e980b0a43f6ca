import { randomUUID } from 'node:crypto'
import type { Consent } from '#server/domain/app.ts'
import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { servicePrincipalTarget } from './audit-target.ts'
import { getServicePrincipal } from './get-service-principal.ts'
import { requireMayConsent } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export interface WantedConsent {
  servicePrincipalId: string
  personId: string | undefined
  scopes: readonly string[]
}

export async function giveConsent(system: Needs, caller: Caller, wanted: WantedConsent): Promise<Consent> {
  const { servicePrincipalId, personId, scopes } = wanted
  requireMayConsent(caller, scopes, system.now())
  const id = randomUUID()
  return system.inTransaction(async (stores) => {
    const servicePrincipal = await getServicePrincipal(stores, servicePrincipalId)
    if (personId !== undefined && !(await stores.users.find(personId))) refuse('object_not_found', { id: personId })
    if (!(await stores.appConsents.add({ id, servicePrincipalId, scopes, personId }, system.now()))) refuse('consent_exists')
    await stores.audit.record(
      caller,
      {
        activity: 'Add delegated permission grant',
        category: 'ApplicationManagement',
        operation: 'Assign',
        targets: [servicePrincipalTarget(servicePrincipal, [{ name: 'scope', from: null, to: scopes.join(' ') }])],
        details: personId === undefined ? { consentType: 'AllPrincipals' } : { consentType: 'Principal', principalId: personId },
      },
      system.now(),
    )
    return { id, servicePrincipalId, personId, scopes, createdAt: system.now() }
  })
}
