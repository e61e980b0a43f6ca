import type { ApplicationBody, PasswordCredentialBody } from '#contract/graph/applications.ts'
import type { App, AppFacts, AppKey, AppSecret } from '#server/domain/app.ts'
import { type PermissionKind, permissionIdOf, sesamApi } from '#server/domain/app-permissions.ts'

/** A registration in Graph's words; `tokenSigningAlgorithm` and `web/backChannelLogoutUri` are ours. */
export function presentApp(app: App, publisherDomain: string | undefined): ApplicationBody {
  return {
    id: app.id,
    deletedDateTime: null,
    appId: app.appId,
    api: {
      acceptMappedClaims: null,
      knownClientApplications: [],
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
      requestedAccessTokenVersion: 2,
    },
    appRoles: [],
    createdDateTime: app.createdAt.toISOString(),
    description: app.description ?? null,
    displayName: app.displayName,
    identifierUris: [],
    isFallbackPublicClient: app.isFallbackPublicClient,
    keyCredentials: app.keys.map(presentKey),
    passwordCredentials: app.secrets.map((secret) => presentSecret(secret, null)),
    publicClient: { redirectUris: [...app.redirectUris.publicClient] },
    publisherDomain: publisherDomain ?? null,
    requiredResourceAccess: requiredAccess(app),
    signInAudience: app.audience,
    spa: { redirectUris: [...app.redirectUris.spa] },
    tokenSigningAlgorithm: app.idTokenAlgorithm,
    web: {
      redirectUris: [...app.redirectUris.web],
      homePageUrl: app.homePageUrl ?? null,
      logoutUrl: app.logoutUrl ?? null,
      backChannelLogoutUri: app.backChannelLogoutUri ?? null,
      implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false },
    },
  }
}

export function presentSecret(secret: AppSecret, secretText: string | null): PasswordCredentialBody {
  const { id, displayName, hint, startsAt, endsAt } = secret
  return {
    customKeyIdentifier: null,
    displayName: displayName ?? null,
    endDateTime: endsAt.toISOString(),
    hint,
    keyId: id,
    secretText,
    startDateTime: startsAt.toISOString(),
  }
}

function presentKey({ id, displayName, jwk, startsAt, endsAt }: AppKey): ApplicationBody['keyCredentials'][number] {
  const thumbprint = typeof jwk.x5t === 'string' ? Buffer.from(jwk.x5t, 'base64url').toString('base64') : null
  return {
    customKeyIdentifier: thumbprint,
    displayName: displayName ?? null,
    endDateTime: endsAt.toISOString(),
    key: null,
    keyId: id,
    startDateTime: startsAt.toISOString(),
    type: thumbprint === null ? 'Jwk' : 'AsymmetricX509Cert',
    usage: 'Verify',
  }
}

function requiredAccess({ requiredScopes, requiredRoles }: AppFacts): ApplicationBody['requiredResourceAccess'] {
  const access = (type: PermissionKind) => (name: string) => ({ id: permissionIdOf(type, name), type })
  const resourceAccess = [...requiredScopes.map(access('Scope')), ...requiredRoles.map(access('Role'))]
  return resourceAccess.length > 0 ? [{ resourceAppId: sesamApi.appId, resourceAccess }] : []
}
