import {
  authenticationMethodsPolicy,
  authenticationMethodsPolicyAsked,
  authenticationMethodsPolicyChanges,
} from '#contract/graph/authentication-methods-policy.ts'
import { methodConfiguration, methodConfigurationChanges, methodConfigurations } from '#contract/graph/method-configurations.ts'
import { methodLicensing, methodLicensingChanges } from '#contract/graph/method-licensing.ts'
import {
  affectedPeople,
  affectedPeopleAsked,
  affectedPerson,
  policyChangeMade,
  policyPreview,
  undoState,
} from '#contract/graph/policy-effects.ts'
import type { PolicyId } from '#contract/method-ids.ts'
import type { MethodPolicy } from '#server/domain/method-policy.ts'
import { missingFor } from '#server/domain/permissions.ts'
import type { AffectedPerson, Reach } from '#server/domain/policy-effect.ts'
import { refuse } from '#server/domain/refusal.ts'
import { list, noContent, one, wholeList } from '#server/http/answers.ts'
import { type Answer, type Call, type Route, route } from '#server/http/route.ts'
import { message } from '#server/locale.ts'
import { versionOf } from './canonical.ts'
import { changeConfiguration } from './change-configuration.ts'
import { changeLicensing } from './change-licensing.ts'
import { changePolicy } from './change-policy.ts'
import { type Hindrance, judgeUndo } from './judge-undo.ts'
import { listAffectedPeople } from './list-affected-people.ts'
import { listChanges, type PolicyChangeMade } from './list-changes.ts'
import { presentConfiguration, presentConfigurations, presentPolicy, type WholePolicy } from './present-policy.ts'
import { previewConfiguration } from './preview-configuration.ts'
import { previewLicensing } from './preview-licensing.ts'
import { type Licensing, readLicensing } from './read-licensing.ts'
import { readPolicy } from './read-policy.ts'
import { resetConfiguration } from './reset-configuration.ts'
import { policyIdOf } from './rules.ts'
import { undoChange } from './undo-change.ts'
import { actorName } from './undo-rules.ts'

const wholePolicyId = 'authenticationMethodsPolicy'
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
    handle: async (call) => wholePolicy(call, await readPolicy(call.system)),
  }),
  route({
    method: 'PATCH',
    path: policyPath,
    permission: 'methods-policy.change',
    summary: 'Change what is decided for all methods together',
    body: authenticationMethodsPolicyChanges,
    answers: { status: 204 },
    handle: async (call) => {
      const policy = await changePolicy(call.system, call.caller, call.body, call.ifMatch)
      return changed(call, () => wholePolicy(call, policy))
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
      return configuration(call, policyId, await call.system.methodPolicies.find(policyId))
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
      const policy = await changeConfiguration(call.system, call.caller, policyId, call.body, call.ifMatch)
      return changed(call, () => configuration(call, policyId, policy))
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
  route({
    method: 'GET',
    path: '/methodPolicies/:id/changes',
    permission: 'methods-policy.read',
    summary: 'List the newest changes of one method, or of authenticationMethodsPolicy, and which of them can be undone',
    answers: { status: 200, schema: policyChangeMade, list: true },
    handle: async (call) => {
      const id = call.params.id ?? ''
      const targetId = id === wholePolicyId ? id : methodConfigurations[policyIdOf(id)].id
      const changes = await listChanges(call.system, targetId)
      return wholeList(
        call,
        'methodPolicies/changes',
        changes.map((change) => presentChange(call, change)),
      )
    },
  }),
  route({
    method: 'GET',
    path: '/auditLogs/directoryAudits/:id/undo',
    permission: 'methods-policy.read',
    summary: 'Read whether what an entry of the audit log tells of can be undone, and if not, why not',
    answers: { status: 200, schema: undoState },
    handle: async (call) => {
      const id = call.params.id ?? ''
      const event = (await call.system.audit.find(id)) ?? refuse('object_not_found', { id })
      return one(call, 'auditLogs/directoryAudits/undo', undoStateOf(call, event.id, (await judgeUndo(call.system, event)).hindrance))
    },
  }),
  route({
    method: 'POST',
    path: '/auditLogs/directoryAudits/:id/undo',
    permission: 'methods-policy.change',
    summary: 'Set back what an entry of the audit log changed of the methods policy, if nothing changed it since',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await undoChange(system, caller, params.id ?? '')
      return noContent
    },
  }),
]

/** What was shown is named by its version, which a change can be bound to. */
function wholePolicy(call: Call<unknown>, policy: WholePolicy): Answer {
  const etag = versionOf(policy.settings)
  const answer = one(call, 'policies/authenticationMethodsPolicy', { '@odata.etag': etag, ...presentPolicy(policy, version(call)) })
  return { ...answer, headers: { ETag: etag } }
}

function configuration(call: Call<unknown>, policyId: PolicyId, policy: MethodPolicy): Answer {
  const shown = presentConfiguration(policyId, policy)
  const etag = versionOf(shown)
  return { ...one(call, configurationsKind, { '@odata.etag': etag, ...shown }), headers: { ETag: etag } }
}

function presentChange(call: Call<unknown>, { event, hindrance }: PolicyChangeMade) {
  const { id, happenedAt, targets, details } = event
  return {
    ...undoStateOf(call, id, hindrance),
    activityDateTime: happenedAt.toISOString(),
    changedBy: actorName(event),
    undoes: details.undoes ?? null,
    modifiedProperties: (targets[0]?.changed ?? []).map(({ name, from, to }) => ({ displayName: name, oldValue: from, newValue: to })),
  }
}

/** What would be refused is told beforehand, in the same words. */
function undoStateOf({ caller, system, locale }: Call<unknown>, id: string, hindrance: Hindrance | undefined) {
  const missing = missingFor(caller, 'methods-policy.change', system.now())
  const because = missing
    ? { code: missing.because, details: { roles: missing.roles.join(', '), scopes: missing.scopes.join(', ') } }
    : hindrance
  if (!because) return { id, canUndo: true, because: null }
  const { code, details } = because
  const event = hindrance?.details.event ?? null
  return { id, canUndo: false, because: { code, message: message(locale, `refusals.${code}`, details), event } }
}

function version({ base }: Call<unknown>): { beta: boolean } {
  return { beta: base.endsWith('/beta') }
}

/** 204, as Graph answers today; its documentation promises the object, which who wants it asks for. */
async function changed(call: Call<unknown>, object: () => Answer | Promise<Answer>): Promise<Answer> {
  if (!call.prefers.has('return=representation')) return noContent
  const answer = await object()
  return { ...answer, headers: { ...answer.headers, 'Preference-Applied': 'return=representation' } }
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
