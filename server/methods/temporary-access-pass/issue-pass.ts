import type { Author } from '#server/domain/caller.ts'
import { endPassSessions } from '#server/domain/end-pass-sessions.ts'
import { type Pass, settlePass, type WantedPass } from '#server/domain/pass.ts'
import { readable } from '#server/domain/readable.ts'
import { recordPass } from '#server/domain/record-method-change.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { HeldSession } from '#server/domain/session.ts'
import type { User } from '#server/domain/user.ts'
import type { Stores } from '#server/system.ts'

export interface IssuedPass {
  pass: Pass
  /** Told once, and kept nowhere. */
  secret: string
  /** Policy lets its person sign in with it: a pass may be made for anybody. */
  isAllowed: boolean
  /** Sessions that ended with the pass before it: their apps are to be told after the commit. */
  ended: readonly HeldSession[]
}

/**
 * Makes somebody a pass, in the place of the one they have. Whether the author may is for the caller to decide; everything else is decided and
 * written here, so that everybody who makes passes makes them alike.
 */
export async function issuePass(
  stores: Stores,
  by: Author & { id: string },
  user: User,
  wanted: WantedPass,
  now: Date,
): Promise<IssuedPass> {
  const { isEnabled, settings } = await stores.methodPolicies.find('temporary-access-pass')
  if (!isEnabled) refuse('pass_off')
  const settled = settlePass(wanted, settings, now)
  const secret = readable(settled.length)
  const before = await stores.passes.ofUser(user.id)
  const ended = await endPassSessions(stores, user.id, now)
  const pass = (await stores.passes.replace(user.id, secret, settled, now)) ?? refuse('changed_meanwhile')
  // Strangers who tried their luck with the password must not keep its person from using it.
  await stores.passwordTries.clearAll(user.id)
  await recordPass(stores, by, user, before ? 'updated' : 'registered', pass, now)
  const { isAllowed } = await stores.methodPolicies.standingOf('temporary-access-pass', user.id)
  return { pass, secret, isAllowed, ended }
}
