import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { RoleName } from '#contract/graph/role-templates.ts'
import type { MethodId } from '#contract/method-ids.ts'
import { createApp } from '#server/app.ts'
import type { Unit } from '#server/domain/administrative-unit.ts'
import type { RecordedEvent } from '#server/domain/audit-event.ts'
import type { Limits } from '#server/domain/budget.ts'
import type { Group } from '#server/domain/group.ts'
import { everybody } from '#server/domain/method-policy.ts'
import { everyScope } from '#server/domain/permissions.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import { type PhoneNumber, parsePhoneNumber } from '#server/domain/phone-number.ts'
import { type RoleScope, roleIdOf } from '#server/domain/roles.ts'
import type { User, UserChanges } from '#server/domain/user.ts'
import { Inbox, type InboxMessage } from '#server/gateways/sms/inbox.ts'
import type { SmsGateway } from '#server/gateways/sms/sms-gateway.ts'
import type { Certificate } from '#server/http/certificate.ts'
import { openLog } from '#server/http/logging.ts'
import type { Running } from '#server/jobs/schedule.ts'
import { startSending } from '#server/jobs/send-texts.ts'
import { Budgets } from '#server/store/budgets.ts'
import type { Database } from '#server/store/database.ts'
import { migrate } from '#server/store/migrate.ts'
import { openPostgres } from '#server/store/postgres.ts'
import { openSqlite } from '#server/store/sqlite.ts'
import { MasterKey } from '#server/store/vault.ts'
import { Installation, type System } from '#server/system.ts'
import { newPostgresDatabase } from './postgres.ts'

export interface TestDatabase {
  name: 'sqlite' | 'postgres'
  /** One database for all the tests of a run; each test has a tenant of its own in it. */
  shared(): Promise<Database>
  /** A database nobody else sees, not even migrated. */
  fresh(): Promise<Database & { location: { dataDirectory: string; databaseUrl: string | undefined } }>
}

const directories: string[] = []

export function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'sesam-test-'))
  directories.push(directory)
  return directory
}

function testDatabase(name: TestDatabase['name'], fresh: TestDatabase['fresh']): TestDatabase {
  let opening: Promise<Database> | undefined
  async function open(): Promise<Database> {
    const database = await fresh()
    await migrate(database)
    return database
  }
  return {
    name,
    fresh,
    shared: () => {
      opening ??= open()
      return opening
    },
  }
}

async function freshSqlite() {
  const dataDirectory = newDirectory()
  return { ...openSqlite(dataDirectory), location: { dataDirectory, databaseUrl: undefined } }
}

async function freshPostgres() {
  const databaseUrl = await newPostgresDatabase()
  return { ...openPostgres({ connectionString: databaseUrl }), location: { dataDirectory: newDirectory(), databaseUrl } }
}

export const databases: readonly TestDatabase[] = [testDatabase('sqlite', freshSqlite), testDatabase('postgres', freshPostgres)]

after(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})

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

/** A whole server in memory with an organisation of its own, a clock that can be turned and a readable log. */
export class World {
  readonly app: FastifyInstance
  readonly installation: Installation
  readonly system: System
  readonly tenantId: string
  readonly domain: string
  readonly logged: string[]
  readonly inbox: Inbox
  readonly #sending: Running
  readonly #clock: { now: Date }

  constructor(
    parts: Pick<World, 'app' | 'installation' | 'system' | 'domain' | 'logged' | 'inbox'> & { clock: { now: Date }; sending: Running },
  ) {
    this.app = parts.app
    this.installation = parts.installation
    this.system = parts.system
    this.tenantId = parts.system.organization.id
    this.domain = parts.domain
    this.logged = parts.logged
    this.inbox = parts.inbox
    this.#sending = parts.sending
    this.#clock = parts.clock
  }

  get now(): Date {
    return this.#clock.now
  }

  get publicUrl(): string {
    return this.installation.parts.publicUrl
  }

  turnClock(milliseconds: number): void {
    this.#clock.now = new Date(this.#clock.now.getTime() + milliseconds)
  }

  /** A person written straight into the store, as one who was there before the story began. */
  async person(name: string, changes: UserChanges = {}): Promise<User> {
    const id = randomUUID()
    const userPrincipalName = name.includes('@') ? name : `${name}@${this.domain}`
    const user = { displayName: name, mailNickname: name.replaceAll(/\W/g, ''), accountEnabled: true, ...changes, id, userPrincipalName }
    await this.system.inTransaction(({ users }) => users.add(user, this.now))
    return (await this.system.users.find(id)) ?? assert.fail('the person just added is not there')
  }

