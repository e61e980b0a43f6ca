import type { KoaContextWithOIDC } from 'oidc-provider'
import { oauthErrorBody, tracesOf } from '#server/http/oauth-error.ts'
import { namesAsSent } from '#server/http/openid-scopes.ts'
import { requestIdOf } from './protocol-pages.ts'
import { stateOf } from './request-state.ts'

/** The part of the library's context an answer is changed through. */
interface Answering {
  body: unknown
  status: number
  get(name: string): string
  set(name: string, value: string): void
  remove(name: string): void
  response: { get(name: string): string | string[] }
}

const grantOverNumber = 50173

/** How long a device waits between two questions (RFC 8628 §3.2). */
const deviceIntervalSeconds = 5

/** Microsoft's numbers for what goes wrong at these addresses; apps and their libraries look for them. */
const numbers: Readonly<Record<string, number>> = {
  authorization_pending: 70016,
  consent_required: 65001,
  expired_token: 70020,
  interaction_required: 50076,
  invalid_client: 7000215,
  invalid_dpop_proof: 9002313,
  invalid_grant: 70008,
  invalid_request: 9002313,
  invalid_scope: 70011,
  invalid_target: 500011,
  login_required: 50058,
  slow_down: 70016,
  unauthorized_client: 700016,
  unsupported_grant_type: 70003,
}

/** What was to be remembered could not be written, so nothing of what was to be told is true. */
export function answerUnavailable(context: Answering): void {
  context.status = 503
  context.set('retry-after', '1')
  context.remove('location')
  context.remove('set-cookie')
  context.body = { error: 'temporarily_unavailable', error_description: 'the service is not available for a moment' }
}

/** A refresh that is over is nobody's mistake: with this word Microsoft's libraries tell their app to have its person sign in again. */
export function tellToAskAgain(context: Pick<KoaContextWithOIDC, 'oidc'> & { body: unknown }, { error }: { error: string }): void {
  const { body, oidc } = context
  if (error !== 'invalid_grant' || oidc.params?.grant_type !== 'refresh_token' || typeof body !== 'object') return
  context.body = { ...body, suberror: 'bad_token' }
}

/** The library's error in the shape Microsoft's own answers have, so that what apps do with them works here. */
export function inMicrosoftsShape(context: Answering, now: Date): void {
  const body = context.body
  if (typeof body !== 'object' || body === null || !('error' in body) || typeof body.error !== 'string') return
  const number = 'suberror' in body ? grantOverNumber : (numbers[body.error] ?? 90_000)
  const description = 'error_description' in body && typeof body.error_description === 'string' ? body.error_description : body.error
  const traces = tracesOf(context.get('client-request-id'), requestIdOf(context))
  context.body = { ...body, ...oauthErrorBody({ error: body.error, description, number }, traces, now) }
}

/** The library would also tell of subjects that are the same for every app, which nobody gets here. */
export function withPairwiseSubjects(context: Answering): void {
  const body = context.body
  if (typeof body === 'object' && body !== null) context.body = { ...body, subject_types_supported: ['pairwise'] }
}

/**
 * Microsoft's libraries show the words, and without a pause named they would ask again at once, for ever. The address with the code in it is
 * left out: a link that needs no typing is what somebody else's device would be sent around with.
 */
export function withDeviceMessage(context: Answering, wordsFor: (address: string, userCode: string) => string): void {
  const body = context.body
  if (typeof body !== 'object' || body === null || !('user_code' in body && 'verification_uri' in body)) return
  const { user_code: userCode, verification_uri: address } = body
  context.body = {
    ...body,
    verification_uri_complete: undefined,
    interval: deviceIntervalSeconds,
    message: wordsFor(String(address), String(userCode)),
  }
}

/** The scopes of a token under the names its app knows them by. */
export function withScopesAsSent(context: Pick<KoaContextWithOIDC, 'oidc'> & { body: unknown }, apiUrl: string): void {
  const { body, oidc } = context
  if (typeof body !== 'object' || body === null || !('scope' in body) || typeof body.scope !== 'string') return
  context.body = { ...body, scope: namesAsSent(body.scope, oidc.body ?? {}, apiUrl) }
}

/** What Microsoft's libraries read from a good answer beside the standard's own. */
export function withClientInfo(context: Answering, tenantId: string): void {
  const body = context.body
  if (typeof body !== 'object' || body === null || !('access_token' in body)) return
  const { account } = stateOf(context)
  if (!account) return
  const info = Buffer.from(JSON.stringify({ uid: account.id, utid: tenantId })).toString('base64url')
  context.body = { ...body, ...('expires_in' in body && { ext_expires_in: body.expires_in }), client_info: info }
}
