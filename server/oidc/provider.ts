import { createHmac } from 'node:crypto'
import { decodeJwt } from 'jose'
import { type Client, type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { sessionCookieName } from '#server/domain/interaction.ts'
import type { SigningKey } from '#server/store/signing-keys.ts'
import type { System } from '#server/system.ts'
import { claimsByScope, findAccount } from './account-claims.ts'
import { metadataOf, ownMetadata, type Presented, secretFits } from './client-metadata.ts'
import { grantFor } from './grants.ts'
import { promptPolicy } from './prompts.ts'
import {
  answerUnavailable,
  inMicrosoftsShape,
  tellToAskAgain,
  withClientInfo,
  withDeviceMessage,
  withPairwiseSubjects,
} from './protocol-errors.ts'
import { type ProtocolPages, renderWith, requestIdOf } from './protocol-pages.ts'
import { RecordsAdapter, settle } from './records-adapter.ts'
import { asksForApi, openidScopes, plainScopes, scopesIn } from './scopes.ts'
import { sessionSeconds } from './session-life.ts'
import { signingKeysFor } from './signer.ts'
import { tokenClaims } from './token-claims.ts'

export interface ProviderParts {
  publicUrl: string
  tenantId: string
  keys: readonly SigningKey[]
  /** The tenant's parts of this moment; they are loaded anew every few seconds. */
  system(): System
  cookieKeys: readonly string[]
  pairwiseKey: Buffer
  pages: ProtocolPages
  failed(error: unknown, requestId: string): void
}

/** Set by the address that names no organisation; see http/openid-anywhere.ts. */
export const anywhereParameter = 'sesam_anywhere'

export const acrValues = ['urn:sesam:acr:sfa', 'urn:sesam:acr:mfa', 'urn:sesam:acr:phr']

const tokenPath = '/oauth2/v2.0/token'
const discoveryPath = '/.well-known/openid-configuration'
const devicePath = '/oauth2/v2.0/devicecode'
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const interactionSeconds = 15 * 60
const accessTokenSeconds = 30 * 60
const refreshIdleSeconds = 14 * 86_400
const refreshAbsoluteSeconds = 90 * 86_400
const signingAlgorithms = ['ES256', 'RS256'] as const
const acceptedAlgorithms = ['ES256', 'RS256', 'PS256', 'EdDSA', 'Ed25519'] as const

/** One tenant's OpenID provider: its issuer, its keys, its people. The library does the protocol; what stands here is what we decided. */
export function makeProvider(parts: ProviderParts): Provider {
  const provider = new Provider(`${parts.publicUrl}/${parts.tenantId}/v2.0`, configurationOf(parts))
  const render = renderWith(parts.pages, parts.system)
  const url = new URL(parts.publicUrl)
  // Where a request seems to come to is the sender's word; ours is the configured address.
  Object.defineProperties(provider.request, {
    protocol: { get: () => url.protocol.slice(0, -1) },
    secure: { get: () => true },
    host: { get: () => url.host },
    origin: { get: () => url.origin },
  })
  provider.Client.prototype.compareClientSecret = function compareClientSecret(this: Client, secret: string) {
    return secretFits(stringsIn(this.sesam_secrets), secret)
  }
  // Every app has names of its own for people. Before the library gives those, it asks for a document that says which redirect addresses
  // belong together (OpenID Connect Core §8.1), and of an app on a device for keys, which none has; our names depend on neither.
  Object.defineProperty(provider.Client.prototype, 'subjectType', { get: () => 'pairwise', set() {} })
  // The library tells only apps that want to hear of sign-outs which session theirs is; Microsoft's libraries want to know it always.
  provider.Client.prototype.includeSid = () => true
  provider.use(async (context, next) => {
    try {
      await next()
      await settle(parts.system(), context)
    } catch (error) {
      parts.failed(error, requestIdOf(context))
      answerUnavailable(context)
    }
    render.passOn(context)
    inMicrosoftsShape(context, parts.system().now())
    if (context.path === tokenPath) withClientInfo(context, parts.tenantId)
    if (context.path === discoveryPath) withPairwiseSubjects(context)
    if (context.path === devicePath) withDeviceMessage(context, (...told) => render.deviceMessage(context, ...told))
  })
  provider.on('grant.error', tellToAskAgain)
  provider.on('server_error', (context, error) => parts.failed(error, requestIdOf(context)))
  return provider
}

function configurationOf(parts: ProviderParts): Configuration {
  const { publicUrl, system, pairwiseKey } = parts
  const cookie = { secure: true, httpOnly: true, sameSite: 'lax', overwrite: true } as const
  return {
    adapter: (kind: string) => (kind === 'Client' ? clientsOf(parts) : new RecordsAdapter(kind, system)),
    acrValues,
    claims: claimsByScope,
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    clientBasedCORS: (_context, origin, client) => stringsIn(client.sesam_origins).includes(origin),
    clientDefaults: { id_token_signed_response_alg: 'ES256', subject_type: 'public', response_types: ['code'] },
    conformIdTokenClaims: false,
    cookies: {
      keys: [...parts.cookieKeys],
      names: { session: `__Host-${sessionCookieName(parts.tenantId)}`, interaction: '__Secure-ix', resume: '__Secure-ixr' },
      long: { ...cookie, signed: false, path: '/' },
      short: { ...cookie, signed: true },
    },
    discovery: { claims_parameter_supported: true, tenant_region_scope: null },
    enabledJWA: {
      idTokenSigningAlgValues: [...signingAlgorithms],
      userinfoSigningAlgValues: [...signingAlgorithms],
      introspectionSigningAlgValues: [...signingAlgorithms],
      authorizationSigningAlgValues: [...signingAlgorithms],
      requestObjectSigningAlgValues: [...acceptedAlgorithms],
      clientAuthSigningAlgValues: [...acceptedAlgorithms],
      dPoPSigningAlgValues: ['ES256', 'EdDSA', 'Ed25519'],
    },
    enableHttpPostMethods: false,
    expiresWithSession: async () => false,
    extraClientMetadata: { properties: [...ownMetadata] },
    extraParams: { [anywhereParameter]: null, sesam_scope: (context) => keepOfflineAccess(context) },
    extraTokenClaims: (context, token) => tokenClaims(system(), context, token),
    features: featuresOf(parts),
    fetch: (address, options) => parts.pages.fetch(address, options),
    findAccount: (context, userId, token) => findAccount(system(), context, userId, token),
    interactions: {
      policy: promptPolicy(),
      url: (_context, interaction) => `/${parts.tenantId}/sign-in/${interaction.uid}`,
    },
    issueRefreshToken: async (_context, client, source) => client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
    jwks: { keys: signingKeysFor(parts.keys, system().now()) },
    loadExistingGrant: (context) => grantFor(context, publicUrl),
    pairwiseIdentifier: async (_context, userId, client) =>
      createHmac('sha256', pairwiseKey).update(`${client.clientId} ${userId}`).digest('base64url'),
    pkce: { required: () => true },
    renderError: renderWith(parts.pages, system).error,
    responseTypes: ['code'],
    rotateRefreshToken: () => true,
    routes: {
      authorization: '/oauth2/v2.0/authorize',
      token: tokenPath,
      jwks: '/discovery/v2.0/keys',
      end_session: '/oauth2/v2.0/logout',
      device_authorization: devicePath,
      code_verification: '/oauth2/v2.0/deviceauth',
      pushed_authorization_request: '/oauth2/v2.0/par',
      introspection: '/oauth2/v2.0/introspect',
      revocation: '/oauth2/v2.0/revoke',
      userinfo: '/oidc/userinfo',
    },
    scopes: openidScopes,
    subjectTypes: ['pairwise', 'public'],
    ttl: {
      AccessToken: (_context, token) => token.resourceServer?.accessTokenTTL ?? accessTokenSeconds,
      AuthorizationCode: 60,
      ClientCredentials: accessTokenSeconds,
      DeviceCode: 600,
      Grant: refreshAbsoluteSeconds,
      IdToken: 600,
      Interaction: interactionSeconds,
      RefreshToken: (_context, token) => refreshSeconds(token.iiat),
      Session: (_context, session) => sessionSeconds(session, system().now()),
    },
  }
}

/** Idle for two weeks ends it, and so do three months whatever happens. */
function refreshSeconds(firstIssuedAt: number | undefined): number {
  const now = Math.floor(Date.now() / 1000)
  return Math.max(1, Math.min(refreshIdleSeconds, (firstIssuedAt ?? now) + refreshAbsoluteSeconds - now))
}

function featuresOf(parts: ProviderParts): NonNullable<Configuration['features']> {
  const { publicUrl, pages } = parts
  const render = renderWith(pages, parts.system)
  return {
    backchannelLogout: { enabled: true },
    claimsParameter: { enabled: true },
    clientCredentials: { enabled: true },
    deviceFlow: {
      enabled: parts.system().signInSettings.allowsDeviceCodes,
      charset: 'base-20',
      mask: '****-****',
      userCodeInputSource: render.deviceCode,
      userCodeConfirmSource: render.deviceConfirm,
      successSource: render.deviceDone,
    },
    devInteractions: { enabled: false },
    dPoP: { enabled: true },
    // RSA signatures are made in another thread; see signer.ts.
    externalSigningSupport: { enabled: true, ack: 'experimental-01' },
    introspection: {
      enabled: true,
      allowedPolicy: async (_context, client, token) => client.clientAuthMethod !== 'none' && token.clientId === client.clientId,
    },
    pushedAuthorizationRequests: { enabled: true },
    requestObjects: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: (context, client, oneOf) => resourceOf(context, client, oneOf, publicUrl),
      getResourceServerInfo: (context, resource, client) => {
        if (resource !== publicUrl) throw new errors.InvalidTarget()
        return {
          scope: consentedTo(context, client).join(' '),
          audience: publicUrl,
          accessTokenFormat: 'jwt',
          accessTokenTTL: accessTokenSeconds,
          jwt: { sign: { alg: 'ES256' } },
        }
      },
      useGrantedResource: () => true,
    },
    revocation: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource: render.signOut, postLogoutSuccessSource: render.signedOut },
    userinfo: { enabled: true },
  }
}

