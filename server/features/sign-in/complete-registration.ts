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
}

/** One thing more is registered: the sign-in goes on to what is left, or to its app. */
export async function completeRegistration(
  stores: Stores,
  pending: PendingInteraction,
  { held, by, user, isDemanded }: Completion,
  now: Date,
): Promise<Due | undefined> {
  const due = await concludeHeld(stores, pending, held, { now, mayOffer: false })
  if (isDemanded && due !== 'register') await stores.audit.record(by, registrationEvent('completed', user, {}), now)
  return due
}
