import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { servicePrincipalTarget } from './audit-target.ts'
import { getServicePrincipal } from './get-service-principal.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export async function takePermission(system: Needs, caller: Caller, servicePrincipalId: string, id: string): Promise<void> {
  await system.inTransaction(async (stores) => {
    const servicePrincipal = await getServicePrincipal(stores, servicePrincipalId)
    const assignment = await stores.appConsents.findRole(id)
    if (assignment?.servicePrincipalId !== servicePrincipal.id) refuse('object_not_found', { id })
    await stores.appConsents.removeRole(assignment.id)
    await stores.audit.record(
      caller,
      {
        activity: 'Remove app role assignment from service principal',
        category: 'ApplicationManagement',
        operation: 'Unassign',
        targets: [servicePrincipalTarget(servicePrincipal, [{ name: 'appRole', from: assignment.role, to: null }])],
      },
      system.now(),
    )
  })
}
