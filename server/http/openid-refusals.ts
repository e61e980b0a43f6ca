import type { FastifyReply, FastifyRequest } from 'fastify'
import { type RefusalCode, refusals } from '#contract/refusals.ts'
import type { Refusal } from '#server/domain/refusal.ts'
import { type OauthError, oauthErrorBody, takesPages, tracesOf } from './oauth-error.ts'
import { type Page, sendPage } from './page.ts'
import { refusalOf } from './refusal-answer.ts'

/** The page for somebody whose request is refused before the protocol, or a step of ours, has begun. */
export type DrawRefusal = (refusal: Refusal, request: FastifyRequest) => Promise<Page>

/** Where people come by themselves; at all other addresses only their apps do. */
const forPeople = /^\/[^/?]*\/oauth2\/v2\.0\/(?:authorize|logout|deviceauth)(?:[/?]|$)/i

const wrong: OauthError = { error: 'invalid_request', number: 9002313, description: 'The request is malformed.' }
const inWords: Partial<Record<RefusalCode, OauthError>> = {
  path_unknown: { error: 'invalid_tenant', number: 90002, description: 'No organisation is known by this id or domain.' },
  app_not_anywhere: { error: 'unauthorized_client', number: 50194, description: 'The app is not open to people of other organisations.' },
  body_too_large: { ...wrong, description: 'The body is too large.' },
  body_wrong_type: { ...wrong, description: 'The body has to be application/x-www-form-urlencoded.' },
  url_too_long: { ...wrong, description: 'The address is too long.' },
  host_unknown: { ...wrong, description: 'This server does not answer to that host name.' },
  unavailable: { error: 'temporarily_unavailable', number: 90033, description: 'The service is not available for a moment.' },
  internal_error: { error: 'server_error', number: 90_000, description: 'Something went wrong on our side.' },
}

/** In the protocol's words, whoever said no. */
export function oauthErrorFor({ code }: Refusal): OauthError {
  return inWords[code] ?? wrong
}

/** Answers what never reached the protocol: with a page where somebody reads it, else as the protocol would have. */
export async function answerRefused(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { draw, now }: { draw: DrawRefusal; now: Date },
): Promise<FastifyReply> {
  const refusal = refusalOf(error, request, reply)
  if (forPeople.test(request.url) && takesPages(request)) return sendPage(reply, await draw(refusal, request))
  const given = request.headers['client-request-id']
  const traces = tracesOf(typeof given === 'string' ? given : undefined, request.id)
  return reply.status(refusals[refusal.code].status).send(oauthErrorBody(oauthErrorFor(refusal), traces, now))
}
