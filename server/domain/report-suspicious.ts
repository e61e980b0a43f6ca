import type { Stores, System } from '#server/system.ts'
import type { AuditEvent } from './audit-event.ts'
import type { Author } from './caller.ts'
import { endAllBut } from './own-sessions.ts'
import { refuse } from './refusal.ts'
import type { User } from './user.ts'

type Needs = Pick<System, 'inTransaction' | 'announceSignOuts' | 'now'>

export interface Suspicion {
  userId: string
  /** The row of the log that was not them; undefined where it is something else, such as a change they were told of. */
  signInId: string | undefined
  /** Which session stays: the one they say it in. `nothing` also ends every token there is. */
  keeps: { session: string | undefined } | 'nothing'
}

export interface Reported {
  user: User
  reportedAt: Date
  endedSessions: number
}

/**
 * Somebody says that it was not them. Whoever else is signed in as them is not any more, and no browser is known as theirs. Said twice, it is
 * written down once, and whoever came in between is put out as well.
 */
export async function reportSuspicious(system: Needs, by: Author, { userId, signInId, keeps }: Suspicion): Promise<Reported> {
  const { reported, ended } = await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = (await stores.users.find(userId)) ?? refuse('object_not_found', { id: userId })
    const ended = await putOut(stores, userId, keeps, now)
    const isFirst = signInId === undefined || (await stores.signIns.report(signInId, now))
    if (isFirst) await stores.audit.record(by, suspicionEvent(user, signInId === undefined ? {} : { SignInId: signInId }), now)
    const before = signInId === undefined || isFirst ? undefined : (await stores.signIns.find(signInId))?.reportedAt
    return { reported: { user, reportedAt: before ?? now, endedSessions: ended.length }, ended }
  })
  system.announceSignOuts(ended)
  return reported
}

/** Ends what there is of somebody's sessions, and answers with those whose apps are still to hear of it. */
export async function putOut(stores: Stores, userId: string, keeps: Suspicion['keeps'], now: Date) {
  const ended = await endAllBut(stores, userId, keeps === 'nothing' ? undefined : keeps.session, now)
  if (keeps === 'nothing') await stores.users.endSessions(userId, now)
  await stores.knownBrowsers.forget(userId)
  return ended
}

/** `details`: what it was that was not them. */
export function suspicionEvent({ id, displayName, userPrincipalName }: User, details: Readonly<Record<string, string>>): AuditEvent {
  return {
    activity: 'Suspicious activity reported',
    category: 'UserManagement',
    operation: 'Other',
    targets: [{ id, kind: 'User', displayName, userPrincipalName }],
    details,
  }
}
