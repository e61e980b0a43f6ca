import type { AppRoleAssignmentBody, PermissionGrantBody } from '#contract/graph/permission-grants.ts'
import type { ServicePrincipalBody } from '#contract/graph/service-principals.ts'
import type { AppFacts, AppRoleAssignment, Consent, ServicePrincipal } from '#server/domain/app.ts'
import { permissionIdOf, permissionsOf, sesamApi } from '#server/domain/app-permissions.ts'
import { isMightyScope } from '#server/domain/permissions.ts'

/** `facts` are what the app's maker says of it; without them the maker deleted it or keeps it to themselves by now. */
export function presentServicePrincipal(servicePrincipal: ServicePrincipal, facts: AppFacts | undefined): ServicePrincipalBody {
  const { id, appId, displayName, homeTenantId, isEnabled, createdAt } = servicePrincipal
  const isOurApi = appId === sesamApi.appId
  const uris = facts ? Object.values(facts.redirectUris).flat() : []
  return {
    id,
    deletedDateTime: null,
    accountEnabled: isEnabled,
    appDescription: facts?.description ?? null,
    appDisplayName: facts?.displayName ?? (isOurApi ? displayName : null),
    appId,
    appOwnerOrganizationId: homeTenantId,
    appRoleAssignmentRequired: false,
    appRoles: isOurApi ? ourRoles() : [],
    createdDateTime: createdAt.toISOString(),
    displayName,
    homepage: facts?.homePageUrl ?? null,
    keyCredentials: [],
    loginUrl: null,
    logoutUrl: facts?.logoutUrl ?? null,
    oauth2PermissionScopes: isOurApi ? ourScopes() : [],
    passwordCredentials: [],
    replyUrls: uris,
    servicePrincipalNames: [appId],
    servicePrincipalType: 'Application',
    signInAudience: facts?.audience ?? null,
    tags: [],
  }
}

function ourScopes(): ServicePrincipalBody['oauth2PermissionScopes'] {
  return permissionsOf('Scope').map(({ id, name }) => ({
    id,
    value: name,
    type: isMightyScope(name) ? 'Admin' : 'User',
    isEnabled: true,
    adminConsentDisplayName: name,
    adminConsentDescription: `Use ${name} in the name of whoever signed in`,
    userConsentDisplayName: null,
    userConsentDescription: null,
  }))
}

function ourRoles(): ServicePrincipalBody['appRoles'] {
  return permissionsOf('Role').map(({ id, name }) => ({
    id,
    value: name,
    allowedMemberTypes: ['Application'],
    displayName: name,
    description: `Use ${name} in the app's own name`,
    isEnabled: true,
    origin: 'Application',
  }))
}

export function presentConsent({ id, servicePrincipalId, personId, scopes }: Consent): PermissionGrantBody {
  return {
    id,
    clientId: servicePrincipalId,
    consentType: personId === undefined ? 'AllPrincipals' : 'Principal',
    principalId: personId ?? null,
    resourceId: sesamApi.id,
    scope: scopes.join(' '),
  }
}

export function presentRole({ id, role, createdAt }: AppRoleAssignment, servicePrincipal: ServicePrincipal): AppRoleAssignmentBody {
  return {
    id,
    deletedDateTime: null,
    appRoleId: permissionIdOf('Role', role),
    createdDateTime: createdAt.toISOString(),
    principalDisplayName: servicePrincipal.displayName,
    principalId: servicePrincipal.id,
    principalType: 'ServicePrincipal',
    resourceDisplayName: sesamApi.displayName,
    resourceId: sesamApi.id,
  }
}
