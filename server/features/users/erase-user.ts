import type { Author, Caller } from '#server/domain/caller.ts'
import { requireMay } from '#server/domain/decide.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User } from '#server/domain/user.ts'
import type { Stores, System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** There is no way back from this one: only somebody already deleted can be erased. */
export async function eraseUser(system: Needs, caller: Caller, id: string): Promise<void> {
  await system.inTransaction(async ({ users, authority, audit }) => {
    const user = (await users.findDeleted(id)) ?? refuse('object_not_found', { id })
    requireMay(caller, ['delete-or-restore'], await authority.targetOf(user.id), system.now())

    await eraseForGood({ users, audit }, caller, user, system.now())
  })
}

/** What an administrator does early, time does by itself in the end. */
export async function eraseForGood(
  { users, audit }: Pick<Stores, 'users' | 'audit'>,
  author: Author,
  user: User,
  now: Date,
): Promise<void> {
  await users.erase(user.id)
  const { id, displayName, userPrincipalName } = user
  await audit.record(
    author,
    {
      activity: 'Hard Delete user',
      category: 'UserManagement',
      operation: 'Delete',
      targets: [{ id, kind: 'User', displayName, userPrincipalName }],
    },
    now,
  )
}
