import { type SqlBool, sql } from 'kysely'
import type { AppAccount, AppFacts, ServicePrincipal } from '#server/domain/app.ts'
import { sesamApi } from '#server/domain/app-permissions.ts'
import type { Page, Query } from '#server/domain/query.ts'
import { fold } from '#server/domain/user.ts'
import { toApp } from './app-rows.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd, preparedChange } from './prepared.ts'
import { behind, type Columns, conditionOf, orderOf, pageOf, searchCondition, sortColumn, sortValue } from './query-sql.ts'
import type { Selected } from './schema.ts'

type Row = Selected<'service_principals'>

const byId = prepared((db, tenantId: string, id: string) =>
  db.selectFrom('service_principals').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id),
)
const byAppId = prepared((db, tenantId: string, appId: string) =>
  db.selectFrom('service_principals').selectAll().where('tenant_id', '=', tenantId).where('app_id', '=', appId),
)
const removed = prepared((db, tenantId: string, id: string) =>
  db.deleteFrom('service_principals').where('tenant_id', '=', tenantId).where('id', '=', id),
)
const insertServicePrincipal = preparedAdd('service_principals')
const changeServicePrincipal = preparedChange('service_principals', ['tenant_id', 'id'])

/** Asked on every call of an app in its own name: a row for each permission it has, or one without any. */
const account = prepared((db, tenantId: string, id: string) =>
  db
    .selectFrom('service_principals')
    .innerJoin('apps', (join) =>
      join.onRef('apps.app_id', '=', 'service_principals.app_id').onRef('apps.tenant_id', '=', 'service_principals.home_tenant_id'),
    )
    .leftJoin('app_role_assignments', (join) =>
      join
        .onRef('app_role_assignments.tenant_id', '=', 'service_principals.tenant_id')
        .onRef('app_role_assignments.service_principal_id', '=', 'service_principals.id'),
    )
    .select([
      'service_principals.id',
      'service_principals.app_id',
      'service_principals.display_name',
      'service_principals.is_enabled',
      'app_role_assignments.role',
    ])
    .where('service_principals.tenant_id', '=', tenantId)
    .where('service_principals.id', '=', id)
    .where(sql<SqlBool>`(apps.tenant_id = service_principals.tenant_id or apps.audience = 'AzureADMultipleOrgs')`),
)

/** The registration of an app this tenant may let in: its own, or one that its maker shares. */
const offer = prepared((db, appId: string, tenantId: string) =>
  db
    .selectFrom('apps')
    .select(['tenant_id', 'display_name'])
    .where('app_id', '=', appId)
    .where(sql<SqlBool>`(tenant_id = ${tenantId} or audience = 'AzureADMultipleOrgs')`),
)

/** Our own API stands in every list, though no tenant has to let it in. */
const askable = sql<Row>`(
  select tenant_id, id, app_id, home_tenant_id, display_name, display_name_lowered, is_enabled, created_at from service_principals
  union all
  select id, ${sql.lit(sesamApi.id)}, ${sql.lit(sesamApi.appId)}, id, ${sql.lit(sesamApi.displayName)},
    ${sql.lit(fold(sesamApi.displayName))}, 1, created_at
  from tenants
)`.as('service_principals')

const columns: Columns = {
  id: { kind: 'plain', column: 'service_principals.id' },
  appId: { kind: 'plain', column: 'service_principals.app_id' },
  displayName: { kind: 'text', column: 'service_principals.display_name', lowered: 'service_principals.display_name_lowered' },
  accountEnabled: { kind: 'flag', column: 'service_principals.is_enabled' },
  appOwnerOrganizationId: { kind: 'plain', column: 'service_principals.home_tenant_id' },
}

/** False when the tenant lets this app in already. */
export async function addServicePrincipal(connection: Connection, tenantId: string, servicePrincipal: ServicePrincipal): Promise<boolean> {
  const { id, appId, homeTenantId, displayName, isEnabled, createdAt } = servicePrincipal
  const added = await insertServicePrincipal(connection, {
    tenant_id: tenantId,
    id,
    app_id: appId,
    home_tenant_id: homeTenantId,
    display_name: displayName,
    display_name_lowered: fold(displayName),
    is_enabled: isEnabled ? 1 : 0,
    created_at: createdAt.getTime(),
  })
  return added === 1
}

