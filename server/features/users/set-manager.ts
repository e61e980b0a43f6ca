import type { Caller } from '#server/domain/caller.ts'
import { requireMay } from '#server/domain/decide.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export async function setManager(system: Needs, caller: Caller, idOrName: string, managerId: string | undefined): Promise<void> {
  await system.inTransaction(async ({ users, authority, audit }) => {
    const user = (await users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
    requireMay(caller, ['basic-change'], await authority.targetOf(user.id), system.now())
    const manager = managerId === undefined ? undefined : ((await users.find(managerId)) ?? refuse('object_not_found', { id: managerId }))
    if (manager?.id === user.id) refuse('manager_is_self')

    await users.setManager(user.id, manager?.id ?? null)
    const { id, displayName, userPrincipalName } = user
    const changed = [{ name: 'manager', from: user.managerId ?? null, to: manager?.id ?? null }]
    await audit.record(
      caller,
      {
        activity: manager ? "Set user's manager" : "Remove user's manager",
        category: 'UserManagement',
        operation: 'Update',
        targets: [{ id, kind: 'User', displayName, userPrincipalName, changed }],
      },
      system.now(),
    )
  })
}
