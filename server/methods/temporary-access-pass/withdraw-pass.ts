import type { Author } from '#server/domain/caller.ts'
import { endPassSessions } from '#server/domain/end-pass-sessions.ts'
import type { Pass } from '#server/domain/pass.ts'
import { recordPass } from '#server/domain/record-method-change.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { HeldSession } from '#server/domain/session.ts'
import type { User } from '#server/domain/user.ts'
import type { Stores } from '#server/system.ts'

/** The pass opens nothing any more, and what it opened ends. Answers the sessions whose apps are to be told after the commit. */
export async function withdrawPass(
  stores: Stores,
  by: Author & { id: string },
  user: User,
  pass: Pass,
  now: Date,
): Promise<readonly HeldSession[]> {
  if (!(await stores.passes.remove(pass))) refuse('changed_meanwhile')
  const ended = await endPassSessions(stores, user.id, now)
  await recordPass(stores, by, user, 'deleted', pass, now)
  return ended
}
