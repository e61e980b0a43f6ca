import { randomUUID } from 'node:crypto'
import { Bell } from '#server/domain/bell.ts'
import { type Limits, limitsFor, usualLimits } from '#server/domain/budget.ts'
import { CallProofs } from '#server/domain/call-proof.ts'
import { NoticeLinks } from '#server/domain/notice-links.ts'
import { OneTimeCodes } from '#server/domain/one-time-code.ts'
import type { Organization } from '#server/domain/organization.ts'
import type { PhoneNumber } from '#server/domain/phone-number.ts'
import type { HeldSession } from '#server/domain/session.ts'
import type { Branding, SignInSettings } from '#server/domain/sign-in-settings.ts'
import { SignOuts } from '#server/domain/sign-outs.ts'
import { currentKey } from '#server/domain/signing-keys.ts'
import { GatewayBook, OrganizationGateways } from '#server/gateways/gateway-book.ts'
import { AccessTokens, type TokenRequest } from '#server/oidc/access-tokens.ts'
import { AuditChain } from '#server/store/audit-chain.ts'
import { type AuditKeys, auditKeysOf } from '#server/store/audit-proof.ts'
import { Budgets } from '#server/store/budgets.ts'
import { findTenantOfCallBack } from '#server/store/call-backs.ts'
import { CallQueue } from '#server/store/call-queue.ts'
import type { Connection } from '#server/store/connection.ts'
import type { Database } from '#server/store/database.ts'
import { findTenantOfNotice } from '#server/store/notices.ts'
import { NumbersAnywhere } from '#server/store/numbers-anywhere.ts'
import { findTenantOfRecord } from '#server/store/oidc-records.ts'
import { countOutbox } from '#server/store/outbox.ts'
import { PasswordHashes } from '#server/store/password-hashes.ts'
import { makeKeyPair, type SigningKey, SigningKeys } from '#server/store/signing-keys.ts'
import { type Stores, storesOf } from '#server/store/stores.ts'
import { type NewOrganization, Tenants } from '#server/store/tenants.ts'
import { type MasterKey, Vault } from '#server/store/vault.ts'

export type { Stores } from '#server/store/stores.ts'

/** The parts list of one tenant. */
export interface System extends Stores {
  organization: Organization
  signInSettings: SignInSettings
  branding: Branding
  /** Anybody here has a password: then whoever types a name is asked for one, whether they have one or not. */
  hasPasswords: boolean
  /** The organisation lets people in with a temporary access pass: then whoever types a name is asked for one, whether they have one or not. */
  takesPasses: boolean
  passwords: PasswordHashes
  codes: OneTimeCodes
  budgets: Budgets
  limits: Limits
  /** To be rung after a commit that added a text. */
  texts: Bell
  /** The same for a mail. */
  mails: Bell
  /** The same for a call. */
  callBell: Bell
  callProofs: CallProofs
  /** Where each write is a transaction of its own: what is counted stays counted, whatever becomes of the request. */
  atOnce: Pick<Stores, 'challenges' | 'methodPauses' | 'passwordTries' | 'gatewayHealth' | 'messageCounts' | 'checklistSteps' | 'callBacks'>
  /** Where people and providers reach us. */
  publicUrl: string
  /** What messages leave by. */
  gateways: OrganizationGateways
  /** Sessions were ended and it is committed: the apps that know them are told. */
  announceSignOuts(sessions: readonly HeldSession[]): void
  issueToken(request: TokenRequest): Promise<string>
  now(): Date
  /** What stands above of the organisation and its settings is read anew for the next request, at once on this node. */
  reload(): void
  /** Everything `work` writes is kept together or not at all. It may run more than once, so it only reads and writes stores. */
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
  /** The same where each statement decides for itself and nothing is written because of what was read: cheaper beside many others. */
  writing<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface Parts {
  database: Database
  masterKey: MasterKey
  publicUrl: string
  /** In an evaluation all is on one machine, and an organisation's own provider may be there too. */
  reachesLoopback?: boolean
  limits?: Limits
  /** Where several servers share a store that is not one installation, as in tests, each counts for itself. */
  budgets?: Budgets
  now(): Date
}

interface Tenant {
  system: System
  keys: readonly SigningKey[]
  loadedAt: number
}

/** Another node may have changed a tenant's keys or name; none works with old ones for longer than this. */
const tenantFreshMs = 10_000
const tenantsMax = 1_000
/** Ids come from addresses too, and PostgreSQL would not even look for one with a NUL in it. */
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The whole server's parts, and the way to one tenant's. */
export class Installation {
  readonly parts: Parts
  readonly tokens: AccessTokens
  readonly tenants: Tenants
  readonly nodeId = randomUUID()
  /** Rings for whoever sends texts. */
  readonly texts = new Bell()
  /** And for whoever sends mails. */
  readonly mails = new Bell()
  /** And for whoever places calls. */
  readonly callBell = new Bell()
  readonly signOuts = new SignOuts()
  readonly budgets: Budgets
  readonly codes: OneTimeCodes
  readonly noticeLinks: NoticeLinks
  readonly callProofs: CallProofs
  readonly gateways: GatewayBook
  readonly #auditKeys: AuditKeys
  readonly #passwords: PasswordHashes
  readonly #numbersAnywhere: NumbersAnywhere
  readonly #loaded = new Map<string, Tenant>()

