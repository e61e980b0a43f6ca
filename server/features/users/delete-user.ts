import type { Caller } from '#server/domain/caller.ts'
import { requireMay } from '#server/domain/decide.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** For thirty days a deleted person can be brought back, then jobs/erase-deleted.ts takes them. Their name and number are free at once. */
export async function deleteUser(system: Needs, caller: Caller, idOrName: string): Promise<void> {
  await system.inTransaction(async ({ users, authority, roles, phones, audit }) => {
    const user = (await users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
    requireMay(caller, ['delete-or-restore'], await authority.targetOf(user.id), system.now())
    if (await roles.leavesNoGlobalAdministrator([user.id])) refuse('last_global_administrator')

    await users.remove(user.id, system.now())
    await phones.freeSignInNames(user.id)
    await users.endSessions(user.id, system.now())
    const { id, displayName, userPrincipalName } = user
    await audit.record(
      caller,
      {
        activity: 'Delete user',
        category: 'UserManagement',
        operation: 'Delete',
        targets: [{ id, kind: 'User', displayName, userPrincipalName }],
      },
      system.now(),
    )
  })
}
