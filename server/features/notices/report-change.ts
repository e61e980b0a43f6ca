import { randomBytes } from 'node:crypto'
import type { Author } from '#server/domain/caller.ts'
import { maskedAddress } from '#server/domain/email-address.ts'
import { emailEvent, numberEvent, passEvent } from '#server/domain/method-events.ts'
import type { NoticedChange } from '#server/domain/notice.ts'
import { maskedForLog } from '#server/domain/phone-number.ts'
import { putOut, suspicionEvent } from '#server/domain/report-suspicious.ts'
import type { User } from '#server/domain/user.ts'
import type { Stores, System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'announceSignOuts' | 'passwords' | 'notices' | 'now'>

/**
 * Whoever holds the link of a notice says that it was not them. What was added is gone, so that it proves nobody any more, and whoever is
 * signed in as this person is not. False where the link was used before, is too old or never was.
 */
export async function reportChange(system: Needs, secret: string, request: { id: string; address: string }): Promise<boolean> {
  const nobodysPassword = await passwordOfNobody(system, secret)
  const ended = await system.inTransaction(async (stores) => {
    const now = system.now()
    const notice = await stores.notices.findByLink(secret)
    const user = notice && (await stores.users.find(notice.userId))
    if (!user || !(await stores.notices.report(notice, now))) return undefined
    const { id, displayName, userPrincipalName } = user
    const by: Author & { id: string } = {
      id,
      author: { kind: 'person', id, displayName, userPrincipalName, address: request.address },
      requestId: request.id,
    }
    await undoChange(stores, by, user, notice.change, now)
    if (nobodysPassword && user.passwordChangedAt) await replacePassword(stores, by, user, nobodysPassword, now)
    const { kind, detail } = notice.change
    const details = { Change: kind, ChangedAt: notice.happenedAt.toISOString(), ...(detail !== undefined && { About: detail }) }
    await stores.audit.record(by, suspicionEvent(user, details), now)
    return putOut(stores, id, 'nothing', now)
  })
  if (ended) system.announceSignOuts(ended)
  return ended !== undefined
}

/** Written down but told to nobody: whoever did it reads along. Only what the notice was about is touched, not what came after it. */
async function undoChange(stores: Stores, by: Author & { id: string }, user: User, change: NoticedChange, now: Date): Promise<void> {
  const { phones, emailMethods, passes, audit } = stores
  if (change.kind === 'email-added' || change.kind === 'email-changed') {
    const email = await emailMethods.ofUser(user.id)
    if (!email || maskedAddress(email.address) !== change.detail || !(await emailMethods.remove(email))) return
    return audit.record(by, emailEvent('deleted', by, user, { before: email }), now)
  }
  if (change.kind === 'pass-added') {
    const pass = await passes.ofUser(user.id)
    if (!pass || !(await passes.remove(pass))) return
    return audit.record(by, passEvent('deleted', by, user, pass), now)
  }
  if (change.phoneType === undefined) return
  const before = await phones.find(user.id, change.phoneType)
  if (!before || maskedForLog(before.number) !== change.detail) return
  if (change.kind === 'phone-added' || change.kind === 'phone-changed') {
    await phones.remove(user.id, before.type)
    return audit.record(by, numberEvent('deleted', by, user, { before }), now)
  }
  if (change.kind !== 'text-sign-in-on' || before.signInWish === 'off') return
  await phones.change(user.id, before.type, { signInWish: 'off' }, now)
  const after = await phones.find(user.id, before.type)
  await audit.record(by, numberEvent('updated', by, user, { before, after, details: { SmsSignIn: 'disabled' } }), now)
}

/** Made before the transaction, since it takes its time; only where a password was what changed. */
async function passwordOfNobody(
  { notices, passwords }: Pick<System, 'notices' | 'passwords'>,
  secret: string,
): Promise<string | undefined> {
  const notice = await notices.findByLink(secret)
  const isAboutPassword = notice?.change.kind === 'password-changed' && notice.reportedAt === undefined
  return isAboutPassword ? passwords.hash(randomBytes(32).toString('base64url')) : undefined
}

/** Whoever chose the password knows it, so nobody may: an administrator gives another. */
async function replacePassword({ users, audit }: Stores, by: Author, user: User, hash: string, now: Date): Promise<void> {
  const { id, displayName, userPrincipalName } = user
  await users.change(id, { password: { hash, mustChange: true } }, now)
  const targets = [{ id, kind: 'User', displayName, userPrincipalName, changed: [{ name: 'Password', from: null, to: '***' }] }] as const
  await audit.record(by, { activity: 'Reset user password', category: 'UserManagement', operation: 'Update', targets }, now)
}
