import {
  authenticationMethodsPolicy,
  authenticationMethodsPolicyAsked,
  authenticationMethodsPolicyChanges,
} from '#contract/graph/authentication-methods-policy.ts'
import { methodConfiguration, methodConfigurationChanges, methodConfigurations } from '#contract/graph/method-configurations.ts'
import { methodLicensing, methodLicensingChanges } from '#contract/graph/method-licensing.ts'
import { affectedPeople, affectedPeopleAsked, affectedPerson, policyPreview } from '#contract/graph/policy-effects.ts'
import type { PolicyId } from '#contract/method-ids.ts'
import type { AffectedPerson, Reach } from '#server/domain/policy-effect.ts'
import { list, noContent, one, wholeList } from '#server/http/answers.ts'
import { type Answer, type Call, type Route, route } from '#server/http/route.ts'
import { changeConfiguration } from './change-configuration.ts'
import { changeLicensing } from './change-licensing.ts'
import { changePolicy } from './change-policy.ts'
import { listAffectedPeople } from './list-affected-people.ts'
import { presentConfiguration, presentConfigurations, presentPolicy } from './present-policy.ts'
import { previewConfiguration } from './preview-configuration.ts'
import { previewLicensing } from './preview-licensing.ts'
import { type Licensing, readLicensing } from './read-licensing.ts'
import { readPolicy } from './read-policy.ts'
import { resetConfiguration } from './reset-configuration.ts'
import { policyIdOf } from './rules.ts'

const policyPath = '/policies/authenticationMethodsPolicy'
const configurationsPath = `${policyPath}/authenticationMethodConfigurations`
const configurationsKind = 'policies/authenticationMethodsPolicy/authenticationMethodConfigurations'

export const methodPolicyRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: policyPath,
    permission: 'methods-policy.read',
    summary: 'Read which methods people may use, and who may use each',
    queryable: authenticationMethodsPolicyAsked,
    answers: { status: 200, schema: authenticationMethodsPolicy },
    handle: async (call) => one(call, 'policies/authenticationMethodsPolicy', presentPolicy(await readPolicy(call.system), version(call))),
  }),
  route({
    method: 'PATCH',
    path: policyPath,
    permission: 'methods-policy.change',
    summary: 'Change what is decided for all methods together',
    body: authenticationMethodsPolicyChanges,
    answers: { status: 204 },
    handle: async (call) => {
      const policy = await changePolicy(call.system, call.caller, call.body)
      return changed(call, () => one(call, 'policies/authenticationMethodsPolicy', presentPolicy(policy, version(call))))
    },
  }),
  route({
    method: 'GET',
    path: configurationsPath,
    permission: 'methods-policy.read',
    summary: 'List the methods, and who may use each',
    answers: { status: 200, schema: methodConfiguration, list: true },
    handle: async (call) =>
      wholeList(call, configurationsKind, presentConfigurations(await call.system.methodPolicies.all(), version(call))),
  }),
  route({
    method: 'GET',
    path: `${configurationsPath}/:id`,
    permission: 'methods-policy.read',
    summary: 'Read who may use one method',
    answers: { status: 200, schema: methodConfiguration },
    handle: async (call) => {
      const policyId = policyIdOf(call.params.id ?? '')
      return one(call, configurationsKind, presentConfiguration(policyId, await call.system.methodPolicies.find(policyId)))
    },
  }),
  route({
    method: 'PATCH',
    path: `${configurationsPath}/:id`,
    permission: 'methods-policy.change',
    summary: 'Turn a method on or off, and say who may use it',
    body: methodConfigurationChanges,
    answers: { status: 204 },
    handle: async (call) => {
      const policyId = policyIdOf(call.params.id ?? '')
      const policy = await changeConfiguration(call.system, call.caller, policyId, call.body)
      return changed(call, () => one(call, configurationsKind, presentConfiguration(policyId, policy)))
    },
  }),
  route({
    method: 'DELETE',
    path: `${configurationsPath}/:id`,
    permission: 'methods-policy.change',
    summary: 'Set a method back to what a new organisation has',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await resetConfiguration(system, caller, policyIdOf(params.id ?? ''))
      return noContent
    },
  }),
]

