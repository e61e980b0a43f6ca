import type { Stores, System } from '#server/system.ts'
import { newReceiverCharges } from './budget.ts'
import type { Author } from './caller.ts'
import { addressKey, type EmailAddress } from './email-address.ts'
import type { EmailMethod } from './email-method.ts'
import { type KeptAddress, keepAddress } from './keep-address.ts'
import { recordEmail } from './record-method-change.ts'
import type { User } from './user.ts'

export function isSameAddress(one: EmailAddress, other: EmailAddress): boolean {
  return addressKey(one) === addressKey(other)
}

export interface NewAddress {
  userId: string
  address: EmailAddress
  owned: EmailMethod | undefined
  binding: string
}

/**
 * What keeps people from having codes sent to whomever they like; answers for how long it does. An address is new once a day, and one's own
 * never is.
 */
export async function payForNewAddress(
  system: Pick<System, 'challenges' | 'budgets' | 'organization' | 'now'>,
  { userId, address, owned, binding }: NewAddress,
): Promise<{ retryAfterSeconds: number } | undefined> {
  if (owned && isSameAddress(owned.address, address)) return undefined
  // What was asked for stays in its place until it is swept, a day later.
  if (await system.challenges.findIn({ method: 'email', purpose: 'add-email', receiver: address, binding })) return undefined
  const [denial] = await system.budgets.take(newReceiverCharges('address', system.organization.id, userId), system.now())
  return denial && { retryAfterSeconds: Math.ceil(denial.retryAfterMs / 1000) }
}

/** Keeps an address that its person has just proven, and writes down that they did it themselves. */
export async function keepOwnAddress(
  stores: Stores,
  by: Author,
  { user, address }: { user: User; address: EmailAddress },
  now: Date,
): Promise<KeptAddress> {
  const kept = await keepAddress(stores, user, address, now, now)
  const { email, before } = kept
  await recordEmail(stores, { ...by, id: user.id }, user, before ? 'updated' : 'registered', { before, after: email }, now)
  return kept
}
