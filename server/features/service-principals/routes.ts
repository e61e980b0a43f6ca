import {
  appRoleAssignment,
  appRoleAssignments,
  type NewAppRoleAssignmentBody,
  type NewPermissionGrantBody,
  newAppRoleAssignment,
  newPermissionGrant,
  onePermissionGrant,
  permissionGrant,
  permissionGrantChanges,
  permissionGrants,
} from '#contract/graph/permission-grants.ts'
import {
  newServicePrincipal,
  oneServicePrincipal,
  servicePrincipal,
  servicePrincipalChanges,
  servicePrincipals,
} from '#contract/graph/service-principals.ts'
import type { ServicePrincipal } from '#server/domain/app.ts'
import { getPermission, sesamApi } from '#server/domain/app-permissions.ts'
import { getObjectId } from '#server/domain/directory-object.ts'
import type { Page } from '#server/domain/query.ts'
import { refuse } from '#server/domain/refusal.ts'
import { list, noContent, one, wholeList } from '#server/http/answers.ts'
import { type Answer, type Call, type Route, route } from '#server/http/route.ts'
import { changeConsent } from './change-consent.ts'
import { getServicePrincipal } from './get-service-principal.ts'
import { giveConsent, type WantedConsent } from './give-consent.ts'
import { givePermission } from './give-permission.ts'
import { letInApp } from './let-in-app.ts'
import { presentConsent, presentRole, presentServicePrincipal } from './present-service-principal.ts'
import { readScopes } from './rules.ts'
import { shutOutApp } from './shut-out-app.ts'
import { switchApp } from './switch-app.ts'
import { takePermission } from './take-permission.ts'
import { withdrawConsent } from './withdraw-consent.ts'

export const servicePrincipalRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/servicePrincipals',
    permission: 'apps.read',
    summary: 'List the apps this organisation lets in, its own and others’',
    queryable: servicePrincipals,
    answers: { status: 200, schema: servicePrincipal, list: true },
    handle: async (call) => answerServicePrincipals(call, await call.system.servicePrincipals.list(call.query)),
  }),
  route({
    method: 'POST',
    path: '/servicePrincipals',
    permission: 'apps.change',
    summary: 'Let an app in: one of one’s own, or one that its organisation shares',
    body: newServicePrincipal,
    answers: { status: 201, schema: servicePrincipal },
    handle: async (call) => {
      const { appId, accountEnabled = true } = call.body
      return answerServicePrincipal(call, await letInApp(call.system, call.caller, appId, accountEnabled), 201)
    },
  }),
  route({
    method: 'GET',
    path: '/servicePrincipals/:id',
    permission: 'apps.read',
    summary: 'Read one app that is let in',
    queryable: oneServicePrincipal,
    answers: { status: 200, schema: servicePrincipal },
    handle: async (call) => answerServicePrincipal(call, await findServicePrincipal(call, getObjectId(call.params.id))),
  }),
  route({
    method: 'PATCH',
    path: '/servicePrincipals/:id',
    permission: 'apps.change',
    summary: 'Switch an app on or off here',
    body: servicePrincipalChanges,
    answers: { status: 204 },
    handle: async ({ system, caller, params, body: { accountEnabled } }) => {
      const id = getObjectId(params.id)
      if (accountEnabled === undefined) await getServicePrincipal(system, id)
      else await switchApp(system, caller, id, accountEnabled)
      return noContent
    },
  }),
  route({
    method: 'DELETE',
    path: '/servicePrincipals/:id',
    permission: 'apps.change',
    summary: 'Let an app in no more; all it was allowed goes with it',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await shutOutApp(system, caller, getObjectId(params.id))
      return noContent
    },
  }),
  route({
    method: 'GET',
    path: '/servicePrincipals/:id/appRoleAssignments',
    permission: 'apps.read',
    summary: 'List what an app may do in its own name',
    queryable: appRoleAssignments,
    answers: { status: 200, schema: appRoleAssignment, list: true },
    handle: async (call) => {
      const holder = await findServicePrincipal(call, getObjectId(call.params.id))
      const held = await call.system.appConsents.rolesOf(holder.id)
      return wholeList(
        call,
        'appRoleAssignments',
        held.map((assignment) => presentRole(assignment, holder)),
      )
    },
  }),
  route({
    method: 'POST',
    path: '/servicePrincipals/:id/appRoleAssignments',
    permission: 'app-roles.change',
    summary: 'Let an app do something in its own name',
    body: newAppRoleAssignment,
    answers: { status: 201, schema: appRoleAssignment },
    handle: async (call) => {
      const id = getObjectId(call.params.id)
      const { assignment, servicePrincipal: holder } = await givePermission(call.system, call.caller, id, wantedRole(call.body, id))
      return one(call, 'appRoleAssignments', presentRole(assignment, holder), 201)
    },
  }),
  route({
    method: 'DELETE',
    path: '/servicePrincipals/:id/appRoleAssignments/:assignmentId',
    permission: 'app-roles.change',
    summary: 'Let an app no longer do something in its own name',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await takePermission(system, caller, getObjectId(params.id), getObjectId(params.assignmentId))
      return noContent
    },
  }),
  route({
    method: 'GET',
    path: '/oauth2PermissionGrants',
    permission: 'consents.read',
    summary: 'List what apps may do in people’s names',
    queryable: permissionGrants,
    answers: { status: 200, schema: permissionGrant, list: true },
    handle: async (call) => list(call, 'oauth2PermissionGrants', await call.system.appConsents.list(call.query), presentConsent),
  }),
  route({
    method: 'GET',
    path: '/oauth2PermissionGrants/:id',
    permission: 'consents.read',
    summary: 'Read one consent',
    queryable: onePermissionGrant,
    answers: { status: 200, schema: permissionGrant },
    handle: async (call) => {
      const id = getObjectId(call.params.id)
      const found = (await call.system.appConsents.find(id)) ?? refuse('object_not_found', { id })
      return one(call, 'oauth2PermissionGrants', presentConsent(found))
    },
  }),
  route({
    method: 'POST',
    path: '/oauth2PermissionGrants',
    permission: 'consents.change',
    summary: 'Consent to what an app may do in everybody’s name, or in one person’s',
    body: newPermissionGrant,
    answers: { status: 201, schema: permissionGrant },
    handle: async (call) => {
      const consent = await giveConsent(call.system, call.caller, wantedConsent(call.body))
      return one(call, 'oauth2PermissionGrants', presentConsent(consent), 201)
    },
  }),
  route({
    method: 'PATCH',
    path: '/oauth2PermissionGrants/:id',
    permission: 'consents.change',
    summary: 'Change what a consent extends to',
    body: permissionGrantChanges,
    answers: { status: 204 },
    handle: async ({ system, caller, params, body }) => {
      await changeConsent(system, caller, getObjectId(params.id), readScopes(body.scope))
      return noContent
    },
  }),
  route({
    method: 'DELETE',
    path: '/oauth2PermissionGrants/:id',
    permission: 'consents.change',
    summary: 'Withdraw a consent',
    answers: { status: 204 },
    handle: async ({ system, caller, params }) => {
      await withdrawConsent(system, caller, getObjectId(params.id))
      return noContent
    },
  }),
]

