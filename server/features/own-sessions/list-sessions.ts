import type { Caller } from '#server/domain/caller.ts'
import { sessionsOf } from '#server/domain/own-sessions.ts'
import type { HeldSession, SessionTrace } from '#server/domain/session.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'authority' | 'sessions' | 'signIns' | 'apps' | 'now'>

export interface SeenSession extends HeldSession {
  isCurrent: boolean
  startedAt: Date
  seenAt: Date
  /** Where it was seen last, as long as the log remembers. */
  trace: SessionTrace | undefined
  appNames: ReadonlyMap<string, string>
}

/** Where somebody is signed in: this place first, then where they were last. */
export async function listSessions(system: Needs, { id, sessionName }: Caller): Promise<SeenSession[]> {
  const now = system.now()
  const held = await sessionsOf(system, id, now)
  const appNames = await namesOf(system, held)
  const seen = await Promise.all(
    held.map(async (session) => {
      const trace = await system.signIns.traceOf(session.name)
      const isCurrent = session.name === sessionName
      const startedAt = trace?.first.at ?? session.provenAt
      return {
        ...session,
        isCurrent,
        startedAt,
        seenAt: isCurrent ? now : (trace?.last.at ?? session.provenAt),
        trace: trace?.last,
        appNames,
      }
    }),
  )
  return seen.sort((one, other) => Number(other.isCurrent) - Number(one.isCurrent) || other.seenAt.getTime() - one.seenAt.getTime())
}

async function namesOf({ apps }: Pick<System, 'apps'>, sessions: readonly HeldSession[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(sessions.flatMap((session) => session.apps.map(({ appId }) => appId)))]
  const names = await Promise.all(ids.map(async (appId) => [appId, await apps.findName(appId)] as const))
  return new Map(names.flatMap(([appId, name]) => (name === undefined ? [] : [[appId, name]])))
}
