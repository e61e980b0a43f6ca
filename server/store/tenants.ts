import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Locale } from '#contract/locale.ts'
import type { Domain, Organization } from '#server/domain/organization.ts'
import { refuse } from '#server/domain/refusal.ts'
import { fold } from '#server/domain/user.ts'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'
import type { Selected } from './schema.ts'

const byId = prepared((db, id: string) => db.selectFrom('tenants').selectAll().where('id', '=', id))
const idByDomain = prepared((db, name: string) =>
  db.selectFrom('domains').select('tenant_id').where('name', '=', name).where('is_verified', '=', 1),
)
const idByApp = prepared((db, appId: string) => db.selectFrom('apps').select('tenant_id').where('app_id', '=', appId))
const idsWithDeleted = prepared((db, instant: number) =>
  db
    .selectFrom('tenants')
    .select('tenants.id')
    .where((where) =>
      where.exists(
        where
          .selectFrom('users')
          .select('users.id')
          .whereRef('users.tenant_id', '=', 'tenants.id')
          .where('users.deleted_at', 'is not', null)
          .where('users.deleted_at', '<=', instant),
      ),
    )
    .orderBy('tenants.id'),
)
const idsWithSignIns = prepared((db, instant: number) =>
  db
    .selectFrom('tenants')
    .select('tenants.id')
    .where((where) =>
      where.exists(
        where
          .selectFrom('sign_ins')
          .select('sign_ins.id')
          .whereRef('sign_ins.tenant_id', '=', 'tenants.id')
          .where('sign_ins.started_at', '<', instant),
      ),
    )
    .orderBy('tenants.id'),
)
const idsWithImports = prepared((db, now: number) =>
  db
    .selectFrom('imports')
    .select('tenant_id')
    .distinct()
    .where('state', '=', 'waiting')
    .where('source_sealed', 'is not', null)
    .where('leased_until', '<=', now)
    .orderBy('tenant_id'),
)
const domainsOf = prepared((db, tenantId: string) =>
  db.selectFrom('domains').selectAll().where('tenant_id', '=', tenantId).orderBy('is_default', 'desc').orderBy('name'),
)
const defaultMoved = prepared((db, name: string, tenantId: string) =>
  db
    .updateTable('domains')
    .set({ is_default: sql`case when name = ${name} then 1 else 0 end` })
    .where('tenant_id', '=', tenantId),
)
const authenticationTypeSet = prepared((db, type: string, tenantId: string, name: string) =>
  db.updateTable('domains').set({ authentication_type: type }).where('tenant_id', '=', tenantId).where('name', '=', name),
)
const profileChanged = prepared((db, name: string, country: string | null, languages: string, mails: string, tenantId: string) =>
  db
    .updateTable('tenants')
    .set({ display_name: name, default_country: country, languages, technical_mails: mails })
    .where('id', '=', tenantId),
)

export type NewOrganization = Pick<Organization, 'displayName' | 'defaultCountry' | 'languages'> & {
  id?: string
  domains: readonly string[]
}

/** The tenants of this installation. The only store that is not bound to one. */
export class Tenants {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(id: string): Promise<Organization | undefined> {
    const row = await byId.first(this.#connection, id)
    return row && toOrganization(row)
  }

