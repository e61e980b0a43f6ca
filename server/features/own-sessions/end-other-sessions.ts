import type { Caller } from '#server/domain/caller.ts'
import { endAllBut } from '#server/domain/own-sessions.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { sessionsEndedEvent } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'announceSignOuts' | 'now'>

/** Signs out everywhere else, and says in how many places that was. */
export async function endOtherSessions(system: Needs, caller: Caller): Promise<number> {
  const ended = await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = (await stores.users.find(caller.id)) ?? refuse('object_not_found', { id: caller.id })
    const others = await endAllBut(stores, user.id, caller.sessionName, now)
    if (others.length > 0) await stores.audit.record(caller, sessionsEndedEvent(user, others.length), now)
    return others
  })
  system.announceSignOuts(ended)
  return ended.length
}
