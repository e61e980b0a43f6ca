import assert from 'node:assert/strict'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { App } from '#server/domain/app.ts'
import type { World } from './world.ts'

interface Kept {
  name: string
  value: string
  path: string
}

export interface PageAnswer {
  status: number
  url: string
  text: string
  headers: Readonly<Record<string, string | string[] | number | undefined>>
}

/** A browser without scripts: it keeps cookies, follows redirects within our house and fills in forms. */
export class Visitor {
  readonly world: World
  readonly cookies: Kept[] = []
  readonly headers: Record<string, string>
  /** Where the last redirect led out of the house. */
  left: URL | undefined

  constructor(world: World, headers: Record<string, string> = {}) {
    this.world = world
    this.headers = headers
  }

  async get(url: string): Promise<PageAnswer> {
    return this.#follow(await this.request('GET', url), url)
  }

  async post(url: string, fields: Record<string, string>): Promise<PageAnswer> {
    return this.#follow(await this.request('POST', url, fields), url)
  }

  /** Sends the page's own form, with its hidden token. */
  async submit(page: PageAnswer, fields: Record<string, string>): Promise<PageAnswer> {
    const [, action = page.url] = /<form method="post" action="([^"]*)"/.exec(page.text) ?? []
    return this.post(action, { t: formToken(page), ...fields })
  }

  /** One request, its answer as it is. */
  async request(method: 'GET' | 'POST', url: string, fields?: Record<string, string>): Promise<PageAnswer> {
    const path = url.startsWith(this.world.publicUrl) ? url.slice(this.world.publicUrl.length) : url
    const cookie = this.cookies.filter((kept) => path.startsWith(kept.path)).map(({ name, value }) => `${name}=${value}`)
    const headers = {
      accept: 'text/html',
      ...(cookie.length > 0 && { cookie: cookie.join('; ') }),
      ...(fields && { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }),
      ...this.headers,
    }
    const answer = await this.send(method, path, headers, fields && new URLSearchParams(fields).toString())
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) this.#keep(String(line))
    return answer
  }

  /** How it reaches the server: without a network. */
  protected async send(
    method: 'GET' | 'POST',
    path: string,
    headers: Record<string, string>,
    body: string | undefined,
  ): Promise<PageAnswer> {
    const response = await this.world.app.inject({
      method,
      url: path,
      headers: { host: new URL(this.world.publicUrl).host, ...headers },
      ...(body !== undefined && { payload: body }),
    })
    return { status: response.statusCode, url: path, text: response.body, headers: response.headers }
  }

  async #follow(answer: PageAnswer, from: string): Promise<PageAnswer> {
    const { location } = answer.headers
    if (typeof location !== 'string') return answer
    const next = new URL(location, new URL(from, this.world.publicUrl))
    if (next.origin !== this.world.publicUrl) {
      this.left = next
      return answer
    }
    const path = next.pathname + next.search
    return this.#follow(await this.request('GET', path), path)
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/;\s*/)
    const end = pair.indexOf('=')
    const name = pair.slice(0, end)
    const attribute = (wanted: string) => attributes.find((one) => one.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1)
    const path = attribute('path') ?? '/'
    const at = this.cookies.findIndex((kept) => kept.name === name && kept.path === path)
    if (at >= 0) this.cookies.splice(at, 1)
    const expires = attribute('expires')
    const isGone = attribute('max-age') === '0' || (expires !== undefined && new Date(expires).getTime() <= Date.now())
    if (!isGone) this.cookies.push({ name, value: pair.slice(end + 1), path })
  }
}

export function formToken({ text }: PageAnswer): string {
  return /name="t" value="([^"]*)"/.exec(text)?.[1] ?? assert.fail(`no form in ${text.slice(0, 2_000)}`)
}

export const callback = 'https://app.example/callback'

/** An app as an administrator registered it before the story began. */
export async function registerApp(world: World, changes: Partial<App> = {}, consent: readonly string[] = ['User.Read']): Promise<App> {
  const app: App = {
    id: randomUUID(),
    appId: randomUUID(),
    displayName: 'Rooster',
    description: undefined,
    audience: 'AzureADMyOrg',
    redirectUris: { web: [], spa: [callback], publicClient: [] },
    homePageUrl: undefined,
    logoutUrl: undefined,
    backChannelLogoutUri: undefined,
    isFallbackPublicClient: false,
    idTokenAlgorithm: 'ES256',
    requiredScopes: [],
    requiredRoles: [],
    secrets: [],
    keys: [],
    createdAt: world.now,
    ...changes,
  }
  await world.system.inTransaction(async ({ apps }) => {
    const servicePrincipalId = await apps.add(app, world.now)
    if (consent.length > 0) await apps.addConsent({ servicePrincipalId, scopes: consent }, world.now)
  })
  return app
}

/** What an app with PKCE keeps while its person signs in. */
export interface AppRequest {
  url: string
  verifier: string
  state: string
}

export function authorizeRequest(world: World, app: App, parameters: Record<string, string> = {}): AppRequest {
  const verifier = randomBytes(32).toString('base64url')
  const state = randomUUID()
  const query = new URLSearchParams({
    client_id: app.appId,
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid profile offline_access User.Read',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
    nonce: randomUUID(),
    ...parameters,
  })
  return { url: `/${world.tenantId}/oauth2/v2.0/authorize?${query}`, verifier, state }
}

/** The code the app got, after the whole way through the pages. */
export async function signInByNumber(world: World, app: App, number: string, visitor = new Visitor(world), parameters = {}) {
  const asked = authorizeRequest(world, app, parameters)
  // What the number is told of a change comes before its code, not after it.
  await world.textsSent()
  const first = await visitor.get(asked.url)
  const codePage = await visitor.submit(first, { identifier: number, do: 'next' })
  const text = await world.textTo(number)
  let page = await visitor.submit(codePage, { code: world.codeIn(text), do: 'next' })
  if (page.text.includes('name="stay"')) page = await visitor.submit(page, { stay: 'no' })
  const code = visitor.left?.searchParams.get('code') ?? assert.fail(`no code after ${page.status} ${page.text.slice(0, 3_000)}`)
  return { code, visitor, ...asked }
}

/** As far as the page on which the password is asked. */
export async function passwordPageOf(world: World, app: App, name: string, visitor = new Visitor(world), parameters = {}) {
  const asked = authorizeRequest(world, app, parameters)
  const page = await visitor.submit(await visitor.get(asked.url), { identifier: name, do: 'next' })
  return { page, visitor, ...asked }
}

export async function redeem(world: World, app: App, fields: Record<string, string>, tenant = world.tenantId) {
  const response = await world.app.inject({
    method: 'POST',
    url: `/${tenant}/oauth2/v2.0/token`,
    headers: { host: new URL(world.publicUrl).host, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ client_id: app.appId, redirect_uri: callback, ...fields }).toString(),
  })
  return { status: response.statusCode, body: response.json() }
}