/** The apps a tenant lets in, its own and others'. */
export class ServicePrincipals {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  /** Nothing when its registration is gone, or kept to the tenant that made it. */
  async findAccount(id: string): Promise<AppAccount | undefined> {
    const rows = await account.all(this.#connection, this.#tenantId, id)
    const first = rows[0]
    return (
      first && {
        servicePrincipalId: first.id,
        appId: first.app_id,
        displayName: first.display_name,
        isEnabled: first.is_enabled === 1,
        roles: new Set(rows.flatMap(({ role }) => role ?? [])),
      }
    )
  }

  async find(id: string): Promise<ServicePrincipal | undefined> {
    const row = await byId.first(this.#connection, this.#tenantId, id)
    return row && toServicePrincipal(row)
  }

  async findByAppId(appId: string): Promise<ServicePrincipal | undefined> {
    const row = await byAppId.first(this.#connection, this.#tenantId, appId)
    return row && toServicePrincipal(row)
  }

  /** What a service principal of this app would be called, and where it comes from; nothing for an app kept to another tenant. */
  async findOffer(appId: string): Promise<Pick<ServicePrincipal, 'displayName' | 'homeTenantId'> | undefined> {
    const row = await offer.first(this.#connection, appId, this.#tenantId)
    return row && { displayName: row.display_name, homeTenantId: row.tenant_id }
  }

  /** What the makers of these apps say of them, by client id; nothing of those who do not share theirs any more. */
  async registrationsOf(servicePrincipals: readonly ServicePrincipal[]): Promise<Map<string, AppFacts>> {
    const appIds = servicePrincipals.map(({ appId }) => appId)
    if (appIds.length === 0) return new Map()
    const rows = await this.#connection.kysely
      .selectFrom('apps')
      .selectAll()
      .where('app_id', 'in', appIds)
      .where((where) => where.or([where('tenant_id', '=', this.#tenantId), where('audience', '=', 'AzureADMultipleOrgs')]))
      .execute()
    return new Map(rows.map((row) => [row.app_id, toApp(row, [], [])]))
  }

  async list(query: Query): Promise<Page<ServicePrincipal>> {
    const { property, descending } = orderOf(query, columns, 'displayName')
    const sortedBy = sortColumn(columns, property)
    const direction = descending ? 'desc' : 'asc'
    let rows = this.#matching(query)
      .selectAll()
      .orderBy(sql.ref(sortedBy), direction)
      .orderBy('id', direction)
      .limit(query.top + 1)
    if (query.after) rows = rows.where(behind(query.after, sortedBy, 'service_principals.id', descending))
    const count = query.count ? await this.count(query) : undefined
    return pageOf(await rows.execute(), query, count, toServicePrincipal, (row) => sortValue(row, sortedBy))
  }

  async count(query: Query): Promise<number> {
    return (await this.#matching(query).select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()).count
  }

  /** False when the tenant lets this app in already. */
  async add(servicePrincipal: ServicePrincipal): Promise<boolean> {
    return addServicePrincipal(this.#connection, this.#tenantId, servicePrincipal)
  }

  async setEnabled(id: string, isEnabled: boolean): Promise<void> {
    await changeServicePrincipal(this.#connection, [this.#tenantId, id], { is_enabled: isEnabled ? 1 : 0 })
  }

  async rename(id: string, displayName: string): Promise<void> {
    const names = { display_name: displayName, display_name_lowered: fold(displayName) }
    await changeServicePrincipal(this.#connection, [this.#tenantId, id], names)
  }

  /** With all it was allowed to. */
  async remove(id: string): Promise<void> {
    await removed.write(this.#connection, this.#tenantId, id)
  }

  #matching(query: Query) {
    let rows = this.#connection.kysely.selectFrom(askable).where('service_principals.tenant_id', '=', this.#tenantId)
    if (query.filter) rows = rows.where(conditionOf(query.filter, columns))
    if (query.search) rows = rows.where(searchCondition(query.search, columns))
    return rows
  }
}

function toServicePrincipal(row: Row): ServicePrincipal {
  return {
    id: row.id,
    appId: row.app_id,
    homeTenantId: row.home_tenant_id,
    displayName: row.display_name,
    isEnabled: row.is_enabled === 1,
    createdAt: new Date(row.created_at),
  }
}
