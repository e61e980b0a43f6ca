import { sql } from 'kysely'
import type { Unit, UnitChanges } from '#server/domain/administrative-unit.ts'
import type { Member } from '#server/domain/directory-object.ts'
import type { Page, Query } from '#server/domain/query.ts'
import { fold } from '#server/domain/user.ts'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'
import { behind, type Columns, conditionOf, orderOf, pageOf, searchCondition, sortColumn, sortValue } from './query-sql.ts'
import type { Selected, Updated } from './schema.ts'

const byId = prepared((db, tenantId: string, id: string) =>
  db.selectFrom('administrative_units').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id),
)
const membership = prepared((db, tenantId: string, unitId: string, memberId: string) =>
  db
    .selectFrom('unit_members')
    .select('member_id')
    .where('tenant_id', '=', tenantId)
    .where('unit_id', '=', unitId)
    .where('member_id', '=', memberId),
)

const unitColumns: Columns = {
  id: { kind: 'plain', column: 'administrative_units.id' },
  displayName: { kind: 'text', column: 'administrative_units.display_name', lowered: 'administrative_units.display_name_lowered' },
  visibility: { kind: 'word', column: 'administrative_units.visibility' },
  isMemberManagementRestricted: { kind: 'flag', column: 'administrative_units.is_restricted' },
}

export class AdministrativeUnits {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async find(id: string): Promise<Unit | undefined> {
    const row = await byId.first(this.#connection, this.#tenantId, id)
    return row && toUnit(row)
  }

  async findMany(ids: readonly string[]): Promise<Map<string, Unit>> {
    if (ids.length === 0) return new Map()
    const rows = await this.#connection.kysely
      .selectFrom('administrative_units')
      .selectAll()
      .where('tenant_id', '=', this.#tenantId)
      .where('id', 'in', ids)
      .execute()
    return new Map(rows.map((row) => [row.id, toUnit(row)]))
  }

  async list(query: Query): Promise<Page<Unit>> {
    const { property, descending } = orderOf(query, unitColumns, 'displayName')
    const sortedBy = sortColumn(unitColumns, property)
    const direction = descending ? 'desc' : 'asc'
    let rows = this.#matching(query)
      .selectAll()
      .orderBy(sql.ref(sortedBy), direction)
      .orderBy('id', direction)
      .limit(query.top + 1)
    if (query.after) rows = rows.where(behind(query.after, sortedBy, 'administrative_units.id', descending))
    const count = query.count ? await this.count(query) : undefined
    return pageOf(await rows.execute(), query, count, toUnit, (row) => sortValue(row, sortedBy))
  }

  async count(query: Query): Promise<number> {
    return (await this.#matching(query).select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()).count
  }

  async add(unit: Unit, now: Date): Promise<void> {
    const { id, displayName, description, visibility, isRestricted } = unit
    await this.#connection.kysely
      .insertInto('administrative_units')
      .values({
        tenant_id: this.#tenantId,
        id,
        display_name: displayName,
        display_name_lowered: fold(displayName),
        description: description ?? null,
        visibility: visibility ?? null,
        is_restricted: isRestricted ? 1 : 0,
        created_at: now.getTime(),
      })
      .execute()
  }

  async change(id: string, changes: UnitChanges): Promise<void> {
    const { displayName } = changes
    const columns: Updated<'administrative_units'> = {
      ...(displayName !== undefined && { display_name: displayName, display_name_lowered: fold(displayName) }),
      ...('description' in changes && { description: changes.description ?? null }),
      ...('visibility' in changes && { visibility: changes.visibility ?? null }),
    }
    if (Object.keys(columns).length === 0) return
    await this.#connection.kysely
      .updateTable('administrative_units')
      .set(columns)
      .where('tenant_id', '=', this.#tenantId)
      .where('id', '=', id)
      .execute()
  }

  /** A role over a unit that is gone would be a role over nothing. */
  async remove(id: string): Promise<void> {
    const { kysely } = this.#connection
    await kysely
      .deleteFrom('role_assignments')
      .where('tenant_id', '=', this.#tenantId)
      .where('scope_kind', '=', 'unit')
      .where('scope_id', '=', id)
      .execute()
    await kysely.deleteFrom('administrative_units').where('tenant_id', '=', this.#tenantId).where('id', '=', id).execute()
  }

  async hasMember(unitId: string, memberId: string): Promise<boolean> {
    return (await membership.first(this.#connection, this.#tenantId, unitId, memberId)) !== undefined
  }

  async addMember(unitId: string, { id, kind }: Member): Promise<void> {
    await this.#connection.kysely
      .insertInto('unit_members')
      .values({ tenant_id: this.#tenantId, unit_id: unitId, member_id: id, member_kind: kind })
      .execute()
  }

  async removeMember(unitId: string, memberId: string): Promise<void> {
    await this.#connection.kysely
      .deleteFrom('unit_members')
      .where('tenant_id', '=', this.#tenantId)
      .where('unit_id', '=', unitId)
      .where('member_id', '=', memberId)
      .execute()
  }

  #matching(query: Query) {
    let rows = this.#connection.kysely.selectFrom('administrative_units').where('administrative_units.tenant_id', '=', this.#tenantId)
    if (query.filter) rows = rows.where(conditionOf(query.filter, unitColumns))
    if (query.search) rows = rows.where(searchCondition(query.search, unitColumns))
    return rows
  }
}

function toUnit(row: Selected<'administrative_units'>): Unit {
  return {
    id: row.id,
    displayName: row.display_name,
    description: row.description ?? undefined,
    visibility: row.visibility === 'HiddenMembership' || row.visibility === 'Public' ? row.visibility : undefined,
    isRestricted: row.is_restricted === 1,
  }
}
