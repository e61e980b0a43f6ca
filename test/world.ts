import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { RoleName } from '#contract/graph/role-templates.ts'
import { createApp } from '#server/app.ts'
import type { RecordedEvent } from '#server/domain/audit-event.ts'
import type { Limits } from '#server/domain/budget.ts'
import { everyScope } from '#server/domain/permissions.ts'
import { type InboxMail, MailInbox } from '#server/gateways/mail/inbox.ts'
import type { MailGateway } from '#server/gateways/mail/mail-gateway.ts'
import { Inbox, type InboxMessage } from '#server/gateways/sms/inbox.ts'
import type { SmsGateway } from '#server/gateways/sms/sms-gateway.ts'
import { CallInbox, type InboxCall } from '#server/gateways/voice/inbox.ts'
import type { VoiceGateway } from '#server/gateways/voice/voice-gateway.ts'
import type { WebFiles } from '#server/gateways/web-files.ts'
import type { Certificate } from '#server/http/certificate.ts'
import { openLog } from '#server/http/logging.ts'
import { startPlacing } from '#server/jobs/place-calls.ts'
import type { Running } from '#server/jobs/schedule.ts'
import { startMailing } from '#server/jobs/send-mails.ts'
import { startSending } from '#server/jobs/send-texts.ts'
import { Budgets } from '#server/store/budgets.ts'
import type { Database } from '#server/store/database.ts'
import { MasterKey } from '#server/store/vault.ts'
import { Installation, type System } from '#server/system.ts'
import type { TestDatabase } from './databases.ts'
import { Story } from './story.ts'

export { databases, newDirectory, type TestDatabase } from './databases.ts'

export const masterKey = new MasterKey(randomBytes(32))
export const publicUrl = 'https://sesam.test'

export interface TestAnswer {
  status: number
  // A test says what it expects of a body; that is its check.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  body: any
  headers: Readonly<Record<string, string | string[] | number | undefined>>
  text: string
}

export type Client = ReturnType<World['client']>

/** A whole server in memory with an organisation of its own and a readable log. */
export class World extends Story {
  readonly app: FastifyInstance
  readonly installation: Installation
  readonly tenantId: string
  readonly logged: string[]
  readonly inbox: Inbox
  readonly callInbox: CallInbox
  readonly mailbox: MailInbox
  readonly #jobs: readonly Running[]

  constructor(
    parts: Pick<World, 'app' | 'installation' | 'system' | 'domain' | 'logged' | 'inbox' | 'callInbox' | 'mailbox'> & {
      clock: { now: Date }
      jobs: readonly Running[]
    },
  ) {
    super(parts.system, parts.domain, parts.clock)
    this.app = parts.app
    this.installation = parts.installation
    this.tenantId = parts.system.organization.id
    this.logged = parts.logged
    this.inbox = parts.inbox
    this.callInbox = parts.callInbox
    this.mailbox = parts.mailbox
    this.#jobs = parts.jobs
  }

