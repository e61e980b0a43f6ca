import type { Caller } from '#server/domain/caller.ts'
import { requireMay } from '#server/domain/decide.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** There is no way back from this one: only somebody already deleted can be erased. */
export async function eraseUser(system: Needs, caller: Caller, id: string): Promise<void> {
  await system.inTransaction(async ({ users, authority, audit }) => {
    const user = (await users.findDeleted(id)) ?? refuse('object_not_found', { id })
    requireMay(caller, ['delete-or-restore'], await authority.targetOf(user.id), system.now())

    await users.erase(user.id)
    const { displayName, userPrincipalName } = user
    await audit.record(
      caller,
      {
        activity: 'Hard Delete user',
        category: 'UserManagement',
        operation: 'Delete',
        targets: [{ id: user.id, kind: 'User', displayName, userPrincipalName }],
      },
      system.now(),
    )
  })
}
