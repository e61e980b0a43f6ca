import type { Author } from '#server/domain/caller.ts'
import type { NewPassword, User } from '#server/domain/user.ts'
import type { Stores } from '#server/system.ts'

/**
 * From now on this is the person's password. Every session and token they had ends, and wrong guesses at the old one count no more; a caller
 * whose own session goes on begins a new one in the same transaction.
 */
export async function setPassword(
  { users, passwordTries, knownBrowsers, audit }: Pick<Stores, 'users' | 'passwordTries' | 'knownBrowsers' | 'audit'>,
  { id, displayName, userPrincipalName }: User,
  password: NewPassword,
  author: Author,
  now: Date,
): Promise<void> {
  await users.change(id, { password }, now)
  await users.endSessions(id, now)
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
}

/** The first one: a way to sign in beside those there are, which go on as they were. */
export async function addPassword(
  { users, audit }: Pick<Stores, 'users' | 'audit'>,
  { id, displayName, userPrincipalName }: User,
  hash: string,
  author: Author,
  now: Date,
): Promise<void> {
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
}
