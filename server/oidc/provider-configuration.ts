import { createHmac, createSecretKey } from 'node:crypto'
import type { Configuration } from 'oidc-provider'
import { acrValues } from '#server/domain/acr-values.ts'
import { sessionCookieName } from '#server/domain/interaction.ts'
import { claimsByScope, findAccount } from './account-claims.ts'
import { keepOfflineAccess } from './api-scopes.ts'
import { ownMetadata, stringsIn } from './client-metadata.ts'
import { mayUseDevice } from './device-codes.ts'
import { grantFor } from './grants.ts'
import { promptPolicy } from './prompts.ts'
import { renderWith } from './protocol-pages.ts'
import type { ProviderParts } from './provider.ts'
import { featuresOf } from './provider-features.ts'
import { RecordsAdapter } from './records-adapter.ts'
import { registeredApps } from './registered-apps.ts'
import { openidScopes } from './scopes.ts'
import { signingKeysFor } from './signer.ts'
import { tokenClaims } from './token-claims.ts'
import { lives } from './token-life.ts'

/** Set by the address that names no organisation; see http/openid-anywhere.ts. */
export const anywhereParameter = 'sesam_anywhere'

/** Where the protocol is spoken, below the tenant's own address. */
export const paths = {
  discovery: '/.well-known/openid-configuration',
  token: '/oauth2/v2.0/token',
  device: '/oauth2/v2.0/devicecode',
}

const signingAlgorithms = ['ES256', 'RS256'] as const
const acceptedAlgorithms = ['ES256', 'RS256', 'PS256', 'EdDSA', 'Ed25519'] as const

export function configurationOf(parts: ProviderParts): Configuration {
  const { publicUrl, system, pages } = parts
  const pairwiseKey = createSecretKey(parts.pairwiseKey)
  return {
    adapter: (kind: string) => (kind === 'Client' ? registeredApps(system) : new RecordsAdapter(kind, system)),
    acrValues: [...acrValues],
    claims: claimsByScope,
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    clientBasedCORS: (_context, origin, client) => stringsIn(client.sesam_origins).includes(origin),
    clientDefaults: { id_token_signed_response_alg: 'ES256', subject_type: 'public', response_types: ['code'] },
    conformIdTokenClaims: false,
    cookies: cookiesOf(parts),
    discovery: { claims_parameter_supported: true, tenant_region_scope: null },
    enabledJWA: algorithms(),
    enableHttpPostMethods: false,
    expiresWithSession: async () => false,
    extraClientMetadata: { properties: [...ownMetadata] },
    extraParams: { [anywhereParameter]: null, sesam_scope: (context) => keepOfflineAccess(context) },
    extraTokenClaims: (context, token) => tokenClaims(system(), context, token),
    features: featuresOf(parts),
    fetch: (address, options) => pages.fetch(address, options),
    findAccount: async (context, userId, token) =>
      (await mayUseDevice(system(), context, userId, token)) ? findAccount(system(), context, userId, token) : undefined,
    interactions: {
      policy: promptPolicy(system),
      url: (_context, interaction) => `/${parts.tenantId}/sign-in/${interaction.uid}`,
    },
    issueRefreshToken: async (_context, client, source) => client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
    jwks: { keys: signingKeysFor(parts.keys, system().now()) },
    loadExistingGrant: (context) => grantFor(context, publicUrl),
    pairwiseIdentifier: async (_context, userId, client) =>
      createHmac('sha256', pairwiseKey).update(`${client.clientId} ${userId}`).digest('base64url'),
    pkce: { required: () => true },
    renderError: renderWith(pages, system).error,
    responseTypes: ['code'],
    rotateRefreshToken: () => true,
    routes: routes(),
    scopes: openidScopes,
    subjectTypes: ['pairwise', 'public'],
    ttl: lives(system),
  }
}

function cookiesOf({ tenantId, cookieKeys }: ProviderParts): NonNullable<Configuration['cookies']> {
  const cookie = { secure: true, httpOnly: true, sameSite: 'lax', overwrite: true } as const
  return {
    keys: [...cookieKeys],
    names: { session: `__Host-${sessionCookieName(tenantId)}`, interaction: '__Secure-ix', resume: '__Secure-ixr' },
    long: { ...cookie, signed: false, path: '/' },
    short: { ...cookie, signed: true },
  }
}

function algorithms(): NonNullable<Configuration['enabledJWA']> {
  return {
    idTokenSigningAlgValues: [...signingAlgorithms],
    userinfoSigningAlgValues: [...signingAlgorithms],
    introspectionSigningAlgValues: [...signingAlgorithms],
    authorizationSigningAlgValues: [...signingAlgorithms],
    requestObjectSigningAlgValues: [...acceptedAlgorithms],
    clientAuthSigningAlgValues: [...acceptedAlgorithms],
    dPoPSigningAlgValues: ['ES256', 'EdDSA', 'Ed25519'],
  }
}

function routes(): NonNullable<Configuration['routes']> {
  return {
    authorization: '/oauth2/v2.0/authorize',
    token: paths.token,
    jwks: '/discovery/v2.0/keys',
    end_session: '/oauth2/v2.0/logout',
    device_authorization: paths.device,
    code_verification: '/oauth2/v2.0/deviceauth',
    pushed_authorization_request: '/oauth2/v2.0/par',
    introspection: '/oauth2/v2.0/introspect',
    revocation: '/oauth2/v2.0/revoke',
    userinfo: '/oidc/userinfo',
  }
}
