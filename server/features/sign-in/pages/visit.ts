import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Locale } from '#contract/locale.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import { refuse } from '#server/domain/refusal.ts'
import { demandsStrongProof, isWebApp } from '#server/domain/web-app.ts'
import { readCookie, removeCookie, setCookie } from '#server/http/cookies.ts'
import { type Page, sendPage } from '#server/http/page.ts'
import { chooseLocale, pageLocale } from '#server/http/page-locale.ts'
import type { Sealer } from '#server/http/sealer.ts'
import { type Flow, flowSealer } from '#server/http/sign-in-flow.ts'
import { message } from '#server/locale.ts'
import type { Interactions, PendingInteraction } from '#server/oidc/interactions.ts'
import type { Installation, System } from '#server/system.ts'
import type { Moment } from '../conclude.ts'
import type { Step } from '../views/form.ts'
import type { AskedSecret } from '../views/password-view.ts'

const flowCookie = 'flow'
const deviceCookie = 'dev'
const flowLifeMs = 15 * 60_000
const deviceLifeSeconds = 180 * 86_400

/** What the doors of the sign-in pages share. */
export class SignInDoors {
  readonly installation: Installation
  readonly interactions: Interactions
  readonly #sealer: Sealer<Flow>
  readonly #formKey: KeyObject

  constructor(installation: Installation, interactions: Interactions) {
    const { masterKey } = installation.parts
    this.installation = installation
    this.interactions = interactions
    this.#sealer = flowSealer(masterKey.derive('sign-in flow'))
    this.#formKey = createSecretKey(masterKey.derive('sign-in forms'))
  }

  /** Undefined when the sign-in is over, was never begun, or began in another browser. */
  async open(request: FastifyRequest, reply: FastifyReply): Promise<Visit | undefined> {
    // Fastify types parameters by route; these two are the named parts of the path, as text.
    const { tenant = '', uid = '' } = request.params as Record<string, string>
    const system = (await this.installation.systemOf(tenant)) ?? refuse('path_unknown')
    const pending = await this.interactions.find(tenant, uid, request.raw, reply.raw)
    if (!pending) return undefined
    const action = `/${tenant}/sign-in/${uid}`
    const flow = this.#sealer.open(readCookie(request, flowCookie, action) ?? '', [tenant, uid], system.now())
    return new Visit({ doors: this, request, reply, system, pending, action, flow })
  }

  sealFlow({ system, pending }: Visit, flow: Flow): string {
    const until = new Date(system.now().getTime() + flowLifeMs)
    return this.#sealer.seal(flow, [system.organization.id, pending.view.id], until)
  }

  /** What a form of this step carries. Another site cannot know it, and neither does a form of an earlier step. */
  formToken({ system, pending, flow }: Visit): string {
    const parts = [system.organization.id, pending.view.id, flow?.step ?? '', flow?.challengeId ?? '']
    return createHmac('sha256', this.#formKey).update(JSON.stringify(parts)).digest('base64url').slice(0, 22)
  }
}

const nobodysBrand = { colour: undefined, logo: undefined, note: undefined }

type VisitParts = Pick<Visit, 'doors' | 'request' | 'reply' | 'system' | 'pending' | 'action' | 'flow'>

/** One request of somebody who is signing in. */
export class Visit {
  readonly doors: SignInDoors
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly system: System
  readonly pending: PendingInteraction
  readonly action: string
  readonly flow: Flow | undefined
  readonly locale: Locale

  constructor(parts: VisitParts) {
    this.doors = parts.doors
    this.request = parts.request
    this.reply = parts.reply
    this.system = parts.system
    this.pending = parts.pending
    this.action = parts.action
    this.flow = parts.flow
    // Fastify types the query by route; a language is looked for in it and nothing else.
    const { ui_locales: wanted } = parts.request.query as { ui_locales?: unknown }
    this.locale = chooseLocale(parts.reply, wanted) ?? pageLocale(parts.request, parts.pending.view.uiLocales)
  }

