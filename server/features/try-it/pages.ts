import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '#server/domain/refusal.ts'
import { readCookie, removeCookie, setCookie } from '#server/http/cookies.ts'
import { sendPage } from '#server/http/page.ts'
import { chooseLocale, pageLocale } from '#server/http/page-locale.ts'
import type { Sealer } from '#server/http/sealer.ts'
import { type TryItState, tryItSealer } from '#server/http/try-it-state.ts'
import type { Installation, System } from '#server/system.ts'
import { type SignedIn, tryItView } from './views/try-it-view.ts'

/** The sample app, as a stranger to this server: it knows its client id and speaks OpenID Connect, nothing else. */
export interface SampleApp {
  appId: string
  /** Sends a form to the server's own token address. */
  redeem(address: string, form: URLSearchParams): Promise<Readonly<Record<string, unknown>>>
}

const cookie = 'try'
const path = '/try'
const callbackPath = '/try/callback'
/** Said along on the way back from a sign-out. */
const signedOut = 'signed-out'
const lifeMs = 60 * 60_000

/** A tiny app to sign in to, which shows who came and with what. Only in an evaluation. */
export function mountTryIt(app: FastifyInstance, installation: Installation, sample: SampleApp): void {
  const shop = new SampleShop(installation, sample)
  // Whoever opens the bare address of an evaluation wants to see something.
  app.get('/', async (_request, reply) => reply.redirect(path, 303))
  app.get(path, async (request, reply) => shop.show(request, reply))
  app.get(callbackPath, async (request, reply) => shop.takeAnswer(request, reply))
  app.post(path, async (request, reply) => shop.start(request, reply))
}

class SampleShop {
  readonly #installation: Installation
  readonly #sample: SampleApp
  readonly #sealer: Sealer<TryItState>

  constructor(installation: Installation, sample: SampleApp) {
    this.#installation = installation
    this.#sample = sample
    this.#sealer = tryItSealer(installation.parts.masterKey.derive('sample app'))
  }

  async show(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const system = await this.#system()
    // Fastify types the query by route; only these two are looked for in it.
    const { error, ui_locales: wanted } = request.query as { error?: unknown; ui_locales?: unknown }
    const locale = chooseLocale(reply, wanted) ?? pageLocale(request, undefined)
    const { organization, branding } = system
    const state = this.#state(request, system)
    const page = tryItView({
      locale,
      organisationName: organization.displayName,
      brand: branding,
      action: path,
      signedIn: state?.idToken === undefined ? undefined : signedInBy(state.idToken),
      signOutAt: state?.idToken === undefined ? undefined : this.#signOutAddress(system, state.idToken),
      failed: typeof error === 'string',
    })
    // What the form begins ends at the sign-in pages, which are ours.
    return sendPage(reply, page)
  }

  async start(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const system = await this.#system()
    const { publicUrl } = this.#installation.parts
    const verifier = randomBytes(32).toString('base64url')
    const state = randomBytes(16).toString('base64url')
    this.#keep(reply, system, { ...this.#state(request, system), verifier, state })
    // Forms carry text fields only.
    const { prompt } = (request.body ?? {}) as { prompt?: string }
    const query = new URLSearchParams({
      client_id: this.#sample.appId,
      response_type: 'code',
      redirect_uri: publicUrl + callbackPath,
      scope: 'openid profile phone',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state,
      ...(prompt === 'select_account' && { prompt }),
    })
    return reply.redirect(`/${system.organization.id}/oauth2/v2.0/authorize?${query}`, 303)
  }

  async takeAnswer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const system = await this.#system()
    // As above.
    const { code, state } = request.query as { code?: unknown; state?: unknown }
    if (state === signedOut) {
      removeCookie(reply, cookie, path)
      return reply.redirect(path, 303)
    }
    const kept = this.#state(request, system)
    if (typeof code !== 'string' || kept?.verifier === undefined || kept.state !== state) return reply.redirect(`${path}?error=1`, 303)
    const { publicUrl } = this.#installation.parts
    const form = new URLSearchParams({
      client_id: this.#sample.appId,
      grant_type: 'authorization_code',
      code,
      redirect_uri: publicUrl + callbackPath,
      code_verifier: kept.verifier,
    })
    const tokens = await this.#sample.redeem(`/${system.organization.id}/oauth2/v2.0/token`, form)
    if (typeof tokens['id_token'] !== 'string') return reply.redirect(`${path}?error=1`, 303)
    this.#keep(reply, system, { idToken: tokens['id_token'] })
    return reply.redirect(path, 303)
  }

  async #system(): Promise<System> {
    const home = (await this.#installation.findAppHome(this.#sample.appId)) ?? refuse('path_unknown')
    return (await this.#installation.systemOf(home)) ?? refuse('path_unknown')
  }

  #state(request: FastifyRequest, system: System): TryItState | undefined {
    return this.#sealer.open(readCookie(request, cookie, path) ?? '', [cookie], system.now())
  }

  #keep(reply: FastifyReply, system: System, state: TryItState): void {
    const sealed = this.#sealer.seal(state, [cookie], new Date(system.now().getTime() + lifeMs))
    setCookie(reply, cookie, sealed, { path, maxAgeSeconds: lifeMs / 1000 })
  }

  #signOutAddress({ organization }: System, idToken: string): string {
    const query = new URLSearchParams({
      id_token_hint: idToken,
      post_logout_redirect_uri: this.#installation.parts.publicUrl + callbackPath,
      state: signedOut,
    })
    return `/${organization.id}/oauth2/v2.0/logout?${query}`
  }
}

/** It came from our own token address over our own wire, so its signature needs no check here; an app of yours checks it. */
function signedInBy(idToken: string): SignedIn {
  const claims: Readonly<Record<string, unknown>> = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString())
  return {
    name: String(claims['name'] ?? claims['preferred_username'] ?? ''),
    methods: Array.isArray(claims['amr']) ? claims['amr'].map(String) : [],
    signedInAt: new Date(Number(claims['auth_time']) * 1000),
    claims,
  }
}
