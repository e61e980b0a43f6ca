import type { Stores } from '#server/system.ts'
import type { EmailAddress } from './email-address.ts'
import type { EmailMethod } from './email-method.ts'
import { refuse } from './refusal.ts'
import type { User } from './user.ts'

export interface KeptAddress {
  email: EmailMethod
  before: EmailMethod | undefined
}

/** Keeps an address, in the place of the one there is. */
export async function keepAddress(
  { emailMethods }: Pick<Stores, 'emailMethods'>,
  user: User,
  address: EmailAddress,
  provenAt: Date | undefined,
  now: Date,
): Promise<KeptAddress> {
  const before = await emailMethods.ofUser(user.id)
  const wanted = { userId: user.id, address, provenAt }
  const kept = before ? await emailMethods.change(wanted, now) : await emailMethods.add(wanted, now)
  if (!kept) refuse('changed_meanwhile')
  return { email: (await emailMethods.ofUser(user.id)) ?? refuse('changed_meanwhile'), before }
}
