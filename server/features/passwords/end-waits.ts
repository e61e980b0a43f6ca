import type { Caller } from '#server/domain/caller.ts'
import { endPause } from '#server/domain/end-pause.ts'
import { getPersonToManage } from '#server/domain/person-methods.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

/**
 * Somebody who mistyped too often, or was guessed at, may try again at once: their password in every browser, and the codes to
 * their numbers.
 */
export async function endWaits(system: Pick<System, 'inTransaction' | 'now'>, caller: Caller, idOrName: string): Promise<void> {
  if (idOrName === caller.id) refuse('not_on_yourself', { roles: 'Authentication Administrator' })
  await system.inTransaction(async (stores) => {
    const { id, displayName, userPrincipalName } = await getPersonToManage(stores, caller, idOrName, system.now())
    await stores.passwordTries.clearAll(id)
    for (const { number } of await stores.phones.ofUser(id)) await endPause(stores, { method: 'sms' }, number)
    await stores.audit.record(
      caller,
      {
        activity: 'Unlock user account',
        category: 'UserManagement',
        operation: 'Update',
        targets: [{ id, kind: 'User', displayName, userPrincipalName }],
      },
      system.now(),
    )
  })
}
