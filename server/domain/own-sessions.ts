import type { Authority } from '#server/store/authority.ts'
import type { Sessions } from '#server/store/sessions.ts'
import type { HeldSession } from './session.ts'

export interface SessionParts {
  authority: Pick<Authority, 'findAccount'>
  sessions: Pick<Sessions, 'ofUser' | 'end'>
}

/** Where this person is signed in at this moment. */
export async function sessionsOf({ authority, sessions }: SessionParts, userId: string, now: Date): Promise<HeldSession[]> {
  const account = await authority.findAccount(userId)
  return account ? sessions.ofUser(account, now) : []
}

/** Ends all but the one that is named, and says which they were. */
export async function endAllBut(parts: SessionParts, userId: string, kept: string | undefined, now: Date): Promise<HeldSession[]> {
  const others = (await sessionsOf(parts, userId, now)).filter(({ name }) => name !== kept)
  for (const session of others) await parts.sessions.end(session, now)
  return others
}