  /** The same server, as another of its organisations sees it. */
  inTenant(system: System, domain: string): World {
    const { app, installation, logged, inbox, callInbox, mailbox } = this
    return new World({ app, installation, system, domain, logged, inbox, callInbox, mailbox, clock: this.clock, jobs: this.#jobs })
  }

  get publicUrl(): string {
    return this.installation.parts.publicUrl
  }

  /** Somebody with these roles over the whole organisation, signed in with two factors and every scope there is. */
  async as(...roles: RoleName[]): Promise<Client> {
    const person = await this.person(`actor-${randomUUID().slice(0, 8)}`)
    for (const role of roles) await this.giveRole(person.id, role)
    return this.signedIn(person.id)
  }

  async signedIn(userId: string, with_: { scopes?: readonly string[]; methods?: readonly string[] } = {}): Promise<Client> {
    return this.client(await this.tokenFor(userId, with_), userId)
  }

  async tokenFor(
    userId: string,
    { scopes = everyScope, methods = ['pwd', 'mfa'] }: { scopes?: readonly string[]; methods?: readonly string[] } = {},
  ) {
    const account = (await this.system.authority.findAccount(userId)) ?? assert.fail('nobody to sign in')
    const request = { userId, scopes, methods, epoch: account.epoch, appId: 'test', lifeSeconds: 3_600 }
    return this.system.issueToken(request)
  }

  client(token: string | undefined, id = '') {
    const send = (method: Method, url: string, body?: unknown, headers: Record<string, string> = {}) =>
      this.send(method, url, body, { ...(token && { authorization: `Bearer ${token}` }), ...headers })
    return {
      id,
      token,
      get: (url: string, headers?: Record<string, string>) => send('GET', url, undefined, headers),
      post: (url: string, body?: unknown, headers?: Record<string, string>) => send('POST', url, body, headers),
      put: (url: string, body?: unknown, headers?: Record<string, string>) => send('PUT', url, body, headers),
      patch: (url: string, body?: unknown, headers?: Record<string, string>) => send('PATCH', url, body, headers),
      delete: (url: string, headers?: Record<string, string>) => send('DELETE', url, undefined, headers),
    }
  }

  /** A body that is a string goes out as it is, so that a test can send what no client library would. */
  async send(method: Method, url: string, body: unknown, headers: Record<string, string>): Promise<TestAnswer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await this.app.inject({
      method,
      url: url.startsWith(this.publicUrl) ? url.slice(this.publicUrl.length) : url,
      headers: { host: new URL(this.publicUrl).host, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(text !== undefined && { payload: text }),
    })
    const isJson = String(response.headers['content-type']).startsWith('application/json')
    return {
      status: response.statusCode,
      body: isJson ? response.json() : response.body,
      headers: response.headers,
      text: response.body,
    }
  }

  async auditTrail(): Promise<string[]> {
    return (await this.auditEvents()).map((event) => event.activity)
  }

  /** Oldest first. */
  async auditEvents(): Promise<RecordedEvent[]> {
    const query = {
      filter: undefined,
      search: undefined,
      orderBy: undefined,
      select: undefined,
      expand: [],
      top: 999,
      count: false,
      after: undefined,
    }
    const page = await this.system.audit.list(query)
    return page.items.toReversed()
  }

  /** Everything that was sent, newest last. */
  texts(): InboxMessage[] {
    return this.inbox.messages().toReversed()
  }

  /** The newest text to a number, once nothing is on its way to anybody any more. */
  async textTo(number: string): Promise<string> {
    await this.textsSent()
    const text = this.inbox.messages().find(({ to }) => to === number) ?? assert.fail(`no text to ${number}`)
    return text.text
  }

  /** The newest mail to an address, likewise. */
  async mailTo(address: string): Promise<InboxMail> {
    await this.textsSent()
    return this.mailbox.messages().find(({ to }) => to === address) ?? assert.fail(`no mail to ${address}`)
  }

  codeIn(text: string): string {
    return /#(\d+)$|^(\d{6})$/m.exec(text)?.slice(1).find(Boolean) ?? assert.fail(`no code in ${text}`)
  }

  /** Until the outbox has nothing to send at this time of the world's clock. */
  async textsSent(): Promise<void> {
    for (let tries = 0; tries < 500; tries++) {
      const [row] = await this.installation.parts.database.kysely
        .selectFrom('outbox')
        .select('state')
        .where('tenant_id', '=', this.tenantId)
        .where('state', '=', 'waiting')
        .where('due_at', '<=', this.now.getTime() + 30_000)
        .limit(1)
        .execute()
      if (!row) return
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    assert.fail('the texts were not sent')
  }

  /** The newest call to a number, once nobody waits to be called any more. */
  async callTo(number: string): Promise<InboxCall> {
    for (let tries = 0; tries < 500; tries++) {
      const rows = this.installation.parts.database.kysely.selectFrom('calls').select('id').where('tenant_id', '=', this.tenantId)
      const [row] = await rows.where('state', '=', 'waiting').limit(1).execute()
      if (!row) return (await this.callInbox.calls()).find(({ to }) => to === number) ?? assert.fail(`no call to ${number}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    assert.fail('the calls were not placed')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#jobs.map((job) => job.stop()))
    await this.app.close()
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

interface WorldOptions {
  database?: Database
  metricsToken?: string
  limits?: Limits
  /** Instead of the inbox. */
  gateways?: readonly SmsGateway[]
  voiceGateways?: readonly VoiceGateway[]
  mailGateways?: readonly MailGateway[]
  /** The OpenID library reads the machine's own clock, so its stories begin now. */
  startsAt?: Date
  /** With it the server has a sample app at /try, as an evaluation does. */
  sampleAppId?: string
  /** For a server that really listens. */
  publicUrl?: string
  certificate?: Certificate
  /** The built web apps; see built-web.ts. */
  webFiles?: WebFiles
  /** Whether an organisation's own provider may stand on this machine; it may, unless a test says otherwise. */
  reachesLoopback?: boolean
}

export async function startWorld(database: TestDatabase, options: WorldOptions = {}): Promise<World> {
  const clock = { now: options.startsAt ?? new Date('2026-11-20T09:00:00Z') }
  const store = options.database ?? (await database.shared())
  const installation = new Installation({
    database: store,
    budgets: new Budgets(store.alone, randomBytes(32)),
    ...(options.limits && { limits: options.limits }),
    masterKey,
    reachesLoopback: options.reachesLoopback ?? true,
    publicUrl: options.publicUrl ?? publicUrl,
    now: () => clock.now,
  })
  const domain = `${randomUUID().slice(0, 8)}.example`
  const system = await installation.addTenant({
    displayName: 'Contoso',
    defaultCountry: 'NL',
    languages: ['en', 'nl', 'sv'],
    domains: [domain],
  })
  const logged: string[] = []
  const log = openLog('info', { write: (line) => logged.push(line) })
  const inbox = new Inbox(() => clock.now)
  const posting = { log, tenantId: system.organization.id }
  const sending = startSending(installation, { gateways: options.gateways ?? [inbox], ...posting })
  const mailbox = new MailInbox(() => clock.now)
  const mailing = startMailing(installation, { gateways: options.mailGateways ?? [mailbox], ...posting })
  const callInbox = new CallInbox(() => clock.now)
  const voiceGateways = options.voiceGateways ?? [callInbox]
  const placing = startPlacing(installation, { gateways: voiceGateways, ...posting })
  const app = createApp({
    installation,
    log,
    inbox,
    callInbox,
    mailInbox: mailbox,
    voiceGateways: options.voiceGateways,
    hosts: new Set([new URL(installation.parts.publicUrl).host]),
    certificate: options.certificate,
    trustedProxies: [],
    metricsToken: options.metricsToken,
    sampleAppId: options.sampleAppId,
    webFiles: options.webFiles,
  })
  await app.ready()
  return new World({ app, installation, system, domain, logged, clock, inbox, callInbox, mailbox, jobs: [sending, placing, mailing] })
}
