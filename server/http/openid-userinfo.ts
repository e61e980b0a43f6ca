import type { FastifyReply, FastifyRequest } from 'fastify'
import { decodeJwt } from 'jose'
import { Refusal } from '#server/domain/refusal.ts'
import type { userInfoOf } from '#server/oidc/account-claims.ts'
import type { Installation } from '#server/system.ts'
import { askingOf, authenticate } from './authenticate.ts'
import { oauthErrorBody, tracesOf } from './oauth-error.ts'

export type UserInfoOf = typeof userInfoOf

/** Three parts: a token for our API. One that is for asking who somebody is, and for nothing else, is a reference the library looks up. */
const forApi = /^(?:bearer|dpop) [^.\s]+\.[^.\s]+\.[^.\s]+$/i

export function bringsApiToken({ headers }: FastifyRequest): boolean {
  return headers.authorization !== undefined && forApi.test(headers.authorization)
}

/**
 * Who somebody is, told to an app whose token is for our API. The library would have two tokens for that; Microsoft's answer takes the one of
 * Graph, and so apps bring it.
 */
export async function answerUserInfo(
  parts: { installation: Installation; userInfoOf: UserInfoOf; tenantId: string | undefined },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { installation, tenantId } = parts
  const { authorization, origin } = request.headers
  try {
    const { system, caller } = await authenticate(installation, authorization, askingOf(request, installation.parts.publicUrl))
    // What `authenticate` let through was signed by us.
    const { sub, client_id: appId } = decodeJwt(authorization?.split(' ')[1] ?? '')
    const client = await system.apps.findClient(String(appId))
    if (origin !== undefined && client?.app.redirectUris.spa.some((uri) => new URL(uri).origin === origin))
      reply.headers({ 'access-control-allow-origin': origin, vary: 'origin' })
    const isHere = tenantId === undefined || tenantId === system.organization.id
    if (!isHere || !client?.isEnabled || caller.isApp || !sub) return refuseToTell(installation, request, reply, 'invalid_token')
    if (!caller.scopes.has('openid')) return refuseToTell(installation, request, reply, 'insufficient_scope')
    return reply.send(await parts.userInfoOf(system, { userId: caller.id, subject: sub, scopes: caller.scopes }))
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'unavailable') return refuseToTell(installation, request, reply, 'invalid_token')
    throw error
  }
}

const refusals = {
  invalid_token: { status: 401, number: 50133, description: 'The token is not one of a person who is signed in here.' },
  insufficient_scope: { status: 403, number: 70011, description: 'The token lacks the scope openid.' },
} as const

function refuseToTell(
  installation: Installation,
  request: FastifyRequest,
  reply: FastifyReply,
  error: keyof typeof refusals,
): FastifyReply {
  const { status, ...told } = refusals[error]
  const given = request.headers['client-request-id']
  const traces = tracesOf(typeof given === 'string' ? given : undefined, request.id)
  const body = oauthErrorBody({ error, ...told }, traces, installation.parts.now())
  return reply.status(status).header('www-authenticate', `Bearer error="${error}"`).send(body)
}
