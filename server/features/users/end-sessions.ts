import type { Caller } from '#server/domain/caller.ts'
import { requireMay } from '#server/domain/decide.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** Every token and session of this person dies at once, on every node. One's own may always be ended. */
export async function endSessions(system: Needs, caller: Caller, idOrName: string): Promise<void> {
  await system.inTransaction(async ({ users, authority, audit }) => {
    const user = (await users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
    if (user.id !== caller.id) requireMay(caller, ['revoke-sessions'], await authority.targetOf(user.id), system.now())

    await users.endSessions(user.id, system.now())
    const { id, displayName, userPrincipalName } = user
    await audit.record(
      caller,
      {
        activity: 'Update StsRefreshTokenValidFrom Timestamp',
        category: 'UserManagement',
        operation: 'Update',
        targets: [{ id, kind: 'User', displayName, userPrincipalName }],
      },
      system.now(),
    )
  })
}
