import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '#server/domain/refusal.ts'
import type { Providers } from '#server/oidc/providers.ts'
import type { Installation } from '#server/system.ts'
import { anywhereNames, organisationFor } from './openid-anywhere.ts'
import { answerRefused, type DrawRefusal } from './openid-refusals.ts'
import { shortenScopes } from './openid-scopes.ts'
import { answerUserInfo, bringsApiToken, type UserInfoOf } from './openid-userinfo.ts'

/** Form fields of the protocol are small; one with a signed request or a client's assertion is a few kilobytes. */
const bodyMaxBytes = 48 * 1024

const addresses = [
  { method: ['GET', 'OPTIONS'], path: '/.well-known/openid-configuration' },
  { method: ['GET', 'OPTIONS'], path: '/v2.0/.well-known/openid-configuration' },
  { method: ['GET', 'OPTIONS'], path: '/discovery/v2.0/keys' },
  { method: ['GET', 'POST', 'OPTIONS'], path: '/oauth2/v2.0/*' },
  { method: ['GET', 'POST', 'OPTIONS'], path: '/oidc/userinfo' },
]

const tenantId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const domainName = /^[a-z0-9.-]{1,253}$/

/** Ends every session of whoever the form with this secret belongs to. */
export type EndEverywhere = (tenantId: string, secret: string, request: FastifyRequest) => Promise<void>

interface OpenidParts {
  installation: Installation
  providers: Providers
  endEverywhere: EndEverywhere
  drawRefusal: DrawRefusal
  userInfoOf: UserInfoOf
}

/** The addresses of OpenID Connect, where Microsoft's libraries look for them. What stands behind each is the tenant's own provider. */
export function mountOpenid(app: FastifyInstance, parts: OpenidParts): void {
  const { drawRefusal: draw, installation } = parts
  app.register(async (protocol) => {
    protocol.setErrorHandler((error, request, reply) => answerRefused(error, request, reply, { draw, now: installation.parts.now() }))
    protocol.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: bodyMaxBytes },
      async (_request: unknown, body: Buffer | string) => body,
    )
    for (const { method, path } of addresses) {
      protocol.route({
        method,
        url: `/:tenant${path}`,
        handler: async (request, reply) => serve(parts, request, reply),
      })
    }
  })
}

async function serve(
  { installation, providers, endEverywhere, userInfoOf }: OpenidParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  // Fastify types parameters by route; this one is the named part of the path, as text.
  const { tenant = '' } = request.params as Record<string, string>
  const address = request.url.slice(tenant.length + 1).replace(/^\/v2\.0(?=\/\.well-known)/, '')
  if (address.startsWith('/oidc/userinfo') && bringsApiToken(request)) {
    const named = tenant.toLowerCase()
    const tenantId = anywhereNames.has(named) ? undefined : await findTenant(installation, named)
    return answerUserInfo({ installation, userInfoOf, tenantId }, request, reply)
  }
  const { body, everywhere } = understood(request, installation.parts.publicUrl)
  const name = tenant.toLowerCase()
  const { id, rest } = anywhereNames.has(name)
    ? await organisationFor(installation, request, address, body)
    : { id: await findTenant(installation, name), rest: address }
  if (everywhere !== undefined) await endEverywhere(id, everywhere, request)
  // From here the library answers by itself. What goes wrong before it begins must not leave the request without an answer.
  reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value)
  try {
    if (!(await providers.serve(id, rest, request, body, reply.raw))) throw new Error('a tenant went away while it was asked')
  } catch (error) {
    request.log.error({ requestId: request.id, err: error }, 'openid')
    if (!reply.raw.headersSent) reply.raw.writeHead(503, { 'retry-after': '1' })
    reply.raw.end()
  }
  return reply
}

async function findTenant(installation: Installation, name: string): Promise<string> {
  return (await findTenantByName(installation, name)) ?? refuse('path_unknown')
}

/** By its id or one of its domains, in small letters. */
export async function findTenantByName(installation: Installation, name: string): Promise<string | undefined> {
  if (tenantId.test(name)) return (await installation.systemOf(name)) && name
  return domainName.test(name) ? installation.tenants.findIdByDomain(name) : undefined
}

interface Understood {
  body: Buffer | undefined
  /** The secret of a form by which somebody signs out on every device. */
  everywhere: string | undefined
}

/** Microsoft's short name for the device code grant, and scopes that carry the name of our API. */
function understood(request: FastifyRequest, apiUrl: string): Understood {
  if (!(request.body instanceof Buffer)) return { body: undefined, everywhere: undefined }
  const asItCame = { body: request.body, everywhere: undefined }
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return asItCame
  const form = new URLSearchParams(request.body.toString())
  if (form.has('t')) return ofOurPages(form)
  if (!request.url.includes('/token')) return asItCame
  if (form.get('grant_type') === 'device_code') form.set('grant_type', 'urn:ietf:params:oauth:grant-type:device_code')
  shortenScopes(form, apiUrl)
  return { body: Buffer.from(form.toString()), everywhere: undefined }
}

/** Our own pages name their fields alike everywhere; the library has names of its own for some of them. */
function ofOurPages(form: URLSearchParams): Understood {
  const secret = form.get('t') ?? ''
  form.set('xsrf', secret)
  const intent = form.get('do')
  if (intent === 'confirm' || intent === 'everywhere') for (const name of ['confirm', 'logout']) form.set(name, 'yes')
  if (intent === 'cancel') form.set('abort', 'yes')
  for (const name of ['t', 'do']) form.delete(name)
  return { body: Buffer.from(form.toString()), everywhere: intent === 'everywhere' ? secret : undefined }
}
