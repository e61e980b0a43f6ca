import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { AppRoleAssignment, Consent } from '#server/domain/app.ts'
import type { Page, Query } from '#server/domain/query.ts'
import { scopesIn } from './app-rows.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd, preparedChange } from './prepared.ts'
import { behind, type Columns, conditionOf, pageOf } from './query-sql.ts'
import type { Selected } from './schema.ts'

const insertConsent = preparedAdd('app_consents')
const changeConsent = preparedChange('app_consents', ['tenant_id', 'id'])
const consentById = prepared((db, tenantId: string, id: string) =>
  db.selectFrom('app_consents').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id),
)
const scopesOfPerson = prepared((db, tenantId: string, servicePrincipalId: string, personId: string) =>
  db
    .selectFrom('app_consents')
    .select('scopes')
    .where('tenant_id', '=', tenantId)
    .where('service_principal_id', '=', servicePrincipalId)
    .where('person_id', '=', personId),
)
const consentRemoved = prepared((db, tenantId: string, id: string) =>
  db.deleteFrom('app_consents').where('tenant_id', '=', tenantId).where('id', '=', id),
)

const insertRole = preparedAdd('app_role_assignments')
const roleById = prepared((db, tenantId: string, id: string) =>
  db.selectFrom('app_role_assignments').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id),
)
const rolesOf = prepared((db, tenantId: string, servicePrincipalId: string) =>
  db
    .selectFrom('app_role_assignments')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('service_principal_id', '=', servicePrincipalId)
    .orderBy('role'),
)
const roleRemoved = prepared((db, tenantId: string, id: string) =>
  db.deleteFrom('app_role_assignments').where('tenant_id', '=', tenantId).where('id', '=', id),
)

/** Who a consent is for can be asked like anything else, though nobody writes it down twice. */
const askable = sql<Selected<'app_consents'>>`(
  select app_consents.*, case when person_id is null then 'AllPrincipals' else 'Principal' end as consent_type from app_consents
)`.as('app_consents')

const consentColumns: Columns = {
  id: { kind: 'plain', column: 'app_consents.id' },
  clientId: { kind: 'plain', column: 'app_consents.service_principal_id' },
  principalId: { kind: 'plain', column: 'app_consents.person_id' },
  consentType: { kind: 'word', column: 'app_consents.consent_type' },
}

export interface NewConsent {
  id?: string
  servicePrincipalId: string
  scopes: readonly string[]
  /** In whose name; without it, in everybody's. */
  personId?: string | undefined
}

export async function addConsent(connection: Connection, tenantId: string, consent: NewConsent, now: Date): Promise<boolean> {
  const { id = randomUUID(), servicePrincipalId, scopes, personId = null } = consent
  const row = { tenant_id: tenantId, id, service_principal_id: servicePrincipalId, person_id: personId }
  return (await insertConsent(connection, { ...row, scopes: scopes.join(' '), created_at: now.getTime() })) === 1
}

export async function addRole(connection: Connection, tenantId: string, assignment: AppRoleAssignment): Promise<boolean> {
  const { id, servicePrincipalId, role, createdAt } = assignment
  const row = { tenant_id: tenantId, id, service_principal_id: servicePrincipalId, role, created_at: createdAt.getTime() }
  return (await insertRole(connection, row)) === 1
}

/** What a tenant lets apps do: in people's names, and in their own. */
export class AppConsents {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async find(id: string): Promise<Consent | undefined> {
    const row = await consentById.first(this.#connection, this.#tenantId, id)
    return row && toConsent(row)
  }

  /** What this one person, or an administrator for them, allowed the app to do in their name. */
  async scopesOfPerson(servicePrincipalId: string, personId: string): Promise<string[]> {
    const row = await scopesOfPerson.first(this.#connection, this.#tenantId, servicePrincipalId, personId)
    return scopesIn(row?.scopes ?? '')
  }

  async list(query: Query): Promise<Page<Consent>> {
    let rows = this.#connection.kysely.selectFrom(askable).where('app_consents.tenant_id', '=', this.#tenantId)
    if (query.filter) rows = rows.where(conditionOf(query.filter, consentColumns))
    const count = query.count ? (await rows.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()).count : undefined
    if (query.after) rows = rows.where(behind(query.after, 'app_consents.id', 'app_consents.id', false))
    const page = await rows
      .selectAll()
      .orderBy('id')
      .limit(query.top + 1)
      .execute()
    return pageOf(page, query, count, toConsent, (row) => row.id)
  }

  /** False when there is such a consent already. */
  async add(consent: NewConsent, now: Date): Promise<boolean> {
    return addConsent(this.#connection, this.#tenantId, consent, now)
  }

  async change(id: string, scopes: readonly string[]): Promise<void> {
    await changeConsent(this.#connection, [this.#tenantId, id], { scopes: scopes.join(' ') })
  }

  async remove(id: string): Promise<void> {
    await consentRemoved.write(this.#connection, this.#tenantId, id)
  }

  async rolesOf(servicePrincipalId: string): Promise<AppRoleAssignment[]> {
    return (await rolesOf.all(this.#connection, this.#tenantId, servicePrincipalId)).map(toRole)
  }

  async findRole(id: string): Promise<AppRoleAssignment | undefined> {
    const row = await roleById.first(this.#connection, this.#tenantId, id)
    return row && toRole(row)
  }

  /** False when the app has it already. */
  async addRole(assignment: AppRoleAssignment): Promise<boolean> {
    return addRole(this.#connection, this.#tenantId, assignment)
  }

  async removeRole(id: string): Promise<void> {
    await roleRemoved.write(this.#connection, this.#tenantId, id)
  }
}

function toConsent(row: Selected<'app_consents'>): Consent {
  return {
    id: row.id,
    servicePrincipalId: row.service_principal_id,
    personId: row.person_id ?? undefined,
    scopes: scopesIn(row.scopes),
    createdAt: new Date(row.created_at),
  }
}

function toRole(row: Selected<'app_role_assignments'>): AppRoleAssignment {
  return { id: row.id, servicePrincipalId: row.service_principal_id, role: row.role, createdAt: new Date(row.created_at) }
}
