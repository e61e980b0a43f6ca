import type { Author } from '#server/domain/caller.ts'
import { maskedAddress } from '#server/domain/email-address.ts'
import { emailEvent, numberEvent } from '#server/domain/method-events.ts'
import type { NoticedChange } from '#server/domain/notice.ts'
import { maskedForLog } from '#server/domain/phone-number.ts'
import { putOut, suspicionEvent } from '#server/domain/report-suspicious.ts'
import type { User } from '#server/domain/user.ts'
import type { Stores, System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'announceSignOuts' | 'now'>

/**
 * Whoever holds the link of a notice says that it was not them. What was changed signs nobody in any more, and whoever is signed in as this
 * person is not. False where the link was used before, is too old or never was.
 */
export async function reportChange(system: Needs, secret: string, request: { id: string; address: string }): Promise<boolean> {
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
    await pauseChanged(stores, by, user, notice.change, now)
    const { kind, detail } = notice.change
    const details = { Change: kind, ChangedAt: notice.happenedAt.toISOString(), ...(detail !== undefined && { About: detail }) }
    await stores.audit.record(by, suspicionEvent(user, details), now)
    return putOut(stores, id, 'nothing', now)
  })
  if (ended) system.announceSignOuts(ended)
  return ended !== undefined
}

/** Written down but told to nobody: whoever did it reads along. Only what the notice was about is touched, not what came after it. */
async function pauseChanged(stores: Stores, by: Author & { id: string }, user: User, change: NoticedChange, now: Date): Promise<void> {
  const { phones, emailMethods, audit } = stores
  if (change.kind === 'email-added' || change.kind === 'email-changed') {
    const email = await emailMethods.ofUser(user.id)
    if (!email || maskedAddress(email.address) !== change.detail || !(await emailMethods.remove(email))) return
    return audit.record(by, emailEvent('deleted', by, user, { before: email }), now)
  }
  const isAboutNumber = change.kind === 'phone-added' || change.kind === 'phone-changed' || change.kind === 'text-sign-in-on'
  if (!isAboutNumber || change.phoneType !== 'mobile') return
  const before = await phones.find(user.id, 'mobile')
  if (!before || before.signInWish === 'off' || maskedForLog(before.number) !== change.detail) return
  await phones.change(user.id, 'mobile', { signInWish: 'off' }, now)
  const after = await phones.find(user.id, 'mobile')
  await audit.record(by, numberEvent('updated', by, user, { before, after, details: { SmsSignIn: 'disabled' } }), now)
}
