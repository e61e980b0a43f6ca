import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Locale } from '#contract/locale.ts'
import { webApps } from '#contract/web-apps.ts'
import type { Browser } from '#server/domain/code-challenge.ts'
import { sessionCookieName } from '#server/domain/interaction.ts'
import { canonicalNumber, graphNumber } from '#server/domain/phone-number.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Setting } from '#server/http/branded-page.ts'
import { readCookie, removeCookie, setCookie } from '#server/http/cookies.ts'
import { type EnrolmentFlow, enrolmentSealer } from '#server/http/enrolment-flow.ts'
import { type Page, sendPage } from '#server/http/page.ts'
import { chooseLocale, pageLocale } from '#server/http/page-locale.ts'
import type { Sealer } from '#server/http/sealer.ts'
import { methods } from '#server/methods/index.ts'
import type { Interactions } from '#server/oidc/interactions.ts'
import type { Installation, System } from '#server/system.ts'
import { type Enrolled, type Enrolment, enrolByLink, enrolByPhone } from '../enrol-administrator.ts'
import { giveToken } from '../give-token.ts'
import { startEnrolment } from '../start-enrolment.ts'
import { type EnrolCodeError, enrolCodeView } from '../views/enrol-code-view.ts'
import { type EnrolError, enrolView } from '../views/enrol-view.ts'
import { tokenView } from '../views/token-view.ts'

const linkForm = /^([0-9a-f-]{36})\.([\w-]{43})$/
const cookie = 'enrol'
const carriedMs = 15 * 60_000
const { appId, displayName, path: adminPath } = webApps.admin

export class BootstrapDoors {
  readonly installation: Installation
  readonly interactions: Interactions
  readonly sealer: Sealer<EnrolmentFlow>

  constructor(installation: Installation, interactions: Interactions) {
    this.installation = installation
    this.interactions = interactions
    this.sealer = enrolmentSealer(installation.parts.masterKey.derive('bootstrap enrolment'))
  }

  async open(request: FastifyRequest, reply: FastifyReply): Promise<Opening> {
    // Fastify types parameters by route; this one is the named part of the path, as text.
    const { link = '' } = request.params as Record<string, string>
    const [, tenantId = '', secret = ''] = linkForm.exec(link) ?? refuse('bootstrap_link_spent')
    const system = (await this.installation.systemOf(tenantId)) ?? refuse('bootstrap_link_spent')
    if ((await system.bootstrapLinks.find(secret, system.now())) === undefined) refuse('bootstrap_link_spent')
    return new Opening({ doors: this, request, reply, system, secret, action: `/bootstrap/${link}` })
  }
}

type OpeningParts = Pick<Opening, 'doors' | 'request' | 'reply' | 'system' | 'secret' | 'action'>

/** One request of somebody who brought a link that can be used. */
class Opening {
  readonly doors: BootstrapDoors
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly system: System
  readonly secret: string
  readonly action: string
  readonly #locale: Locale

  constructor(parts: OpeningParts) {
    this.doors = parts.doors
    this.request = parts.request
    this.reply = parts.reply
    this.system = parts.system
    this.secret = parts.secret
    this.action = parts.action
    // Fastify types the query by route; a language is looked for in it and nothing else.
    const { ui_locales: wanted } = parts.request.query as { ui_locales?: unknown }
    this.#locale = chooseLocale(parts.reply, wanted) ?? pageLocale(parts.request, undefined)
  }

  async show(): Promise<FastifyReply> {
    const carrying = this.#carried
    return carrying ? this.#showCode(carrying) : this.#showEnrolment()
  }

  async take(): Promise<FastifyReply> {
    const carrying = this.#carried
    switch (this.#fields['do']) {
      case 'enrol':
        return this.#start()
      case 'confirm':
        return carrying ? this.#confirm(carrying) : this.#again()
      case 'resend':
        return carrying ? this.#resend(carrying) : this.#again()
      case 'back':
        removeCookie(this.reply, cookie, this.action)
        return this.#again()
      default:
        return this.#giveToken()
    }
  }

