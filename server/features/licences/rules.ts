import type { CountedSku, HeldLicence } from '#server/domain/licence.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { User } from '#server/domain/user.ts'

export interface WantedLicences {
  add: readonly HeldLicence[]
  remove: readonly string[]
}

type Known = ReadonlyMap<string, CountedSku>

/** Refuses the whole change for whatever is wrong with any part of it, before anything is written. */
export function refuseUnfitting(wanted: WantedLicences, held: readonly HeldLicence[], skus: Known, user: User): void {
  const { add, remove } = wanted
  if (add.length + remove.length === 0) refuse('licence_change_empty')
  refuseTwice([...add.map(({ skuId }) => skuId), ...remove])
  for (const licence of add) refuseUnknown(licence, skus)
  for (const skuId of remove) {
    if (!held.some((licence) => licence.skuId === skuId)) refuse('licence_not_held', { id: skuId })
  }
  if (add.length > 0 && !user.usageLocation) refuse('usage_location_missing', { property: 'usageLocation' })
  for (const { skuId } of add) {
    if (!held.some((licence) => licence.skuId === skuId)) refuseSoldOut(skus.get(skuId))
  }
}

function refuseTwice(skuIds: readonly string[]): void {
  const twice = skuIds.find((id, index) => skuIds.indexOf(id) !== index)
  if (twice) refuse('licence_named_twice', { id: twice })
}

function refuseUnknown({ skuId, disabledPlans }: HeldLicence, skus: Known): void {
  const sku = skus.get(skuId) ?? refuse('licence_unknown', { id: skuId, property: 'addLicenses' })
  const stray = disabledPlans.find((id) => !sku.plans.some((plan) => plan.id === id))
  if (stray) refuse('licence_plan_unknown', { id: stray, sku: sku.partNumber, property: 'addLicenses' })
}

function refuseSoldOut(sku: CountedSku | undefined): void {
  if (!sku || sku.consumedUnits < sku.enabledUnits) return
  refuse('licences_used_up', { sku: sku.partNumber, enabled: String(sku.enabledUnits), consumed: String(sku.consumedUnits) })
}

/** What the person holds when the change is done. */
export function heldAfter({ add, remove }: WantedLicences, held: readonly HeldLicence[]): HeldLicence[] {
  const touched = new Set([...add.map(({ skuId }) => skuId), ...remove])
  return [...held.filter(({ skuId }) => !touched.has(skuId)), ...add]
}

/** Licences as a reader of the audit log knows them: by part number, with what is switched off behind it. */
export function shownLicences(licences: readonly HeldLicence[], skus: Known): string | null {
  const shown = licences.map(({ skuId, disabledPlans }) => {
    const sku = skus.get(skuId)
    const without = disabledPlans.map((id) => sku?.plans.find((plan) => plan.id === id)?.name ?? id).sort()
    return (sku?.partNumber ?? skuId) + (without.length > 0 ? ` (without ${without.join(', ')})` : '')
  })
  return shown.length === 0 ? null : shown.sort().join('; ')
}
