import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { App, AppChanges, AppKey, AppSecret, Client } from '#server/domain/app.ts'
import type { Page, Query } from '#server/domain/query.ts'
import { fold } from '#server/domain/user.ts'
import { findWebApp } from '#server/domain/web-app.ts'
import { addConsent, addRole, type NewConsent } from './app-consents.ts'
import { readClient, readName, withCredentials } from './app-rows.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd, preparedChange } from './prepared.ts'
import { behind, type Columns, conditionOf, orderOf, pageOf, searchCondition, sortColumn, sortValue } from './query-sql.ts'
import type { Inserted, Updated } from './schema.ts'
import { addServicePrincipal } from './service-principals.ts'

const byId = prepared((db, tenantId: string, id: string) =>
  db.selectFrom('apps').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id),
)
const idByAppId = prepared((db, tenantId: string, appId: string) =>
  db.selectFrom('apps').select('id').where('tenant_id', '=', tenantId).where('app_id', '=', appId),
)
const secretRemoved = prepared((db, tenantId: string, appObjectId: string, id: string) =>
  db.deleteFrom('app_secrets').where('tenant_id', '=', tenantId).where('app_object_id', '=', appObjectId).where('id', '=', id),
)
const keysRemoved = prepared((db, tenantId: string, appObjectId: string) =>
  db.deleteFrom('app_keys').where('tenant_id', '=', tenantId).where('app_object_id', '=', appObjectId),
)
const removed = prepared((db, tenantId: string, id: string) => db.deleteFrom('apps').where('tenant_id', '=', tenantId).where('id', '=', id))

const insertApp = preparedAdd('apps')
const insertSecret = preparedAdd('app_secrets')
const insertKey = preparedAdd('app_keys')
const changeApp = preparedChange('apps', ['tenant_id', 'id'])

const columns: Columns = {
  id: { kind: 'plain', column: 'apps.id' },
  appId: { kind: 'plain', column: 'apps.app_id' },
  displayName: { kind: 'text', column: 'apps.display_name', lowered: 'apps.display_name_lowered' },
  signInAudience: { kind: 'word', column: 'apps.audience' },
  createdDateTime: { kind: 'instant', column: 'apps.created_at' },
}

/** The apps a tenant registered, and those it lets in. */
export class Apps {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #publicUrl: string

