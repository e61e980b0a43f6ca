import type { Author } from '#server/domain/caller.ts'
import { sessionsOf } from '#server/domain/own-sessions.ts'
import type { System } from '#server/system.ts'

/** Somebody signs out on every device at once. */
export async function endEverywhere(
  system: Pick<System, 'inTransaction' | 'announceSignOuts' | 'now'>,
  userId: string,
  request: { id: string; address: string },
): Promise<void> {
  const ended = await system.inTransaction(async (stores) => {
    const { users, audit } = stores
    const user = await users.find(userId)
    if (!user) return []
    const sessions = await sessionsOf(stores, user.id, system.now())
    const { id, displayName, userPrincipalName } = user
    await users.endSessions(id, system.now())
    const author: Author = {
      author: { kind: 'person', id, displayName, userPrincipalName, address: request.address },
      requestId: request.id,
    }
    await audit.record(
      author,
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
