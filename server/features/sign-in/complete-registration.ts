import type { Author } from '#server/domain/caller.ts'
import type { HeldProof } from '#server/domain/interaction.ts'
import { registrationEvent } from '#server/domain/method-events.ts'
import type { User } from '#server/domain/user.ts'
import type { PendingInteraction } from '#server/oidc/interactions.ts'
import type { Stores } from '#server/system.ts'
import { concludeHeld } from './conclude.ts'
import type { Due } from './rules.ts'

export interface Completion {
  held: HeldProof
  by: Author
  user: User
  /** Policy asked for it; of what a campaign would like there is no all. */
  isDemanded: boolean
  /** What was proven by registering it: it need not be proven again for what comes after. */
  proven: 'sms' | 'tel' | undefined
}

/** One thing more is registered: the sign-in goes on to what is left, or to its app. */
export async function completeRegistration(
  stores: Stores,
  pending: PendingInteraction,
  { held, by, user, isDemanded, proven }: Completion,
  now: Date,
): Promise<Due | undefined> {
  const more = { ...held, enrolled: [...(held.enrolled ?? []), ...(proven ? [proven] : [])] }
  const due = await concludeHeld(stores, pending, more, { now, mayOffer: false, needsTwoFactors: pending.view.needsTwoFactors })
  if (isDemanded && due !== 'register') await stores.audit.record(by, registrationEvent('completed', user, {}), now)
  return due
}
