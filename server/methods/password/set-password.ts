import type { Author } from '#server/domain/caller.ts'
import { endAllBut, sessionsOf } from '#server/domain/own-sessions.ts'
import type { HeldSession } from '#server/domain/session.ts'
import { tellOfChange } from '#server/domain/tell-of-change.ts'
import type { NewPassword, User } from '#server/domain/user.ts'
import type { Stores } from '#server/system.ts'

interface Setting {
  password: NewPassword
  author: Author
  /** The session in which its person changes it goes on; without a name all of them end. */
  keeps: string | undefined
}

type Told = Pick<Stores, 'users' | 'audit' | 'phones' | 'emailMethods' | 'notices' | 'outbox'>
type Needs = Told & Pick<Stores, 'authority' | 'sessions' | 'passwordTries' | 'knownBrowsers'>

/**
 * From now on this is the person's password. What was proven with the old one ends, pages that are half way through a sign-in too, and wrong
 * guesses at it count no more. Answers the sessions that ended, for whoever has to be told.
 */
export async function setPassword(stores: Needs, user: User, { password, author, keeps }: Setting, now: Date): Promise<HeldSession[]> {
  const { users, authority, sessions, passwordTries, knownBrowsers, audit } = stores
  const { id, displayName, userPrincipalName } = user
  const kept = (await sessionsOf(stores, id, now)).find(({ name }) => name === keeps)
  const ended = await endAllBut(stores, id, keeps, now)
  await users.change(id, { password }, now)
  await users.endSessions(id, now)
  const account = await authority.findAccount(id)
  if (kept && account) await sessions.carryOver(kept, account.epoch)
  await passwordTries.clearAll(id)
  const isOwn = author.author.kind === 'person' && author.author.id === id
  // An administrator does this for whom somebody else may have got in; no browser is trusted any more then.
  if (!isOwn) await knownBrowsers.forget(id)
  await audit.record(
    author,
    {
      activity: isOwn ? 'Change user password' : 'Reset user password',
      category: 'UserManagement',
      operation: 'Update',
      targets: [{ id, kind: 'User', displayName, userPrincipalName, changed: [{ name: 'Password', from: null, to: '***' }] }],
    },
    now,
  )
  await tellOfChange(stores, author, { kind: 'password-changed', userId: id }, now)
  return ended
}

/** The first one: a way to sign in beside those there are, which go on as they were. */
export async function addPassword(
  stores: Told,
  { id, displayName, userPrincipalName }: User,
  hash: string,
  author: Author,
  now: Date,
): Promise<void> {
  const { users, audit } = stores
  await users.change(id, { password: { hash, mustChange: false } }, now)
  await audit.record(
    author,
    {
      activity: 'User registered security info',
      category: 'UserManagement',
      operation: 'Add',
      targets: [{ id, kind: 'User', displayName, userPrincipalName, changed: [{ name: 'Password', from: null, to: '***' }] }],
    },
    now,
  )
  await tellOfChange(stores, author, { kind: 'password-changed', userId: id }, now)
}
