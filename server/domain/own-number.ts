import type { Stores, System } from '#server/system.ts'
import { newNumberCharges } from './budget.ts'
import type { Author } from './caller.ts'
import type { CodeMethod } from './challenge.ts'
import { type KeptPhone, keepPhone } from './keep-phone.ts'
import { numberEvent } from './method-events.ts'
import type { Phone } from './phone.ts'
import type { PhoneNumber } from './phone-number.ts'
import type { User } from './user.ts'

/** Whether somebody has another mobile number than this one already. */
export function hasOtherMobile(owned: readonly Phone[], number: PhoneNumber): boolean {
  return owned.some((phone) => phone.type === 'mobile' && phone.number !== number)
}

export interface NewNumber {
  method: CodeMethod
  userId: string
  number: PhoneNumber
  owned: readonly Phone[]
  binding: string
}

/**
 * What keeps people from trying out which numbers are known here; answers for how long it does. Asking again for a code that is on its way costs
 * nothing, and neither does proving the number one has.
 */
export async function payForNewNumber(
  system: Pick<System, 'challenges' | 'budgets' | 'organization' | 'now'>,
  { method, userId, number, owned, binding }: NewNumber,
): Promise<{ retryAfterSeconds: number } | undefined> {
  if (owned.some((phone) => phone.number === number)) return undefined
  const before = await system.challenges.findIn({ method, purpose: 'add-phone', receiver: number, binding })
  if (before && before.expiresAt > system.now()) return undefined
  const [denial] = await system.budgets.take(newNumberCharges(system.organization.id, userId), system.now())
  return denial && { retryAfterSeconds: Math.ceil(denial.retryAfterMs / 1000) }
}

/** Keeps a number that its person has just proven, and writes down that they did it themselves. */
export async function keepOwnNumber(
  stores: Stores,
  by: Author,
  { user, number }: { user: User; number: PhoneNumber },
  now: Date,
): Promise<KeptPhone> {
  const kept = await keepPhone(stores, user, { type: 'mobile', number, extension: undefined, isMfaOnly: false, provenAt: now }, now)
  const { phone: after, before } = kept
  const details = { SmsSignInState: after.state }
  await stores.audit.record(by, numberEvent(before ? 'updated' : 'registered', user, user, { before, after, details }), now)
  return kept
}
