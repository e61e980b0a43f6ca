import type { SubscribedSkuBody } from '#contract/graph/licences.ts'
import { skus } from '#contract/graph/skus.ts'

/** What people call a product; the API knows it by its part number. */
export function nameOfProduct({ skuId, skuPartNumber }: Pick<SubscribedSkuBody, 'skuId' | 'skuPartNumber'>): string {
  return skus.find(({ id }) => id === skuId)?.displayName ?? skuPartNumber
}

export function seatsLeft({ prepaidUnits, consumedUnits }: Pick<SubscribedSkuBody, 'prepaidUnits' | 'consumedUnits'>): number {
  return prepaidUnits.enabled - consumedUnits
}
