import { randomUUID } from 'node:crypto'
import type { AppRoleAssignment, ServicePrincipal } from '#server/domain/app.ts'
import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { servicePrincipalTarget } from './audit-target.ts'
import { getServicePrincipal } from './get-service-principal.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

interface GivenPermission {
  assignment: AppRoleAssignment
  servicePrincipal: ServicePrincipal
}

/** From now on the app may do this to everybody, in its own name. The door lets in only those who give roles. */
export async function givePermission(system: Needs, caller: Caller, servicePrincipalId: string, role: string): Promise<GivenPermission> {
  const id = randomUUID()
  return system.inTransaction(async (stores) => {
    const servicePrincipal = await getServicePrincipal(stores, servicePrincipalId)
    const assignment = { id, servicePrincipalId: servicePrincipal.id, role, createdAt: system.now() }
    if (!(await stores.appConsents.addRole(assignment))) refuse('permission_already_given')
    await stores.audit.record(
      caller,
      {
        activity: 'Add app role assignment to service principal',
        category: 'ApplicationManagement',
        operation: 'Assign',
        targets: [servicePrincipalTarget(servicePrincipal, [{ name: 'appRole', from: null, to: role }])],
      },
      system.now(),
    )
    return { assignment, servicePrincipal }
  })
}