  constructor(parts: Parts) {
    this.parts = parts
    this.tokens = new AccessTokens(parts.publicUrl)
    this.tenants = new Tenants(parts.database)
    this.#auditKeys = auditKeysOf(parts.masterKey)
    this.budgets = parts.budgets ?? new Budgets(parts.database.alone, parts.masterKey.derive('budgets'))
    this.#numbersAnywhere = new NumbersAnywhere(parts.masterKey.derive('numbers anywhere'))
    this.noticeLinks = new NoticeLinks(parts.masterKey.derive('notice links'))
    this.codes = new OneTimeCodes(parts.masterKey.derive('one-time codes'))
    this.callProofs = new CallProofs(parts.masterKey.derive('call proofs'))
    const { now, publicUrl, reachesLoopback = false } = parts
    this.gateways = new GatewayBook({ now, host: new URL(publicUrl).hostname, reachesLoopback })
    this.#passwords = new PasswordHashes(parts.masterKey.derive('password pepper'))
  }

  async systemOf(tenantId: string): Promise<System | undefined> {
    return (await this.#tenant(tenantId))?.system
  }

  /** Every published key: one that will sign, one that signs and those whose tokens may live, of each algorithm. */
  async keysOf(tenantId: string): Promise<readonly SigningKey[] | undefined> {
    return (await this.#tenant(tenantId))?.keys
  }

  /** Which tenant registered this app; for an address that names no tenant. */
  async findAppHome(appId: string): Promise<string | undefined> {
    return guid.test(appId) ? this.tenants.findIdByApp(appId) : undefined
  }

  /** Whose code or token this is, for addresses that name no organisation. */
  async findTenantOfRecord(kind: string, id: string): Promise<string | undefined> {
    return findTenantOfRecord(this.parts.database, kind, id)
  }

  /** Whose notice a link belongs to. */
  async findTenantOfNotice(secret: string): Promise<string | undefined> {
    return findTenantOfNotice(this.parts.database, secret)
  }

  /** Whose question to a person a link belongs to. */
  async findTenantOfCallBack(secret: string): Promise<string | undefined> {
    return findTenantOfCallBack(this.parts.database, secret)
  }

  /** Everybody who signs in with this number, in whichever organisation. */
  async findSignInHolders(number: PhoneNumber): Promise<{ tenantId: string; userId: string }[]> {
    return this.#numbersAnywhere.findSignInHolders(this.parts.database, number)
  }

  /** What became of the messages and calls of the last day, of all tenants. */
  async countMessages(): Promise<{ method: string; state: string; reason: string; count: number }[]> {
    const calls = await new CallQueue(this.parts.database).count()
    return [...(await countOutbox(this.parts.database)), ...calls.map((call) => ({ ...call, method: 'voice' }))]
  }

  /** What proves a tenant's audit log. Sealing needs a transaction's connection; checking works beside a running server. */
  auditChain(tenantId: string, connection: Connection = this.parts.database): AuditChain {
    return new AuditChain(connection, tenantId, this.#auditKeys)
  }

  /** A tenant with its own keys from its first moment; the key for RS256, slow to make, comes when the keys are first looked after. */
  async addTenant(organization: NewOrganization): Promise<System> {
    const { database, masterKey, now } = this.parts
    const pair = await makeKeyPair('ES256')
    const id = await database.inTransaction(async (connection) => {
      const tenantId = await new Tenants(connection).add(organization, now())
      await Vault.addKey(connection, masterKey, tenantId, now())
      const signingKeys = new SigningKeys(connection, tenantId, await Vault.open(connection, masterKey, tenantId))
      await signingKeys.add(pair, { generation: 1, signsFrom: now() }, now())
      return tenantId
    })
    return (await this.systemOf(id)) ?? Promise.reject(new Error('the tenant just made is not there'))
  }

  async #tenant(id: string): Promise<Tenant | undefined> {
    const known = this.#loaded.get(id)
    if (known && performance.now() - known.loadedAt < tenantFreshMs) return known
    const tenant = await this.#load(id)
    if (this.#loaded.size >= tenantsMax) this.#loaded.clear()
    if (tenant) this.#loaded.set(id, tenant)
    return tenant
  }

  async #load(id: string): Promise<Tenant | undefined> {
    if (!guid.test(id)) return undefined
    const { database, masterKey, now } = this.parts
    const organization = await this.tenants.find(id)
    if (!organization) return undefined
    const vault = await Vault.open(database, masterKey, id)
    const bound = (connection: Connection) =>
      storesOf(connection, {
        tenantId: id,
        vault,
        numbersAnywhere: this.#numbersAnywhere,
        eventKey: this.#auditKeys.event,
        nodeId: this.nodeId,
        publicUrl: this.parts.publicUrl,
        noticeLinks: this.noticeLinks,
      })
    const stores = bound(database)
    const signInSettings = await stores.settings.get()
    const size = { people: await stores.phones.countSignInNames(), textsADay: signInSettings.textsADay }
    const system: System = {
      ...stores,
      organization,
      signInSettings,
      branding: await stores.brandings.get(),
      hasPasswords: await stores.personPasswords.anybodyHasOne(),
      takesPasses: (await stores.methodPolicies.find('temporary-access-pass')).isEnabled,
      passwords: this.#passwords,
      codes: this.codes,
      budgets: this.budgets,
      limits: limitsFor(this.parts.limits ?? usualLimits, size),
      texts: this.texts,
      mails: this.mails,
      callBell: this.callBell,
      publicUrl: this.parts.publicUrl,
      gateways: new OrganizationGateways(this.gateways, id, await stores.ownGateways.all()),
      callProofs: this.callProofs,
      atOnce: bound(database.alone),
      announceSignOuts: (sessions) => this.signOuts.announce(id, sessions),
      issueToken: (request) => this.#issueToken(id, request),
      now,
      reload: () => this.#loaded.delete(id),
      inTransaction: (work) => database.inTransaction((connection) => work(bound(connection))),
      writing: (work) => database.writing((connection) => work(bound(connection))),
    }
    return { system, keys: await new SigningKeys(database, id, vault).all(), loadedAt: performance.now() }
  }

  async #issueToken(tenantId: string, request: TokenRequest): Promise<string> {
    const now = this.parts.now()
    const key = currentKey((await this.keysOf(tenantId)) ?? [], 'ES256', now)
    if (!key) throw new Error('this tenant has no signing key')
    return this.tokens.mint(tenantId, key, request, now)
  }
}