/** What Graph has no address for: licences, and a look before saving. */
export const methodPolicyOwnRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/methodPolicies/sms/licensing',
    permission: 'methods-policy.read',
    summary: 'Count whom the text-message policy is for, and who of them holds a licence',
    answers: { status: 200, schema: methodLicensing },
    handle: async (call) => one(call, 'methodPolicies/licensing', presentLicensing(await readLicensing(call.system))),
  }),
  route({
    method: 'PATCH',
    path: '/methodPolicies/sms/licensing',
    permission: 'methods-policy.change',
    summary: 'Decide what a missing licence means: nothing, a warning, or no sign-in',
    body: methodLicensingChanges,
    answers: { status: 204 },
    handle: async (call) => {
      await changeLicensing(call.system, call.caller, call.body.mode)
      return changed(call, async () => one(call, 'methodPolicies/licensing', presentLicensing(await readLicensing(call.system))))
    },
  }),
  route({
    method: 'POST',
    path: '/methodPolicies/sms/licensing/preview',
    permission: 'methods-policy.change',
    summary: 'Count who would gain and lose what if a missing licence meant something else, without saving it',
    body: methodLicensingChanges,
    answers: { status: 200, schema: policyPreview },
    handle: async (call) => preview(call, 'sms', await previewLicensing(call.system, call.body.mode, exactness(call))),
  }),
  route({
    method: 'POST',
    path: '/methodPolicies/:id/preview',
    permission: 'methods-policy.change',
    summary: 'Count whom a policy would be for, and who would gain and lose what, without saving it',
    body: methodConfigurationChanges,
    answers: { status: 200, schema: policyPreview },
    handle: async (call) => {
      const policyId = policyIdOf(call.params.id ?? '')
      return preview(call, policyId, await previewConfiguration(call.system, policyId, call.body, exactness(call)))
    },
  }),
  route({
    method: 'POST',
    path: '/methodPolicies/:id/preview/people',
    permission: 'methods-policy.change',
    summary: 'List who would gain or lose something if a policy were saved; the next page is asked for with the same body',
    body: affectedPeopleAsked,
    queryable: affectedPeople,
    answers: { status: 200, schema: affectedPerson, list: true },
    handle: async (call) => {
      const people = await listAffectedPeople(call.system, policyIdOf(call.params.id ?? ''), call.body, call.query)
      return list(call, 'methodPolicies/preview/people', people, presentPerson)
    },
  }),
]

function version({ base }: Call<unknown>): { beta: boolean } {
  return { beta: base.endsWith('/beta') }
}

/** 204, as Graph answers today; its documentation promises the object, which who wants it asks for. */
async function changed(call: Call<unknown>, object: () => Answer | Promise<Answer>): Promise<Answer> {
  if (!call.prefers.has('return=representation')) return noContent
  return { ...(await object()), headers: { 'Preference-Applied': 'return=representation' } }
}

function presentLicensing({ mode, inScope, licensed, skus }: Licensing) {
  return {
    id: 'sms',
    mode,
    inScope,
    licensed,
    short: inScope - licensed,
    qualifyingLicenses: skus.map(({ id, partNumber, enabledUnits, consumedUnits }) => ({
      skuId: id,
      skuPartNumber: partNumber,
      enabledUnits,
      consumedUnits,
    })),
  }
}

/** Many are only counted to the end for who wants to wait. */
function exactness({ prefers }: Call<unknown>): 'quickly' | 'exactly' {
  return prefers.has('count=exact') ? 'exactly' : 'quickly'
}

function preview(call: Call<unknown>, policyId: PolicyId, { inScope, licensed, ...counts }: Reach): Answer {
  const { id } = methodConfigurations[policyId]
  const answer = one(call, 'methodPolicies/preview', { id, inScope, licensed, short: inScope - licensed, ...counts })
  return exactness(call) === 'exactly' ? { ...answer, headers: { 'Preference-Applied': 'count=exact' } } : answer
}

function presentPerson({ department, ...person }: AffectedPerson) {
  return { ...person, department: department ?? null }
}
