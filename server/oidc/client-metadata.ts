import { hash, timingSafeEqual } from 'node:crypto'
import type { AllClientMetadata } from 'oidc-provider'
import type { Client } from '#server/domain/app.ts'
import { isWebApp } from '#server/domain/web-app.ts'

/** What the app brought along to prove itself, which decides how it is to be held to it. */
export interface Presented {
  /** Undefined where nothing is asked for at the token address. */
  grantType: string | undefined
  redirectUri: string | undefined
  hasAssertion: boolean
  hasSecret: boolean
}

/** What of ours the library keeps beside the standard's metadata. */
export const ownMetadata = ['sesam_secrets', 'sesam_scopes', 'sesam_roles', 'sesam_origins']

const codeFlow = ['authorization_code', 'refresh_token']
const deviceFlow = 'urn:ietf:params:oauth:grant-type:device_code'
const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(?=[:/?]|$)/

/** A registered app as the library knows apps. Undefined when an administrator has switched it off. */
export function metadataOf(
  client: Client,
  presented: Presented,
  { now, allowsDeviceCodes }: { now: Date; allowsDeviceCodes: boolean },
): AllClientMetadata | undefined {
  const { app } = client
  if (!client.isEnabled) return undefined
  const { web, spa, publicClient } = app.redirectUris
  const isNative = publicClient.length > 0
  const redirectUris = [...web, ...spa, ...publicClient].filter((uri) => !isNative || !isClaimedLoopback(uri))
  const isConfidential = app.secrets.length > 0 || app.keys.length > 0
  return {
    client_id: app.appId,
    client_name: app.displayName,
    application_type: isNative ? 'native' : 'web',
    redirect_uris: redirectUris,
    post_logout_redirect_uris: [...redirectUris, ...(app.logoutUrl ? [app.logoutUrl] : [])],
    response_types: redirectUris.length > 0 ? ['code'] : [],
    grant_types: [
      ...(redirectUris.length > 0 ? codeFlow : []),
      ...(isConfidential ? ['client_credentials'] : []),
      ...(allowsDeviceCodes && (app.isFallbackPublicClient || isNative) ? [deviceFlow, 'refresh_token'] : []),
    ].filter((type, index, all) => all.indexOf(type) === index),
    token_endpoint_auth_method: authenticationOf(client, presented),
    // The secrets themselves are kept as hashes; what stands here is never compared.
    client_secret: app.secrets.length > 0 ? 'kept as a hash' : undefined,
    jwks: app.keys.length > 0 ? { keys: livingKeys(client, now) } : undefined,
    // What the library asks before it calls an app pairwise cannot be met here; see where the provider is made.
    // What a browser of ours holds is worth nothing without the key it was given to.
    dpop_bound_access_tokens: isWebApp(app.appId),
    subject_type: 'public',
    id_token_signed_response_alg: app.idTokenAlgorithm,
    backchannel_logout_uri: app.backChannelLogoutUri,
    backchannel_logout_session_required: app.backChannelLogoutUri ? true : undefined,
    client_uri: app.homePageUrl,
    sesam_secrets: app.secrets.filter((secret) => isLiving(secret, now)).map(({ hash: kept }) => kept),
    sesam_scopes: [...client.consentedScopes],
    sesam_roles: [...client.consentedRoles],
    sesam_origins: spa.map((uri) => new URL(uri).origin),
  }
}

/** Does this secret hash to one of the living ones? */
export function secretFits(kept: readonly string[], secret: string): boolean {
  const given = Buffer.from(hash('sha256', secret, 'base64url'))
  return kept.map((one) => Buffer.from(one)).filter((one) => one.length === given.length && timingSafeEqual(one, given)).length > 0
}

function authenticationOf({ app }: Client, presented: Presented): 'none' | 'private_key_jwt' | 'client_secret_post' {
  if (presented.hasAssertion && app.keys.length > 0) return 'private_key_jwt'
  if (presented.hasSecret && app.secrets.length > 0) return 'client_secret_post'
  return mayStayUnproven({ app }, presented) ? 'none' : app.keys.length > 0 ? 'private_key_jwt' : 'client_secret_post'
}

/**
 * A browser or a phone can keep no secret; what stands on a server can, and then it must show it. The redirect address says which of the two
 * it is only where the library holds it against the registered ones: elsewhere anybody could add one to a request.
 */
function mayStayUnproven({ app }: Pick<Client, 'app'>, { grantType, redirectUri }: Presented): boolean {
  const { web, spa, publicClient } = app.redirectUris
  const hasPublicAddress = spa.length > 0 || publicClient.length > 0
  if (grantType === 'client_credentials') return false
  if (redirectUri !== undefined && namesRedirect(grantType)) return hasPublicAddress && !web.includes(redirectUri)
  return app.isFallbackPublicClient || hasPublicAddress
}

function namesRedirect(grantType: string | undefined): boolean {
  return grantType === undefined || grantType === 'authorization_code'
}

/** The library forbids these to native apps, which use http on a loopback address. */
function isClaimedLoopback(uri: string): boolean {
  return uri.startsWith('https:') && loopback.test(uri)
}

function livingKeys({ app }: Client, now: Date) {
  return app.keys.filter((key) => isLiving(key, now)).map(({ id, jwk }) => ({ kid: id, ...jwk }))
}

function isLiving({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }, now: Date): boolean {
  return startsAt <= now && now < endsAt
}

/** What the library keeps of ours comes back as whatever it may be. */
export function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
