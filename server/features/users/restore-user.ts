import type { Caller } from '#server/domain/caller.ts'
import { requireMay } from '#server/domain/decide.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User } from '#server/domain/user.ts'
import { refuseForeignDomain } from '#server/domain/user-changes.ts'
import type { Stores, System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/**
 * Brings a person back as they were: their groups, units and roles stayed with them, and so did their licences and the number they sign in
 * with where nobody else took them meanwhile. A new name helps where theirs was taken.
 */
export async function restoreUser(system: Needs, caller: Caller, id: string, newName: string | undefined): Promise<User> {
  return system.inTransaction(async ({ users, authority, licences, domains, phones, audit }) => {
    const user = (await users.findDeleted(id)) ?? refuse('object_not_found', { id })
    requireMay(caller, ['delete-or-restore'], await authority.targetOf(user.id), system.now())
    const name = newName ?? user.userPrincipalName
    refuseForeignDomain(name, await domains.all())
    if (await users.find(name)) refuse('upn_taken_meanwhile', { property: 'userPrincipalName' })

    const lost = await takeUsedUp(licences, user.id)
    await users.restore(user.id, name)
    await phones.claimAgain(user.id, system.now())
    await audit.record(
      caller,
      {
        activity: 'Restore user',
        category: 'UserManagement',
        operation: 'Update',
        targets: [
          {
            id: user.id,
            kind: 'User',
            displayName: user.displayName,
            userPrincipalName: name,
            ...(lost.length > 0 && { changed: [{ name: 'assignedLicenses', from: lost.join('; '), to: null }] }),
          },
        ],
      },
      system.now(),
    )
    return (await users.find(user.id)) ?? refuse('changed_meanwhile')
  })
}

/** While they were away others may have got their licences; nobody has more than were bought. */
async function takeUsedUp(licences: Stores['licences'], id: string): Promise<string[]> {
  const held = await licences.ofUser(id)
  const skus = [...(await licences.findSkus(held.map(({ skuId }) => skuId))).values()]
  const usedUp = skus.filter(({ consumedUnits, enabledUnits }) => consumedUnits >= enabledUnits)
  for (const sku of usedUp) await licences.remove(id, sku.id)
  return usedUp.map(({ partNumber }) => partNumber)
}
