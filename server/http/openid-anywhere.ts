import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { decodeJwt } from 'jose'
import { refuse } from '#server/domain/refusal.ts'
import { isWebApp } from '#server/domain/web-app.ts'
import type { Installation } from '#server/system.ts'

/** Names Microsoft's libraries use where the app does not know yet whose people will sign in. */
export const anywhereNames: ReadonlySet<string> = new Set(['common', 'organizations'])

const keysFreshMs = 60_000

/** What stands at the addresses that name no organisation, where the answer is not some organisation's own. */
export function mountAnywhere(app: FastifyInstance, installation: Installation): void {
  for (const name of anywhereNames) {
    for (const version of ['', '/v2.0']) {
      app.get(`/${name}${version}/.well-known/openid-configuration`, async (_request, reply) =>
        forEverybody(reply, metadata(installation, name)),
      )
    }
    app.get(`/${name}/discovery/v2.0/keys`, async (_request, reply) => forEverybody(reply, { keys: await allKeys(installation) }))
  }
}

function forEverybody(reply: FastifyReply, body: object): FastifyReply {
  return reply
    .headers({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=3600',
    })
    .send(body)
}

/** Which organisation's provider answers a request that names none; it is asked the same. `rest` is the address without a name. */
export async function organisationFor(installation: Installation, request: FastifyRequest, rest: string, body: Buffer | undefined) {
  const asked = new URLSearchParams(request.method === 'POST' ? (body?.toString() ?? '') : rest.slice(rest.indexOf('?') + 1))
  if (rest.startsWith('/oauth2/v2.0/logout')) return { id: tenantOfToken(asked.get('id_token_hint')) ?? refuse('path_unknown'), rest }
  const found = await tenantOfGrant(installation, asked)
  if (found) return { id: found, rest }
  const appId = asked.get('client_id') ?? ''
  // Our own apps are at home in every organisation, so the first one answers.
  const home = isWebApp(appId) ? (await installation.tenants.ids())[0] : await installation.findAppHome(appId)
  if (home === undefined) refuse('app_not_anywhere')
  const client = await (await installation.systemOf(home))?.apps.findClient(appId)
  if (client?.app.audience !== 'AzureADMultipleOrgs') refuse('app_not_anywhere')
  const isQuestion = request.method === 'GET' && rest.startsWith('/oauth2/v2.0/authorize?')
  return { id: home, rest: isQuestion ? `${rest}&sesam_anywhere=1` : rest }
}

/** A code and a refresh token are of one organisation, whatever the address they are brought to. */
async function tenantOfGrant(installation: Installation, asked: URLSearchParams): Promise<string | undefined> {
  const grants = [
    ['AuthorizationCode', asked.get('code')],
    ['RefreshToken', asked.get('refresh_token')],
    ['DeviceCode', asked.get('device_code')],
  ] as const
  for (const [kind, id] of grants) {
    const tenantId = id ? await installation.findTenantOfRecord(kind, id) : undefined
    if (tenantId) return tenantId
  }
}

/** Only to find the way; whose token it is, that organisation's provider checks. */
function tenantOfToken(token: string | null): string | undefined {
  try {
    const { tid } = decodeJwt(token ?? '')
    return typeof tid === 'string' ? tid : undefined
  } catch {
    return undefined
  }
}

/** The issuer carries a placeholder, which apps fill in with the `tid` of the token they got. */
function metadata({ parts: { publicUrl } }: Installation, name: string): object {
  const protocol = `${publicUrl}/${name}/oauth2/v2.0`
  return {
    issuer: `${publicUrl}/{tenantid}/v2.0`,
    authorization_endpoint: `${protocol}/authorize`,
    token_endpoint: `${protocol}/token`,
    end_session_endpoint: `${protocol}/logout`,
    jwks_uri: `${publicUrl}/${name}/discovery/v2.0/keys`,
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    scopes_supported: ['openid', 'profile', 'email', 'phone', 'offline_access'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['ES256', 'RS256'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    claims_parameter_supported: true,
  }
}

const known = new WeakMap<Installation, { keys: object[]; until: number }>()

/** Every organisation's public keys: whose token an app will get it cannot know beforehand. */
async function allKeys(installation: Installation): Promise<object[]> {
  const before = known.get(installation)
  if (before && before.until > performance.now()) return before.keys
  const ids = await installation.tenants.ids()
  const keys = await Promise.all(ids.map((id) => installation.keysOf(id)))
  const published = keys
    .flatMap((of) => of ?? [])
    .map(({ id, algorithm, publicJwk }) => ({ ...publicJwk, kid: id, alg: algorithm, use: 'sig' }))
  known.set(installation, { keys: published, until: performance.now() + keysFreshMs })
  return published
}