  get step(): Step {
    const { organization, branding } = this.system
    const { isAnywhere, appId } = this.pending.view
    // An app of ours is at home everywhere, so until somebody is known the page is nobody's.
    const isNobodys = isAnywhere && isWebApp(appId)
    return {
      locale: this.locale,
      organisationName: isNobodys ? 'Sesam' : organization.displayName,
      brand: isNobodys ? nobodysBrand : branding,
      action: this.action,
      token: this.doors.formToken(this),
    }
  }

  get browser(): Browser {
    return {
      binding: hash('sha256', `${this.system.organization.id} ${this.pending.view.id}`, 'base64url'),
      device: readCookie(this.request, deviceCookie),
      address: this.request.ip,
    }
  }

  /** What the organisation allows for signing in: for everybody the same. */
  get ways(): string[] {
    const { hasPasswords, takesPasses } = this.system
    return [
      message(this.locale, 'methods.sms.way'),
      ...(hasPasswords ? [message(this.locale, 'methods.password.way')] : []),
      ...(takesPasses ? [message(this.locale, 'methods.temporary-access-pass.way')] : []),
    ]
  }

  /** What may be typed beside a name. Of somebody who may be of any organisation nothing is known that they could have. */
  get asks(): AskedSecret | undefined {
    const { hasPasswords, takesPasses } = this.system
    if (this.pending.view.isAnywhere) return undefined
    if (takesPasses) return hasPasswords ? 'either' : 'pass'
    return hasPasswords ? 'password' : undefined
  }

  /** Fields of the form, each once and as text. Nobody types a NUL, and PostgreSQL keeps none. */
  get fields(): Readonly<Record<string, string>> {
    const { body } = this.request
    return typeof body === 'object' && body !== null
      ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value).replaceAll('\0', '')]))
      : {}
  }

  /** True when the form was made by this step of this sign-in, and by our own page. */
  isOurForm(): boolean {
    const site = this.request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
    const given = Buffer.from(this.fields['t'] ?? '')
    const expected = Buffer.from(this.doors.formToken(this))
    return given.length === expected.length && timingSafeEqual(given, expected)
  }

  /** Whether somebody has proven who they are here since this request began. */
  async isProvenByNow(): Promise<boolean> {
    const now = await this.pendingByNow()
    return now?.isAnswered === true || now?.held !== undefined
  }

  pendingByNow(): Promise<PendingInteraction | undefined> {
    const { doors, system, pending, request, reply } = this
    return doors.interactions.find(system.organization.id, pending.view.id, request.raw, reply.raw)
  }

  /** A campaign asks once in a sign-in, and not where something else was asked already. */
  get moment(): Moment {
    const { asksToKeepNumber = false, registering } = this.flow ?? {}
    const mayOffer = !asksToKeepNumber && (registering?.added ?? []).length === 0
    return { now: this.system.now(), mayOffer, needsTwoFactors: this.pending.view.needsTwoFactors }
  }

  /** Never by an app that gives power: there a forgotten browser must not stay open. */
  get asksToStaySignedIn(): boolean {
    return this.system.signInSettings.asksToStaySignedIn && !demandsStrongProof(this.pending.view.appId)
  }

  show(page: Page): FastifyReply {
    const { appOrigin } = this.pending.view
    // The answer to a form ends at the app, and browsers hold the whole way there to the page's policy.
    return sendPage(this.reply, { ...page, formTargets: appOrigin ? [appOrigin] : [] })
  }

  /** The browser carries this on from here. */
  keep(flow: Flow): void {
    setCookie(this.reply, flowCookie, this.doors.sealFlow(this, flow), { path: this.action })
  }

  /** On to a step, by an answer that a reload repeats without sending anything. */
  goTo(flow: Flow): FastifyReply {
    this.keep(flow)
    return this.reply.redirect(this.action, 303)
  }

  again(): FastifyReply {
    return this.reply.redirect(this.action, 303)
  }

  /** Back to the protocol, which goes on to the app. */
  leave(): FastifyReply {
    removeCookie(this.reply, flowCookie, this.action)
    return this.reply.redirect(this.pending.returnTo, 303)
  }

  rememberDevice(device: string): void {
    setCookie(this.reply, deviceCookie, device, { maxAgeSeconds: deviceLifeSeconds })
  }
}
