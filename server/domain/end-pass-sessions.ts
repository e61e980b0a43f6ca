import { type SessionParts, sessionsOf } from './own-sessions.ts'
import { passProof } from './pass.ts'
import type { HeldSession } from './session.ts'

/** What was opened with a pass goes with it. Answers which sessions they were, for their apps to be told. */
export async function endPassSessions(parts: SessionParts, userId: string, now: Date): Promise<HeldSession[]> {
  const opened = (await sessionsOf(parts, userId, now)).filter(({ methods }) => methods.includes(passProof))
  for (const session of opened) await parts.sessions.end(session, now)
  return opened
}