  async findIdByDomain(name: string): Promise<string | undefined> {
    return (await idByDomain.first(this.#connection, fold(name)))?.tenant_id
  }

  async findIdByApp(appId: string): Promise<string | undefined> {
    return (await idByApp.first(this.#connection, appId))?.tenant_id
  }

  async ids(): Promise<string[]> {
    const rows = await this.#connection.kysely.selectFrom('tenants').select('id').orderBy('created_at').execute()
    return rows.map((row) => row.id)
  }

  /** Those with people who were deleted at this instant or before. */
  async idsWithDeletedBy(instant: Date): Promise<string[]> {
    return (await idsWithDeleted.all(this.#connection, instant.getTime())).map((row) => row.id)
  }

  /** Those with sign-ins in the log that began before this instant. */
  async idsWithSignInsBefore(instant: Date): Promise<string[]> {
    return (await idsWithSignIns.all(this.#connection, instant.getTime())).map((row) => row.id)
  }

  async idsWithWaitingImports(now: Date): Promise<string[]> {
    return (await idsWithImports.all(this.#connection, now.getTime())).map((row) => row.tenant_id)
  }

  async add(organization: NewOrganization, now: Date): Promise<string> {
    const id = organization.id ?? randomUUID()
    await this.#connection.kysely
      .insertInto('tenants')
      .values({
        id,
        display_name: organization.displayName,
        default_country: organization.defaultCountry ?? null,
        languages: JSON.stringify(organization.languages),
        technical_mails: '[]',
        created_at: now.getTime(),
      })
      .execute()
    await this.#connection.kysely
      .insertInto('domains')
      .values(
        organization.domains.map((name, index) => ({
          tenant_id: id,
          name: fold(name),
          is_default: index === 0 ? 1 : 0,
          is_initial: index === 0 ? 1 : 0,
          is_verified: 1,
          authentication_type: 'Managed',
        })),
      )
      .execute()
    return id
  }
}

/** The names a tenant owns. */
export class Domains {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async all(): Promise<Domain[]> {
    return (await domainsOf.all(this.#connection, this.#tenantId)).map(toDomain)
  }

  async find(name: string): Promise<Domain | undefined> {
    return (await this.all()).find((domain) => domain.name === fold(name))
  }

  /** False when some tenant of this installation has it already. Whoever calls this has proof that the tenant owns the name. */
  async add(name: string): Promise<boolean> {
    const domain = { tenant_id: this.#tenantId, name: fold(name), is_verified: 1, authentication_type: 'Managed' }
    const added = await this.#connection.kysely
      .insertInto('domains')
      .values({ ...domain, is_default: 0, is_initial: 0 })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirst()
    return added.numInsertedOrUpdatedRows === 1n
  }

  /** One statement for all domains, so that there is never a moment with two defaults or none. */
  async makeDefault(name: string): Promise<void> {
    await defaultMoved.write(this.#connection, fold(name), this.#tenantId)
  }

  async setAuthenticationType(name: string, type: Domain['authenticationType']): Promise<void> {
    await authenticationTypeSet.write(this.#connection, type, this.#tenantId, fold(name))
  }
}

/** The tenant itself, as it is at this moment; `system.organization` may be some seconds old. */
export class OrganizationProfile {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async get(): Promise<Organization> {
    const row = (await byId.first(this.#connection, this.#tenantId)) ?? refuse('object_not_found', { id: this.#tenantId })
    return toOrganization(row)
  }

  async change({ displayName, defaultCountry, languages, technicalMails }: Omit<Organization, 'id' | 'createdAt'>): Promise<void> {
    const [spoken, mails] = [JSON.stringify(languages), JSON.stringify(technicalMails)]
    await profileChanged.write(this.#connection, displayName, defaultCountry ?? null, spoken, mails, this.#tenantId)
  }
}

function toOrganization(row: Selected<'tenants'>): Organization {
  return {
    id: row.id,
    displayName: row.display_name,
    defaultCountry: row.default_country ?? undefined,
    languages: textsIn(row.languages) as Locale[],
    technicalMails: textsIn(row.technical_mails),
    createdAt: new Date(row.created_at),
  }
}

function toDomain(row: Selected<'domains'>): Domain {
  return {
    name: row.name,
    isDefault: row.is_default === 1,
    isInitial: row.is_initial === 1,
    isVerified: row.is_verified === 1,
    authenticationType: row.authentication_type === 'Federated' ? 'Federated' : 'Managed',
  }
}

/** A list of texts, as the store keeps it. */
export function textsIn(json: string): string[] {
  const value: unknown = JSON.parse(json)
  if (!Array.isArray(value)) throw new Error('expected a list')
  return value.map(String)
}
