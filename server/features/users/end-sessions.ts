import type { Caller } from '#server/domain/caller.ts'
import { requireMay } from '#server/domain/decide.ts'
import { sessionsOf } from '#server/domain/own-sessions.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'announceSignOuts' | 'now'>

/** Every token and session of this person dies at once, on every node. One's own may always be ended. */
export async function endSessions(system: Needs, caller: Caller, idOrName: string): Promise<void> {
  const ended = await system.inTransaction(async (stores) => {
    const { users, authority, audit } = stores
    const user = (await users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
    if (user.id !== caller.id) requireMay(caller, ['revoke-sessions'], await authority.targetOf(user.id), system.now())

    const sessions = await sessionsOf(stores, user.id, system.now())
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
    return sessions
  })
  system.announceSignOuts(ended)
}
