import { type SqlBool, sql } from 'kysely'
import type { Group, GroupChanges, GroupPlace, NewGroup } from '#server/domain/group.ts'
import type { Page, Query } from '#server/domain/query.ts'
import { fold } from '#server/domain/user.ts'
import type { Connection } from './connection.ts'
import { forgetMember } from './forget-member.ts'
import { prepared } from './prepared.ts'
import { behind, type Columns, conditionOf, orderOf, pageOf, searchCondition, sortColumn, sortValue } from './query-sql.ts'
import type { Selected, Updated } from './schema.ts'

type Row = Selected<'groups'>

const byId = prepared((db, tenantId: string, id: string) =>
  db.selectFrom('groups').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id),
)
const unitsAround = prepared((db, tenantId: string, id: string) =>
  db
    .selectFrom('unit_members')
    .innerJoin('administrative_units', (join) =>
      join
        .onRef('administrative_units.tenant_id', '=', 'unit_members.tenant_id')
        .onRef('administrative_units.id', '=', 'unit_members.unit_id'),
    )
    .select(['administrative_units.id', 'administrative_units.is_restricted'])
    .where('unit_members.tenant_id', '=', tenantId)
    .where('unit_members.member_id', '=', id),
)

/** What all groups have in common can be asked for like anything else, though nobody writes it down. */
const askable = sql<Row>`(select "groups".*, 1 as security_enabled, 0 as mail_enabled from "groups")`.as('groups')

const groupColumns: Columns = {
  id: { kind: 'plain', column: 'groups.id' },
  displayName: { kind: 'text', column: 'groups.display_name', lowered: 'groups.display_name_lowered' },
  mailNickname: { kind: 'text', column: 'groups.mail_nickname', lowered: 'groups.mail_nickname_lowered' },
  createdDateTime: { kind: 'instant', column: 'groups.created_at' },
  isAssignableToRole: { kind: 'flag', column: 'groups.is_assignable_to_role' },
  securityEnabled: { kind: 'flag', column: 'groups.security_enabled' },
  mailEnabled: { kind: 'flag', column: 'groups.mail_enabled' },
  groupTypes: { kind: 'items', matches: () => sql<SqlBool>`1 = 0` },
}

export class Groups {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async find(id: string): Promise<Group | undefined> {
    const row = await byId.first(this.#connection, this.#tenantId, id)
    return row && toGroup(row)
  }

  async findMany(ids: readonly string[]): Promise<Map<string, Group>> {
    if (ids.length === 0) return new Map()
    const rows = await this.#connection.kysely
      .selectFrom('groups')
      .selectAll()
      .where('tenant_id', '=', this.#tenantId)
      .where('id', 'in', ids)
      .execute()
    return new Map(rows.map((row) => [row.id, toGroup(row)]))
  }

  async list(query: Query): Promise<Page<Group>> {
    const { property, descending } = orderOf(query, groupColumns, 'displayName')
    const sortedBy = sortColumn(groupColumns, property)
    const direction = descending ? 'desc' : 'asc'
    let rows = this.#matching(query)
      .selectAll()
      .orderBy(sql.ref(sortedBy), direction)
      .orderBy('id', direction)
      .limit(query.top + 1)
    if (query.after) rows = rows.where(behind(query.after, sortedBy, 'groups.id', descending))
    const count = query.count ? await this.count(query) : undefined
    return pageOf(await rows.execute(), query, count, toGroup, (row) => sortValue(row, sortedBy))
  }

  async count(query: Query): Promise<number> {
    return (await this.#matching(query).select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()).count
  }

  async placeOf(id: string): Promise<GroupPlace> {
    const units = await unitsAround.all(this.#connection, this.#tenantId, id)
    return {
      id,
      unitIds: units.map((unit) => unit.id),
      restrictedUnitIds: units.filter((unit) => unit.is_restricted === 1).map((unit) => unit.id),
    }
  }

  async add(group: NewGroup, now: Date): Promise<void> {
    const { id, displayName, description, mailNickname, isAssignableToRole } = group
    await this.#connection.kysely
      .insertInto('groups')
      .values({
        tenant_id: this.#tenantId,
        id,
        display_name: displayName,
        display_name_lowered: fold(displayName),
        description: description ?? null,
        mail_nickname: mailNickname,
        mail_nickname_lowered: fold(mailNickname),
        is_assignable_to_role: isAssignableToRole ? 1 : 0,
        created_at: now.getTime(),
      })
      .execute()
  }

  async change(id: string, changes: GroupChanges): Promise<void> {
    const { displayName, mailNickname } = changes
    const columns: Updated<'groups'> = {
      ...(displayName !== undefined && { display_name: displayName, display_name_lowered: fold(displayName) }),
      ...(mailNickname !== undefined && { mail_nickname: mailNickname, mail_nickname_lowered: fold(mailNickname) }),
      ...('description' in changes && { description: changes.description ?? null }),
    }
    if (Object.keys(columns).length === 0) return
    await this.#connection.kysely.updateTable('groups').set(columns).where('tenant_id', '=', this.#tenantId).where('id', '=', id).execute()
  }

  /** For good, and with it all that pointed at it. */
  async remove(id: string): Promise<void> {
    await forgetMember(this.#connection, this.#tenantId, id)
    await this.#connection.kysely.deleteFrom('groups').where('tenant_id', '=', this.#tenantId).where('id', '=', id).execute()
  }

  #matching(query: Query) {
    let rows = this.#connection.kysely.selectFrom(askable).where('groups.tenant_id', '=', this.#tenantId)
    if (query.filter) rows = rows.where(conditionOf(query.filter, groupColumns))
    if (query.search) rows = rows.where(searchCondition(query.search, groupColumns))
    return rows
  }
}

function toGroup(row: Row): Group {
  return {
    id: row.id,
    displayName: row.display_name,
    description: row.description ?? undefined,
    mailNickname: row.mail_nickname,
    isAssignableToRole: row.is_assignable_to_role === 1,
    createdAt: new Date(row.created_at),
  }
}