/** Which API the scopes speak of: ours or none. Spelt-out names go back into the request, where the library looks for them. */
function resourceOf(
  context: KoaContextWithOIDC,
  client: Client,
  oneOf: readonly string[] | undefined,
  publicUrl: string,
): string | string[] {
  const [first] = oneOf ?? []
  if (first) return first
  const { params } = context.oidc
  if (!params) return []
  const consented = consentedTo(context, client)
  const scopes = plainScopes(params.scope, publicUrl, consented)
  if (scopes.length > 0) params.scope = scopes.join(' ')
  const missing = scopes.filter((scope) => !openidScopes.includes(scope) && !consented.includes(scope))
  if (missing.length > 0) throw new errors.ConsentRequired(`an administrator has not consented to: ${missing.join(' ')}`)
  return asksForApi(scopes) || params.grant_type === 'client_credentials' ? publicUrl : []
}

/** What an app may do in its own name and what in a person's are two things, though the names are the same. */
function consentedTo({ oidc }: KoaContextWithOIDC, client: Client): string[] {
  return stringsIn(oidc.params?.grant_type === 'client_credentials' ? client.sesam_roles : client.sesam_scopes)
}

/**
 * The library drops `offline_access` where no consent page is asked for (OpenID Connect Core §11). An administrator has consented for
 * everybody here, so it stays: this runs after the library took it out, and looks at what the app sent.
 */
