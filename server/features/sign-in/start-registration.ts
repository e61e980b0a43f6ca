import { registrationEvent } from '#server/domain/method-events.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { authorOf, type Registrant } from './rules.ts'

/** Somebody goes along with being asked. Nothing else changes; that it began is worth knowing when it did not end well. */
export async function startRegistration(
  system: Pick<System, 'inTransaction' | 'now'>,
  registrant: Registrant,
  asked: readonly string[],
): Promise<void> {
  await system.inTransaction(async ({ users, audit }) => {
    const user = (await users.find(registrant.userId)) ?? refuse('changed_meanwhile')
    await audit.record(authorOf(user, registrant), registrationEvent('started', user, { Methods: asked.join(', ') }), system.now())
  })
}