  async #start(): Promise<FastifyReply> {
    const { system, secret } = this
    const { new_password: password = '', again, number: typed = '' } = this.#fields
    const hasTexts = this.#hasTexts
    if (password === '') return this.#showEnrolment({ field: 'password', problem: 'missing' }, typed)
    if (password !== again) return this.#showEnrolment({ field: 'password', problem: 'different' }, typed)
    const started = await startEnrolment(system, {
      secret,
      password,
      number: typed,
      hasTexts,
      browser: this.#browser,
      locale: this.#locale,
    })
    switch (started.kind) {
      case 'bad-password':
        return this.#showEnrolment({ field: 'password', problem: started.problem }, typed)
      case 'bad-number':
        return this.#showEnrolment({ field: 'number', problem: 'bad' }, typed)
      case 'slow-down':
        this.reply.header('retry-after', String(started.retryAfterSeconds))
        return this.#showEnrolment({ field: 'number', problem: 'slow-down' }, typed)
      case 'started': {
        const { passwordHash, number, challengeId } = started
        if (challengeId !== undefined) return this.#goToCode({ passwordHash, number, challengeId })
        return this.#enter(await enrolByLink(system, this.#enrolment(passwordHash), number, this.#begin))
      }
    }
  }

  async #confirm(carrying: EnrolmentFlow): Promise<FastifyReply> {
    const code = (this.#fields['code'] ?? '').slice(0, 32).replace(/[\s-]/g, '')
    if (code === '') return this.#showCode(carrying, { kind: 'missing' })
    const { challengeId, passwordHash } = carrying
    const enrolled = await enrolByPhone(this.system, this.#enrolment(passwordHash), { challengeId, code }, this.#begin)
    if (enrolled.kind === 'in') return this.#enter(enrolled)
    return this.#showCode(carrying, enrolled.kind === 'wrong' && enrolled.triesLeft > 0 ? enrolled : { kind: 'over' })
  }

  async #resend(carrying: EnrolmentFlow): Promise<FastifyReply> {
    const outcome = await methods.sms.resendCode(this.system, carrying.challengeId, this.#browser, 'add-phone')
    if (outcome.kind === 'sent') return this.#goToCode({ ...carrying, isResent: true })
    if (outcome.kind !== 'slow_down') return this.#again()
    this.reply.header('retry-after', String(outcome.retryAfterSeconds))
    return this.#showCode(carrying, { kind: 'slow-down' })
  }

  async #giveToken(): Promise<FastifyReply> {
    const administrator = await giveToken(this.system, this.secret, this.request.id)
    return this.#send(tokenView({ ...this.#setting, ...administrator, publicUrl: this.doors.installation.parts.publicUrl }))
  }

  /** Into the admin center, where the session that has just begun is strong enough. */
  #enter(enrolled: Enrolled): FastifyReply {
    if (enrolled.kind !== 'in') return this.#again()
    const { id } = this.system.organization
    setCookie(this.reply, sessionCookieName(id), enrolled.sessionId)
    return this.reply.redirect(`${adminPath}?tenant=${id}`, 303)
  }

  #showEnrolment(error?: EnrolError, number = ''): FastifyReply {
    return this.#send(enrolView({ ...this.#setting, action: this.action, hasTexts: this.#hasTexts, number, error }))
  }

  async #showCode({ challengeId, number, isResent = false }: EnrolmentFlow, error?: EnrolCodeError): Promise<FastifyReply> {
    const { system } = this
    const challenge = await methods.sms.viewChallenge(system, challengeId, this.#browser, 'add-phone')
    const canResend = challenge !== undefined && challenge.sendsLeft > 0 && challenge.canResendAt <= system.now()
    const shown = graphNumber(canonicalNumber(number))
    return this.#send(enrolCodeView({ ...this.#setting, action: this.action, number: shown, isResent, canResend, error }))
  }

  #goToCode(carrying: EnrolmentFlow): FastifyReply {
    const until = new Date(this.system.now().getTime() + carriedMs)
    setCookie(this.reply, cookie, this.doors.sealer.seal(carrying, this.#belongsTo, until), { path: this.action })
    return this.#again()
  }

  /** Back to the same address, so that a reload shows the step and sends nothing. */
  #again(): FastifyReply {
    return this.reply.redirect(this.action, 303)
  }

  #send(page: Page): FastifyReply {
    return sendPage(this.reply, page)
  }

  readonly #begin: Parameters<typeof enrolByLink>[3] = (stores, proof) =>
    this.doors.interactions.begin(this.system.organization.id, stores, proof)

  #enrolment(passwordHash: string): Enrolment {
    const { request, secret } = this
    const userAgent = request.headers['user-agent'] ?? ''
    return { secret, passwordHash, browser: this.#browser, userAgent, requestId: request.id, app: { appId, displayName } }
  }

  get #carried(): EnrolmentFlow | undefined {
    const sealed = readCookie(this.request, cookie, this.action) ?? ''
    return this.doors.sealer.open(sealed, this.#belongsTo, this.system.now())
  }

  get #belongsTo(): string[] {
    return [this.system.organization.id, this.secret]
  }

  /** Whoever has the link is the one browser there is; its codes are tied to it. */
  get #browser(): Browser {
    return { binding: hash('sha256', `bootstrap ${this.#belongsTo.join(' ')}`, 'base64url'), device: undefined, address: this.request.ip }
  }

  get #hasTexts(): boolean {
    return this.system.gateways.sourceOf('sms') !== 'none'
  }

  get #setting(): Setting {
    return { locale: this.#locale, organisationName: this.system.organization.displayName, brand: this.system.branding }
  }

  /** Fields of the form, each as text. Nobody types a NUL, and PostgreSQL keeps none. */
  get #fields(): Readonly<Record<string, string>> {
    const { body } = this.request
    const entries = typeof body === 'object' && body !== null ? Object.entries(body) : []
    return Object.fromEntries(entries.map(([name, value]) => [name, String(value).replaceAll('\0', '')]))
  }
}
