import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import { roleName } from '#server/domain/roles.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** Takes a role into use, so that it is listed before anybody has it. */
export async function activateRole(system: Needs, caller: Caller, roleId: string): Promise<void> {
  await system.inTransaction(async ({ activatedRoles, audit }) => {
    const displayName = roleName(roleId) ?? refuse('object_not_found', { id: roleId })
    if (!(await activatedRoles.add(roleId, system.now()))) refuse('role_already_active')
    await audit.record(
      caller,
      {
        activity: 'Add role from template',
        category: 'RoleManagement',
        operation: 'Add',
        targets: [{ id: roleId, kind: 'Role', displayName }],
      },
      system.now(),
    )
  })
}
