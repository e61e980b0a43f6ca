import {
  type LicenceChangesBody,
  type LicenceDetailsBody,
  licenceChanges,
  licenceDetails,
  licenceDetailsOfOne,
  type SubscribedSkuBody,
  subscribedSku,
  subscribedSkus,
} from '#contract/graph/licences.ts'
import { user, usualUserProperties } from '#contract/graph/users.ts'
import type { CountedSku, HeldLicence, ServicePlan } from '#server/domain/licence.ts'
import { refuse } from '#server/domain/refusal.ts'
import { one, wholeList } from '#server/http/answers.ts'
import { presentUser } from '#server/http/graph-user.ts'
import { type Answer, type Call, forSelfToo, type Route, route } from '#server/http/route.ts'
import { changeLicences } from './change-licences.ts'
import type { WantedLicences } from './rules.ts'

export const licenceRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/subscribedSkus',
    permission: 'licences.read',
    summary: 'List the products the organisation has bought',
    queryable: subscribedSkus,
    answers: { status: 200, schema: subscribedSku, list: true },
    handle: async (call) => {
      const bought = await call.system.licences.skus()
      return wholeList(
        call,
        'subscribedSkus',
        bought.map((sku) => presentSku(call, sku)),
      )
    },
  }),
  route({
    method: 'GET',
    path: '/subscribedSkus/:id',
    permission: 'licences.read',
    summary: 'Read one product',
    queryable: subscribedSkus,
    answers: { status: 200, schema: subscribedSku },
    handle: async (call) => sku(call, call.params.id ?? ''),
  }),
  route({
    method: 'POST',
    path: '/users/:id/assignLicense',
    permission: 'licences.assign',
    summary: 'Give a person licences, change them or take them back',
    body: licenceChanges,
    answers: { status: 200, schema: user },
    handle: async (call) => {
      const id = await changeLicences(call.system, call.caller, call.params.id ?? '', wantedLicences(call.body))
      return licensed(call, id)
    },
  }),
  ...forSelfToo(
    'me.read',
    route({
      method: 'GET',
      path: '/users/:id/licenseDetails',
      permission: 'users.licences.read',
      summary: 'List the licences of a person',
      queryable: licenceDetailsOfOne,
      answers: { status: 200, schema: licenceDetails, list: true },
      handle: async (call) => detailsOf(call, call.params.id ?? ''),
    }),
  ),
]

function wantedLicences({ addLicenses, removeLicenses }: LicenceChangesBody): WantedLicences {
  const add = addLicenses.map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans: [...new Set(disabledPlans)] }))
  return { add, remove: removeLicenses }
}

/** As in Graph, one product's id is the organisation's and the product's own joined together. */
async function sku(call: Call<unknown>, id: string): Promise<Answer> {
  const [tenant, skuId = '', ...rest] = id.toLowerCase().split('_')
  const isOurs = tenant === call.system.organization.id && rest.length === 0
  const found = (isOurs ? await call.system.licences.findSku(skuId) : undefined) ?? refuse('object_not_found', { id })
  return one(call, 'subscribedSkus', presentSku(call, found))
}

async function licensed(call: Call<unknown>, id: string): Promise<Answer> {
  const { users, licences } = call.system
  const found = (await users.find(id)) ?? refuse('object_not_found', { id })
  const shown = [...usualUserProperties, 'accountEnabled', 'assignedLicenses', 'usageLocation']
  return one(call, 'users', presentUser(found, shown, await licences.ofUser(found.id)))
}

async function detailsOf(call: Call<unknown>, idOrName: string): Promise<Answer> {
  const { users, licences } = call.system
  const found = (await users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
  const held = await licences.ofUser(found.id)
  const bought = await licences.findSkus(held.map(({ skuId }) => skuId))
  const details = held.flatMap((licence) => {
    const product = bought.get(licence.skuId)
    return product ? [presentDetails(found.id, licence, product)] : []
  })
  return wholeList(call, `users('${found.id}')/licenseDetails`, details)
}

function presentSku({ system }: Call<unknown>, { id, partNumber, plans, enabledUnits, consumedUnits }: CountedSku): SubscribedSkuBody {
  const { organization } = system
  return {
    id: `${organization.id}_${id}`,
    accountId: organization.id,
    accountName: organization.displayName,
    appliesTo: 'User',
    capabilityStatus: 'Enabled',
    consumedUnits,
    prepaidUnits: { enabled: enabledUnits, suspended: 0, warning: 0, lockedOut: 0 },
    servicePlans: plans.map((plan) => presentPlan(plan, [])),
    skuId: id,
    skuPartNumber: partNumber,
    subscriptionIds: [],
  }
}

function presentDetails(userId: string, { skuId, disabledPlans }: HeldLicence, { partNumber, plans }: CountedSku): LicenceDetailsBody {
  return {
    id: `${userId}_${skuId}`,
    skuId,
    skuPartNumber: partNumber,
    servicePlans: plans.map((plan) => presentPlan(plan, disabledPlans)),
  }
}

function presentPlan({ id, name }: ServicePlan, disabled: readonly string[]): SubscribedSkuBody['servicePlans'][number] {
  return {
    servicePlanId: id,
    servicePlanName: name,
    provisioningStatus: disabled.includes(id) ? 'Disabled' : 'Success',
    appliesTo: 'User',
  }
}
