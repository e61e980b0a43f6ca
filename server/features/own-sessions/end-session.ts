import type { Caller } from '#server/domain/caller.ts'
import { sessionsOf } from '#server/domain/own-sessions.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { sessionsEndedEvent } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'announceSignOuts' | 'now'>

/** Signs out in one place, this one too: its apps, their tokens, and whatever is on its way there. */
export async function endSession(system: Needs, caller: Caller, id: string): Promise<void> {
  const ended = await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = (await stores.users.find(caller.id)) ?? refuse('object_not_found', { id: caller.id })
    const session = (await sessionsOf(stores, user.id, now)).find(({ name }) => name === id) ?? refuse('object_not_found', { id })
    await stores.sessions.end(session, now)
    await stores.audit.record(caller, sessionsEndedEvent(user, 1), now)
    return session
  })
  system.announceSignOuts([ended])
}
