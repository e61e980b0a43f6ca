import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import { methods } from '#server/methods/index.ts'
import type { PasswordOutcome } from '#server/methods/password/check-password.ts'
import type { System } from '#server/system.ts'

/**
 * Somebody changes their password and says the one they have. Wrong ones are counted here as they are on the sign-in page, but
 * apart. Where they are signed in now they stay so, and nowhere else.
 */
export async function changeOwnPassword(system: System, caller: Caller, wanted: { current: string; next: string }): Promise<void> {
  const user = (await system.users.find(caller.id)) ?? refuse('object_not_found', { id: caller.id })
  const kept = (await system.personPasswords.find(user.id)) ?? refuse('password_missing')
  await methods.password.requireGoodPassword(system, user, { text: wanted.next, mustChange: false, property: 'newPassword' })
  const { address } = caller.author.kind === 'person' ? caller.author : { address: '' }
  const tried = { user, name: user.userPrincipalName, secret: wanted.current, place: { kind: 'signed in' }, address } as const
  // Nobody signs in here, so there is nothing to write down beside the answer.
  const outcome = await methods.password.checkPassword(system, tried, async () => {})
  if (outcome.kind !== 'passed') refuseFor(outcome, system.now())
  if (await system.passwords.verify(wanted.next, kept.hash)) refuse('password_not_new', { property: 'newPassword' })

  const hash = await system.passwords.hash(wanted.next)
  const ended = await system.inTransaction(async (stores) => {
    // What was checked has to be what is replaced.
    if ((await stores.personPasswords.find(user.id))?.changedAt.getTime() !== kept.changedAt.getTime()) refuse('changed_meanwhile')
    const setting = { password: { hash, mustChange: false }, author: caller, keeps: caller.sessionName }
    return methods.password.setPassword(stores, user, setting, system.now())
  })
  system.announceSignOuts(ended)
}

function refuseFor(outcome: Exclude<PasswordOutcome, { kind: 'passed' }>, now: Date): never {
  switch (outcome.kind) {
    case 'wrong':
      return refuse('password_wrong', { property: 'currentPassword' })
    case 'expired':
      return refuse('password_expired')
    case 'locked':
      return refuse('slow_down', { retryAfterSeconds: String(Math.ceil((outcome.until.getTime() - now.getTime()) / 1000)) })
    case 'slow_down':
      return refuse('slow_down', { retryAfterSeconds: String(outcome.retryAfterSeconds) })
  }
}
