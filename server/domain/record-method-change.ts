import type { Stores } from '#server/system.ts'
import type { Author } from './caller.ts'
import type { SecondFactor } from './default-method.ts'
import { maskedAddress } from './email-address.ts'
import type { EmailMethod } from './email-method.ts'
import { defaultMethodEvent, emailEvent, type NumberChange, numberEvent, passEvent } from './method-events.ts'
import type { NoticeKind } from './notice.ts'
import type { Pass } from './pass.ts'
import { maskedForLog } from './phone-number.ts'
import { tellOfChange } from './tell-of-change.ts'
import type { User } from './user.ts'

// The one place where a change of what somebody proves themselves with is written down and told, so that nobody can do one without the other.

type Parts = Pick<Stores, 'audit' | 'phones' | 'emailMethods' | 'notices' | 'outbox'>
type Act = 'registered' | 'updated' | 'deleted'
type By = Author & { id: string }

export async function recordNumber(parts: Parts, by: By, user: User, act: Act, change: NumberChange, now: Date): Promise<void> {
  await parts.audit.record(by, numberEvent(act, by, user, change), now)
  const { before, after } = change
  const phone = after ?? before
  if (!phone) return
  const isSame = before?.number === after?.number
  const kind = numberKind(act, change)
  const given = after && kind !== 'text-sign-in-off' ? after.number : undefined
  const taken = before && !isSame ? { phone: before } : undefined
  const told = { kind, userId: user.id, detail: maskedForLog(phone.number), phoneType: phone.type, given, taken }
  await tellOfChange(parts, by, told, now)
}

/** The same number that was updated is one that names its person from now on, or no longer. */
function numberKind(act: Act, { before, after }: NumberChange): NoticeKind {
  if (act !== 'updated') return act === 'registered' ? 'phone-added' : 'phone-deleted'
  if (before?.number !== after?.number || after?.type !== 'mobile' || before?.signInWish === after.signInWish) return 'phone-changed'
  return after.signInWish === 'off' ? 'text-sign-in-off' : 'text-sign-in-on'
}

interface AddressChange {
  before?: EmailMethod | undefined
  after?: EmailMethod | undefined
}

export async function recordEmail(parts: Parts, by: By, user: User, act: Act, { before, after }: AddressChange, now: Date): Promise<void> {
  await parts.audit.record(by, emailEvent(act, by, user, { before, after }), now)
  const kinds = { registered: 'email-added', updated: 'email-changed', deleted: 'email-deleted' } as const
  const email = after ?? before
  const taken = before && before.address !== after?.address ? { email: before } : undefined
  const told = { kind: kinds[act], userId: user.id, detail: email && maskedAddress(email.address), given: after?.address, taken }
  await tellOfChange(parts, by, told, now)
}

/** One that is gone opens nothing, so only of a new one its person has to hear. */
export async function recordPass(parts: Parts, by: By, user: User, act: Act, pass: Pass, now: Date): Promise<void> {
  await parts.audit.record(by, passEvent(act, by, user, pass), now)
  if (act !== 'deleted') await tellOfChange(parts, by, { kind: 'pass-added', userId: user.id }, now)
}

export async function recordDefault(
  parts: Parts,
  by: By,
  user: User,
  { from, to }: { from: SecondFactor | undefined; to: SecondFactor },
  now: Date,
): Promise<void> {
  await parts.audit.record(by, defaultMethodEvent(by, user, from, to), now)
  await tellOfChange(parts, by, { kind: 'default-changed', userId: user.id }, now)
}
