import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { roleTemplates } from '#contract/graph/role-templates.ts'
import type { Locale } from '#contract/locale.ts'
import { type RefusalCode, refusals } from '#contract/refusals.ts'
import { acrValues } from '#server/domain/acr-values.ts'
import { freshProofSeconds } from '#server/domain/fresh-proof.ts'
import { Refusal, type RefusalDetails } from '#server/domain/refusal.ts'
import { type MessageKey, message, preferredLocale } from '#server/locale.ts'

/** How the other dialect of Graph, that of authentication methods and their policy, names what the status already says. */
const methodsDialect: Readonly<Record<number, string>> = {
  400: 'badRequest',
  403: 'accessDenied',
  404: 'resourceNotFound',
  409: 'conflict',
}

const methodsPaths = /^\/(v1\.0|beta)\/(me\/authentication|users\/[^/]+\/authentication|policies\/authenticationmethodspolicy)(\/|$)/i

/** What Fastify says no to by itself, in our words. */
const ownCodes: Readonly<Record<string, RefusalCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'body_wrong_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'body_not_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body_missing',
  FST_ERR_BAD_URL: 'path_unknown',
  FST_ERR_MAX_PARAM_LENGTH: 'path_unknown',
  FST_ERR_ASYNC_CONSTRAINT: 'path_unknown',
}

export interface ErrorBody {
  error: { code: string; message: string; details?: unknown[]; innerError: Readonly<Record<string, string>> }
}

export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, now: Date): FastifyReply {
  const refusal = refusalOf(error, request, reply)
  const { status } = refusals[refusal.code]
  if (status === 401) reply.header('www-authenticate', challengeOf(refusal.code, request))
  if (refusal.code === 'stronger_sign_in_needed') reply.header('www-authenticate', challengeForStrongerProof)
  if (refusal.details.allow) reply.header('allow', refusal.details.allow)
  return reply.status(status).send(errorBody(refusal, request, now))
}

/** What is refused, whatever was thrown; a mistake of ours is logged, and who comes too early hears when to come again. */
export function refusalOf(error: unknown, request: FastifyRequest, reply: FastifyReply): Refusal {
  const refusal = toRefusal(error)
  if (refusal.code === 'internal_error' || refusal.code === 'unavailable')
    request.log.error({ requestId: request.id, err: refusal.cause ?? error }, refusal.code)
  const wait = refusal.code === 'unavailable' ? '1' : refusal.details.retryAfterSeconds
  if (wait) reply.header('retry-after', wait)
  return refusal
}

const challenges: Partial<Record<RefusalCode, string>> = {
  token_missing: 'Bearer',
  proof_invalid: 'DPoP error="invalid_dpop_proof", algs="ES256 EdDSA"',
}

function challengeOf(code: RefusalCode, { headers }: FastifyRequest): string {
  const asked = stepUps[code]
  if (!asked) return challenges[code] ?? 'Bearer error="invalid_token"'
  const scheme = headers.authorization?.toLowerCase().startsWith('dpop ') ? 'DPoP' : 'Bearer'
  return `${scheme} error="insufficient_user_authentication", ${asked}`
}

const twoFactors = { id_token: { acr: { essential: true, value: acrValues[1] } } }

const strongerProof = `error_description="A second factor is needed", acr_values="${acrValues[1]}", max_age="${freshProofSeconds}", claims="${encoded(twoFactors)}"`

/** What to ask the person for by the sign-in page (RFC 9470 §3). A sign-in that is strong enough is also a new one. */
const stepUps: Partial<Record<RefusalCode, string>> = {
  proof_too_old: `error_description="A sign-in of the last ${freshProofSeconds / 60} minutes is needed", max_age="${freshProofSeconds}"`,
  proof_too_weak: strongerProof,
  proof_below_own: strongerProof,
}

function encoded(claims: object): string {
  return Buffer.from(JSON.stringify(claims)).toString('base64')
}

/** What an app sends along to have the person asked for a second factor: as Entra says it, and as OpenID Connect does, which is what counts. */
const entrasTwoFactors = { access_token: { acrs: { essential: true, value: 'mfa' } } }
const challengeForStrongerProof = `Bearer error="insufficient_claims", claims="${encoded({ ...entrasTwoFactors, ...twoFactors })}"`

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const code = error instanceof Error && 'code' in error ? ownCodes[String(error.code)] : undefined
  if (code) return new Refusal(code, {}, error)
  return new Refusal(isClientsMistake(error) ? 'body_not_json' : 'internal_error', {}, error)
}

function isClientsMistake(error: unknown): error is FastifyError {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 500
}

export function errorBody(refusal: Refusal, request: FastifyRequest, now: Date): ErrorBody {
  const locale = preferredLocale(request.headers['accept-language'])
  const words = wordsFor(locale, refusal)
  const row: { graph: string; status: number; methods?: string } = refusals[refusal.code]
  const inMethods = methodsPaths.test(request.url.split('?', 1)[0] ?? '')
  const code = inMethods ? (row.methods ?? methodsDialect[row.status] ?? row.graph) : row.graph
  return {
    error: {
      code,
      message: words,
      details: [{ code: refusal.code, message: words, ...(refusal.details.property && { target: refusal.details.property }) }],
      innerError: {
        message: words,
        date: now.toISOString().slice(0, 19),
        'request-id': request.id,
        'client-request-id': clientRequestId(request) ?? request.id,
        ...refusal.details,
      },
    },
  }
}

function wordsFor(locale: Locale, { code, details: found }: Refusal): string {
  const details: RefusalDetails = found.roles ? { ...found, roles: rolesIn(locale, found.roles) } : found
  // Every refusal has its words: tidy holds the language files to the table.
  const words = message(locale, `refusals.${code}` as MessageKey, details)
  // The door knows what else it takes; a use case often does not.
  if (code === 'role_missing' && details.scopes) return `${words} ${message(locale, 'http.refusal-answer.needed-scope', details)}`
  if (code === 'scope_missing' && details.roles) return `${words} ${message(locale, 'http.refusal-answer.needed-role', details)}`
  return words
}

/** Roles are called what the admin center calls them; to scripts the details say their English names. */
function rolesIn(locale: Locale, names: string): string {
  const said = names.split(', ').map((name) => {
    const role = roleTemplates.find(({ displayName }) => displayName === name)
    return role ? message(locale, `web.admin.role-words.${role.displayName}.name`) : name
  })
  return said.join(', ')
}

const requestIdPattern = /^[A-Za-z0-9-]{1,64}$/

/** The name an app gave its own request; anything that is not plainly a name is not repeated. */
export function clientRequestId(request: FastifyRequest): string | undefined {
  const given = request.headers['client-request-id']
  return typeof given === 'string' && requestIdPattern.test(given) ? given : undefined
}
