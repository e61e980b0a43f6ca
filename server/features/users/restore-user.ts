import type { Caller } from '#server/domain/caller.ts'
import { requireMay } from '#server/domain/decide.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User } from '#server/domain/user.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** Brings a person back as they were: their groups, units, licences and roles stayed with them. A new name helps where theirs was taken. */
export async function restoreUser(system: Needs, caller: Caller, id: string, newName: string | undefined): Promise<User> {
  return system.inTransaction(async ({ users, authority, audit }) => {
    const user = (await users.findDeleted(id)) ?? refuse('object_not_found', { id })
    requireMay(caller, ['delete-or-restore'], await authority.targetOf(user.id), system.now())
    const name = newName ?? user.userPrincipalName
    if (await users.find(name)) refuse('upn_taken_meanwhile', { property: 'userPrincipalName' })

    await users.restore(user.id, name)
    await audit.record(
      caller,
      {
        activity: 'Restore user',
        category: 'UserManagement',
        operation: 'Update',
        targets: [{ id: user.id, kind: 'User', displayName: user.displayName, userPrincipalName: name }],
      },
      system.now(),
    )
    return (await users.find(user.id)) ?? refuse('changed_meanwhile')
  })
}
