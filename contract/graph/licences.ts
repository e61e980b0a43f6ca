import { z } from 'zod'
import type { Queryable } from './queryable.ts'
import { guid } from './texts.ts'

const productsMax = 50
const plansMax = 200

const licenceToAdd = z.strictObject({
  skuId: guid,
  disabledPlans: z
    .array(guid)
    .max(plansMax, { message: `at most ${plansMax} service plans` })
    .optional(),
})

/** Both lists must be there, as in Graph; either may be empty. */
export const licenceChanges = z.strictObject({
  addLicenses: z.array(licenceToAdd).max(productsMax, { message: `at most ${productsMax} licences` }),
  removeLicenses: z.array(guid).max(productsMax, { message: `at most ${productsMax} licences` }),
})

export type LicenceChangesBody = z.infer<typeof licenceChanges>

const servicePlan = z.object({
  servicePlanId: guid,
  servicePlanName: z.string(),
  provisioningStatus: z.enum(['Success', 'Disabled']),
  appliesTo: z.literal('User'),
})

export const subscribedSku = z.object({
  id: z.string(),
  accountId: guid,
  accountName: z.string(),
  appliesTo: z.literal('User'),
  capabilityStatus: z.literal('Enabled'),
  consumedUnits: z.int(),
  prepaidUnits: z.object({ enabled: z.int(), suspended: z.int(), warning: z.int(), lockedOut: z.int() }),
  servicePlans: z.array(servicePlan),
  skuId: guid,
  skuPartNumber: z.string(),
  subscriptionIds: z.array(z.string()),
})

export type SubscribedSkuBody = z.infer<typeof subscribedSku>

export const licenceDetails = z.object({
  id: z.string(),
  skuId: guid,
  skuPartNumber: z.string(),
  servicePlans: z.array(servicePlan),
})

export type LicenceDetailsBody = z.infer<typeof licenceDetails>

/** An organisation has a handful of products, so they are told in one go. */
const chosenOnly = { properties: {}, topMax: 999, topDefault: 999 }

export const subscribedSkus: Queryable = { ...chosenOnly, selectable: Object.keys(subscribedSku.shape) }

export const licenceDetailsOfOne: Queryable = { ...chosenOnly, selectable: Object.keys(licenceDetails.shape) }
