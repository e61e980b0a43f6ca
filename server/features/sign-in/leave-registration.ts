import { registrationEvent } from '#server/domain/method-events.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { PendingInteraction } from '#server/oidc/interactions.ts'
import type { System } from '#server/system.ts'
import { authorOf, type Registrant } from './rules.ts'

/** Somebody would rather not set up what they have to: they are not signed in, and the app hears so. */
export async function leaveRegistration(
  system: Pick<System, 'inTransaction' | 'now'>,
  pending: Pick<PendingInteraction, 'giveUp'>,
  registrant: Registrant,
  { asked, attemptId }: { asked: readonly string[]; attemptId: string },
): Promise<void> {
  await system.inTransaction(async (stores) => {
    const user = (await stores.users.find(registrant.userId)) ?? refuse('changed_meanwhile')
    await stores.audit.record(authorOf(user, registrant), registrationEvent('canceled', user, { Methods: asked.join(', ') }), system.now())
    await stores.signIns.close(attemptId, 50079)
    await pending.giveUp(stores, 'access_denied')
  })
}