async function answerServicePrincipals(call: Call<unknown>, page: Page<ServicePrincipal>): Promise<Answer> {
  const facts = await call.system.servicePrincipals.registrationsOf(page.items)
  return list(call, 'servicePrincipals', page, (item) => presentServicePrincipal(item, facts.get(item.appId)))
}

async function answerServicePrincipal(call: Call<unknown>, found: ServicePrincipal, status: 200 | 201 = 200): Promise<Answer> {
  const facts = await call.system.servicePrincipals.registrationsOf([found])
  return one(call, 'servicePrincipals', presentServicePrincipal(found, facts.get(found.appId)), status)
}

/** Our own API can be read like any app. */
async function findServicePrincipal({ system }: Call<unknown>, id: string): Promise<ServicePrincipal> {
  if (id !== sesamApi.id) return getServicePrincipal(system, id)
  const { id: homeTenantId, createdAt } = system.organization
  return { ...sesamApi, homeTenantId, isEnabled: true, createdAt }
}

function wantedRole({ principalId, resourceId, appRoleId }: NewAppRoleAssignmentBody, id: string): string {
  if (principalId !== id) refuse('property_invalid', { property: 'principalId', expected: 'the id in the address' })
  if (resourceId !== sesamApi.id) refuse('resource_unknown', { id: resourceId, known: sesamApi.id })
  return getPermission('Role', appRoleId, 'appRoleId')
}

function wantedConsent({ clientId, consentType, principalId, resourceId, scope }: NewPermissionGrantBody): WantedConsent {
  if (resourceId !== sesamApi.id) refuse('resource_unknown', { id: resourceId, known: sesamApi.id })
  const isForOne = consentType === 'Principal'
  if (isForOne && !principalId) refuse('property_required', { property: 'principalId' })
  if (!isForOne && principalId) refuse('property_invalid', { property: 'principalId', expected: 'null for AllPrincipals' })
  return { servicePrincipalId: clientId, personId: principalId ?? undefined, scopes: readScopes(scope) }
}