function keepOfflineAccess({ oidc, query }: KoaContextWithOIDC): void {
  const { params, client } = oidc
  // By now the library has checked a request that came signed or was handed over before, which then is all that counts.
  const request = oidc.entities.PushedAuthorizationRequest?.request ?? oidc.body?.request ?? query.request
  const sent = scopesIn(typeof request === 'string' ? decodeJwt(request).scope : (oidc.body?.scope ?? query.scope))
  if (!params || !sent.includes('offline_access') || !client?.grantTypeAllowed('refresh_token')) return
  const kept = scopesIn(params.scope)
  if (!kept.includes('offline_access')) params.scope = [...kept, 'offline_access'].join(' ')
}

function clientsOf({ system }: ProviderParts) {
  const unused = () => Promise.reject(new Error('apps are registered through Graph'))
  return {
    async find(appId: string) {
      // What is no id of ours need not be looked for; PostgreSQL would not even take every text.
      if (!guid.test(appId)) return undefined
      const { apps, now, signInSettings } = system()
      const client = await apps.findClient(appId)
      return client && metadataOf(client, presented(), { now: now(), allowsDeviceCodes: signInSettings.allowsDeviceCodes })
    },
    upsert: unused,
    findByUid: unused,
    findByUserCode: unused,
    destroy: unused,
    revokeByGrantId: unused,
    consume: unused,
  }
}

/** What stands in the request that is being served now. */
function presented(): Presented {
  const context = Provider.ctx
  const params = context?.oidc.params
  return {
    grantType: typeof params?.grant_type === 'string' ? params.grant_type : undefined,
    redirectUri: typeof params?.redirect_uri === 'string' ? params.redirect_uri : undefined,
    hasAssertion: params?.client_assertion !== undefined,
    hasSecret: params?.client_secret !== undefined || context?.headers.authorization?.toLowerCase().startsWith('basic ') === true,
  }
}

function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
