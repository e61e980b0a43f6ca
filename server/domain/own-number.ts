import type { Stores, System } from '#server/system.ts'
import { newNumberCharges } from './budget.ts'
import type { Author } from './caller.ts'
import { getPhone, type KeptPhone, keepPhone } from './keep-phone.ts'
import type { Phone, PhoneType } from './phone.ts'
import type { PhoneNumber } from './phone-number.ts'
import { recordNumber } from './record-method-change.ts'
import { refuse } from './refusal.ts'
import type { User } from './user.ts'

/** Whether somebody has another number of this type than this one already. */
export function hasOther(owned: readonly Phone[], type: PhoneType, number: PhoneNumber): boolean {
  return owned.some((phone) => phone.type === type && phone.number !== number)
}

export function hasOtherMobile(owned: readonly Phone[], number: PhoneNumber): boolean {
  return hasOther(owned, 'mobile', number)
}

export interface NewNumber {
  /** A mobile, unless it is called. */
  type?: PhoneType
  userId: string
  number: PhoneNumber
  owned: readonly Phone[]
  binding: string
}

/**
 * What keeps people from trying out which numbers are known here; answers for how long it does. A number is new once a day: another code for it,
 * or a call instead, teaches nothing more. Neither does proving the number one has.
 */
export async function payForNewNumber(
  system: Pick<System, 'challenges' | 'calls' | 'budgets' | 'organization' | 'now'>,
  { type = 'mobile', userId, number, owned, binding }: NewNumber,
): Promise<{ retryAfterSeconds: number } | undefined> {
  if (owned.some((phone) => phone.number === number)) return undefined
  // What was asked for stays in its place until it is swept, a day later.
  if (await system.calls.findIn({ purpose: 'add-phone', number, phoneType: type, binding })) return undefined
  if (await system.challenges.findIn({ method: 'sms', purpose: 'add-phone', receiver: number, binding })) return undefined
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
  await writeDown(stores, by, user, kept, now)
  return kept
}

/**
 * The same for one that was proven by a call. A call proves who answers it, not that texts arrive: a mobile that is new here is called, and
 * nothing else until a text has proven it. One that stands here already stays what it was.
 */
export async function keepCalledNumber(
  stores: Stores,
  by: Author,
  { user, type, number, extension }: { user: User; type: PhoneType; number: PhoneNumber; extension: string | undefined },
  now: Date,
): Promise<KeptPhone> {
  const before = await getPhone(stores, user, type, now)
  const isNew = before?.number !== number
  const wanted = { type, number, extension, isMfaOnly: true, isVoiceOnly: type === 'mobile', provenAt: now }
  if (isNew) await keepPhone(stores, user, wanted, now)
  else if (!(await stores.phones.change(user.id, type, { extension, provenAt: now }, now))) refuse('changed_meanwhile')
  const kept = { phone: (await getPhone(stores, user, type, now)) ?? refuse('changed_meanwhile'), before }
  await writeDown(stores, by, user, kept, now)
  return kept
}

async function writeDown(stores: Stores, by: Author, user: User, { phone: after, before }: KeptPhone, now: Date): Promise<void> {
  const details = { SmsSignInState: after.state }
  await recordNumber(stores, { ...by, id: user.id }, user, before ? 'updated' : 'registered', { before, after, details }, now)
}
