import type { Caller } from '#server/domain/caller.ts'
import { requireMay } from '#server/domain/decide.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { heldAfter, refuseUnfitting, shownLicences, type WantedLicences } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

/** All of it happens or none. The count is read in the same transaction, so the last licence is given once however many ask. */
export async function changeLicences(system: Needs, caller: Caller, idOrName: string, wanted: WantedLicences): Promise<string> {
  return system.inTransaction(async ({ users, authority, licences, audit }) => {
    const user = (await users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
    requireMay(caller, ['assign-licence'], await authority.targetOf(user.id), system.now())
    const held = await licences.ofUser(user.id)
    const skus = await licences.findSkus([...held, ...wanted.add].map(({ skuId }) => skuId))
    refuseUnfitting(wanted, held, skus, user)

    for (const { skuId, disabledPlans } of wanted.add) await licences.assign(user.id, skuId, disabledPlans, system.now())
    for (const skuId of wanted.remove) await licences.remove(user.id, skuId)
    const { id, displayName, userPrincipalName } = user
    const from = shownLicences(held, skus)
    const to = shownLicences(heldAfter(wanted, held), skus)
    await audit.record(
      caller,
      {
        activity: 'Change user license',
        category: 'UserManagement',
        operation: 'Update',
        targets: [{ id, kind: 'User', displayName, userPrincipalName, changed: [{ name: 'assignedLicenses', from, to }] }],
      },
      system.now(),
    )
    return id
  })
}