  /** Our own apps stand before any row: whatever somebody registered under such an id, it is never asked. */
  constructor(connection: Connection, tenantId: string, publicUrl: string) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#publicUrl = publicUrl
  }

  /** The app as this tenant lets it in; nothing when it does not, or when the tenant that made it keeps it to itself or has deleted it. */
  async findClient(appId: string): Promise<Client | undefined> {
    return findWebApp(appId, this.#publicUrl) ?? readClient(this.#connection, this.#tenantId, appId)
  }

  /** What a page shows of an app it lets in: one statement, where pages are asked for often. */
  async findName(appId: string): Promise<string | undefined> {
    return findWebApp(appId, this.#publicUrl)?.app.displayName ?? readName(this.#connection, this.#tenantId, appId)
  }

  async find(id: string): Promise<App | undefined> {
    const row = await byId.first(this.#connection, this.#tenantId, id)
    return row && (await withCredentials(this.#connection, this.#tenantId, [row]))[0]
  }

  async findByAppId(appId: string): Promise<App | undefined> {
    const row = await idByAppId.first(this.#connection, this.#tenantId, appId)
    return row && this.find(row.id)
  }

  async list(query: Query): Promise<Page<App>> {
    const { property, descending } = orderOf(query, columns, 'displayName')
    const sortedBy = sortColumn(columns, property)
    const direction = descending ? 'desc' : 'asc'
    let rows = this.#matching(query)
      .selectAll()
      .orderBy(sql.ref(sortedBy), direction)
      .orderBy('id', direction)
      .limit(query.top + 1)
    if (query.after) rows = rows.where(behind(query.after, sortedBy, 'apps.id', descending))
    const found = await rows.execute()
    const apps = new Map((await withCredentials(this.#connection, this.#tenantId, found)).map((app) => [app.id, app]))
    const count = query.count ? await this.count(query) : undefined
    const page = pageOf(
      found,
      query,
      count,
      ({ id }) => apps.get(id),
      (row) => sortValue(row, sortedBy),
    )
    return { ...page, items: page.items.filter((app) => app !== undefined) }
  }

  async count(query: Query): Promise<number> {
    return (await this.#matching(query).select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()).count
  }

  /** Registers an app of this tenant and lets it in; answers the id of its service principal. */
  async add(app: App, now: Date): Promise<string> {
    await this.register(app, now)
    const { appId, displayName } = app
    const servicePrincipal = { id: randomUUID(), appId, displayName, homeTenantId: this.#tenantId, isEnabled: true, createdAt: now }
    await addServicePrincipal(this.#connection, this.#tenantId, servicePrincipal)
    return servicePrincipal.id
  }

  async register(app: App, now: Date): Promise<void> {
    const row = { tenant_id: this.#tenantId, id: app.id, app_id: app.appId, created_at: now.getTime(), ...allColumns(app) }
    if ((await insertApp(this.#connection, row)) !== 1) throw new Error('there is an app of this id already')
    for (const secret of app.secrets) await this.addSecret(app.id, secret)
    for (const key of app.keys) await this.#addKey(app.id, key)
  }

  async change(id: string, changes: AppChanges): Promise<void> {
    const columns = changedColumns(changes)
    if (Object.keys(columns).length > 0) await changeApp(this.#connection, [this.#tenantId, id], columns)
  }

  /** With all it proves itself with. What other tenants let in ends to work, and stays in their lists until they take it out. */
  async remove(id: string): Promise<void> {
    await removed.write(this.#connection, this.#tenantId, id)
  }

  async addSecret(appObjectId: string, secret: AppSecret): Promise<void> {
    const { id, displayName, hint, hash, startsAt, endsAt } = secret
    await insertSecret(this.#connection, {
      tenant_id: this.#tenantId,
      app_object_id: appObjectId,
      id,
      display_name: displayName ?? null,
      hint,
      hash,
      starts_at: startsAt.getTime(),
      ends_at: endsAt.getTime(),
    })
  }

  async removeSecret(appObjectId: string, id: string): Promise<void> {
    await secretRemoved.write(this.#connection, this.#tenantId, appObjectId, id)
  }

  /** All at once, as a list of keys is changed. */
  async setKeys(appObjectId: string, keys: readonly AppKey[]): Promise<void> {
    await keysRemoved.write(this.#connection, this.#tenantId, appObjectId)
    for (const key of keys) await this.#addKey(appObjectId, key)
  }

  /** False when there is such a consent already. */
  async addConsent(consent: NewConsent, now: Date): Promise<boolean> {
    return addConsent(this.#connection, this.#tenantId, consent, now)
  }

  /** False when the app has it already. */
  async addRole(servicePrincipalId: string, role: string, now: Date): Promise<boolean> {
    return addRole(this.#connection, this.#tenantId, { id: randomUUID(), servicePrincipalId, role, createdAt: now })
  }

  async #addKey(appObjectId: string, { id, displayName, jwk, startsAt, endsAt }: AppKey): Promise<void> {
    await insertKey(this.#connection, {
      tenant_id: this.#tenantId,
      app_object_id: appObjectId,
      id,
      display_name: displayName ?? null,
      jwk: JSON.stringify(jwk),
      starts_at: startsAt.getTime(),
      ends_at: endsAt.getTime(),
    })
  }

  #matching(query: Query) {
    let rows = this.#connection.kysely.selectFrom('apps').where('apps.tenant_id', '=', this.#tenantId)
    if (query.filter) rows = rows.where(conditionOf(query.filter, columns))
    if (query.search) rows = rows.where(searchCondition(query.search, columns))
    return rows
  }
}

type Settings = Omit<Inserted<'apps'>, 'tenant_id' | 'id' | 'app_id' | 'created_at'>

function allColumns(app: App): Settings {
  return {
    display_name: app.displayName,
    display_name_lowered: fold(app.displayName),
    description: app.description ?? null,
    audience: app.audience,
    redirect_uris: JSON.stringify(app.redirectUris),
    home_page_url: app.homePageUrl ?? null,
    logout_url: app.logoutUrl ?? null,
    back_channel_logout_uri: app.backChannelLogoutUri ?? null,
    is_fallback_public_client: app.isFallbackPublicClient ? 1 : 0,
    id_token_algorithm: app.idTokenAlgorithm,
    required_scopes: JSON.stringify(app.requiredScopes),
    required_roles: JSON.stringify(app.requiredRoles),
  }
}

function changedColumns(changes: AppChanges): Updated<'apps'> {
  const { displayName, audience, redirectUris, isFallbackPublicClient, idTokenAlgorithm, requiredScopes, requiredRoles } = changes
  return {
    ...(displayName !== undefined && { display_name: displayName, display_name_lowered: fold(displayName) }),
    ...('description' in changes && { description: changes.description ?? null }),
    ...(audience !== undefined && { audience }),
    ...(redirectUris !== undefined && { redirect_uris: JSON.stringify(redirectUris) }),
    ...('homePageUrl' in changes && { home_page_url: changes.homePageUrl ?? null }),
    ...('logoutUrl' in changes && { logout_url: changes.logoutUrl ?? null }),
    ...('backChannelLogoutUri' in changes && { back_channel_logout_uri: changes.backChannelLogoutUri ?? null }),
    ...(isFallbackPublicClient !== undefined && { is_fallback_public_client: isFallbackPublicClient ? 1 : 0 }),
    ...(idTokenAlgorithm !== undefined && { id_token_algorithm: idTokenAlgorithm }),
    ...(requiredScopes !== undefined && { required_scopes: JSON.stringify(requiredScopes) }),
    ...(requiredRoles !== undefined && { required_roles: JSON.stringify(requiredRoles) }),
  }
}