  /** A group that was there before the story began, with these people and groups in it. */
  async group(name: string, { members = [], owners = [], isAssignableToRole = false }: GroupStory = {}): Promise<Group> {
    const group = {
      id: randomUUID(),
      displayName: name,
      description: undefined,
      mailNickname: name.replaceAll(/\W/g, ''),
      isAssignableToRole,
    }
    await this.system.inTransaction(async ({ groups, groupMembers, memberships }) => {
      await groups.add(group, this.now)
      for (const member of (await memberships.findMembers(members.map(({ id }) => id))).values()) await groupMembers.add(group.id, member)
      for (const owner of owners) await groupMembers.addOwner(group.id, owner.id)
    })
    return (await this.system.groups.find(group.id)) ?? assert.fail('the group just added is not there')
  }

  async unit(name: string, { members = [], visibility, isRestricted = false }: UnitStory = {}): Promise<Unit> {
    const unit = { id: randomUUID(), displayName: name, description: undefined, visibility, isRestricted }
    await this.system.inTransaction(async ({ units, memberships }) => {
      await units.add(unit, this.now)
      for (const member of (await memberships.findMembers(members.map(({ id }) => id))).values()) await units.addMember(unit.id, member)
    })
    return unit
  }

  async giveRole(
    principalId: string,
    role: RoleName,
    scope: RoleScope = { kind: 'tenant' },
    principalKind: 'user' | 'group' = 'user',
  ): Promise<void> {
    await this.system.inTransaction(({ roles }) =>
      roles.add({ id: randomUUID(), roleId: roleIdOf(role), principalId, principalKind, scope }, this.now),
    )
  }

  /** A number that was given to this person before the story began; it names them at sign-in unless told otherwise. */
  async number(user: { id: string }, text: string, { signIn = true, type = 'mobile' }: NumberStory = {}): Promise<PhoneNumber> {
    const parsed = parsePhoneNumber(text)
    assert.ok(parsed.kind === 'number', `${text} is no number`)
    const phone = {
      userId: user.id,
      type,
      number: parsed.number,
      isSignInName: signIn,
      signInWish: signIn ? 'wanted' : 'never tried',
    } as const
    assert.ok(await this.system.inTransaction(({ phones }) => phones.add(phone, this.now)), `${text} is taken`)
    return parsed.number
  }

  /** A method everybody may use, or these people only. */
  async allow(
    method: MethodId,
    { group, usableForSignIn = true }: { group?: { id: string }; usableForSignIn?: boolean } = {},
  ): Promise<void> {
    const target = { kind: 'group', id: group?.id ?? everybody, isExcluded: false, isUsableForSignIn: usableForSignIn } as const
    await this.system.inTransaction(({ methodPolicies }) =>
      methodPolicies.set(method, { isEnabled: true, targets: [target], settings: {} }),
    )
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

  codeIn(text: string): string {
    return /#(\d+)$/.exec(text)?.[1] ?? assert.fail(`no code in ${text}`)
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

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sending.stop()
    await this.app.close()
  }
}

interface GroupStory {
  members?: readonly { id: string }[]
  owners?: readonly { id: string }[]
  isAssignableToRole?: boolean
}

interface NumberStory {
  signIn?: boolean
  type?: PhoneType
}

interface UnitStory {
  members?: readonly { id: string }[]
  visibility?: Unit['visibility']
  isRestricted?: boolean
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

interface WorldOptions {
  database?: Database
  metricsToken?: string
  limits?: Limits
  /** Instead of the inbox. */
  gateways?: readonly SmsGateway[]
  /** The OpenID library reads the machine's own clock, so its stories begin now. */
  startsAt?: Date
  /** For a server that really listens. */
  publicUrl?: string
  certificate?: Certificate
}

export async function startWorld(database: TestDatabase, options: WorldOptions = {}): Promise<World> {
  const clock = { now: options.startsAt ?? new Date('2026-11-20T09:00:00Z') }
  const store = options.database ?? (await database.shared())
  const installation = new Installation({
    database: store,
    budgets: new Budgets(store.alone, randomBytes(32)),
    ...(options.limits && { limits: options.limits }),
    masterKey,
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
  const sending = startSending(installation, { gateways: options.gateways ?? [inbox], log, tenantId: system.organization.id })
  const app = createApp({
    installation,
    log,
    inbox,
    hosts: new Set([new URL(installation.parts.publicUrl).host]),
    certificate: options.certificate,
    trustedProxies: [],
    metricsToken: options.metricsToken,
  })
  await app.ready()
  return new World({ app, installation, system, domain, logged, clock, inbox, sending })
}
