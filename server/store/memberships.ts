import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { roleTemplates } from '#contract/graph/role-templates.ts'
import type { HiddenUnitsSeen } from '#server/domain/administrative-unit.ts'
import type { DirectoryObject, Member, ObjectKind, Relation } from '#server/domain/directory-object.ts'
import type { Page, Query } from '#server/domain/query.ts'
import { fold } from '#server/domain/user.ts'
import type { Connection } from './connection.ts'
import { behind, type Columns, conditionOf, orderOf, pageOf, searchCondition, sortColumn, sortValue } from './query-sql.ts'

interface Row {
  id: string
  kind: ObjectKind
  /** Folded: what the list is searched and sorted by. */
  name: string
}

type Rows = RawBuilder<Row>

const columns: Columns = {
  id: { kind: 'plain', column: 'objects.id' },
  displayName: { kind: 'text', column: 'objects.name', lowered: 'objects.name' },
}

const roleNames = sql.join(
  roleTemplates.map(({ id, displayName }) => sql`when ${id} then ${fold(displayName)}`),
  sql` `,
)

/** Who belongs to what, in both directions. Each question is one statement, however deep groups stand in groups. */
export class Memberships {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  /** Deleted people are nowhere, until they are restored. In the order of ids unless asked otherwise, so a page is a range of the key. */
  async list(relation: Relation, kinds: readonly ObjectKind[], query: Query): Promise<Page<DirectoryObject>> {
    const { property, descending } = orderOf(query, columns, 'id')
    const sortedBy = sortColumn(columns, property)
    const direction = descending ? 'desc' : 'asc'
    let rows = this.#matching(relation, kinds, query)
      .selectAll()
      .orderBy(sql.ref(sortedBy), direction)
      .orderBy('id', direction)
      .limit(query.top + 1)
    if (query.after) rows = rows.where(behind(query.after, sortedBy, 'objects.id', descending))
    const count = query.count ? await this.count(relation, kinds, query) : undefined
    return pageOf(await rows.execute(), query, count, toObject, (row) => sortValue({ ...row }, sortedBy))
  }

  async count(relation: Relation, kinds: readonly ObjectKind[], query: Query): Promise<number> {
    const counted = this.#matching(relation, kinds, query).select(sql<number>`count(*)`.as('count'))
    return (await counted.executeTakeFirstOrThrow()).count
  }

  /** All of them at once, or those of the given ones that are there. */
  async ids(relation: Relation, kinds: readonly ObjectKind[], among?: readonly string[]): Promise<string[]> {
    let rows = this.#among(relation, kinds).select('id').orderBy('id')
    if (among) rows = rows.where('id', 'in', among)
    return (await rows.execute()).map((row) => row.id)
  }

  /** The first few members of each group. */
  async firstMembers(groupIds: readonly string[], perGroupMax: number): Promise<Map<string, DirectoryObject[]>> {
    if (groupIds.length === 0) return new Map()
    const links = this.#living(sql`
      select group_id, member_id as id from group_members where tenant_id = ${this.#tenantId} and group_id in (${sql.join(groupIds)})
    `)
    const { rows } = await sql<DirectoryObject & { group_id: string }>`
      select group_id, id, kind from (
        select group_id, id, kind, row_number() over (partition by group_id order by id) as place from ${links} as living
      ) as placed where place <= ${perGroupMax} order by group_id, id
    `.execute(this.#connection.kysely)
    return Map.groupBy(rows, (row) => row.group_id)
  }

  async findMember(id: string): Promise<Member | undefined> {
    return (await this.findMembers([id])).get(id)
  }

  async findMembers(ids: readonly string[]): Promise<Map<string, Member>> {
    if (ids.length === 0) return new Map()
    const { kysely } = this.#connection
    const people = await kysely
      .selectFrom('users')
      .select(['id', 'display_name as displayName', 'user_principal_name as userPrincipalName'])
      .where('tenant_id', '=', this.#tenantId)
      .where('id', 'in', ids)
      .where('deleted_at', 'is', null)
      .execute()
    const groups = await kysely
      .selectFrom('groups')
      .select(['id', 'display_name as displayName'])
      .where('tenant_id', '=', this.#tenantId)
      .where('id', 'in', ids)
      .execute()
    return new Map<string, Member>([
      ...people.map((row): [string, Member] => [row.id, { ...row, kind: 'user' }]),
      ...groups.map((row): [string, Member] => [row.id, { ...row, kind: 'group', userPrincipalName: undefined }]),
    ])
  }

  #matching(relation: Relation, kinds: readonly ObjectKind[], query: Query) {
    let rows = this.#among(relation, kinds)
    if (query.filter) rows = rows.where(conditionOf(query.filter, columns))
    if (query.search) rows = rows.where(searchCondition(query.search, columns))
    return rows
  }

  #among(relation: Relation, kinds: readonly ObjectKind[]) {
    return this.#connection.kysely.selectFrom(this.#objectsIn(relation).as('objects')).where('kind', 'in', kinds)
  }

  #objectsIn(relation: Relation): Rows {
    const tenantId = this.#tenantId
    switch (relation.name) {
      case 'members':
        return this.#living(sql`select member_id as id from group_members where tenant_id = ${tenantId} and group_id = ${relation.groupId}`)
      case 'transitiveMembers':
        return this.#living(this.#everythingIn(relation.groupId))
      case 'owners':
        return this.#living(sql`select owner_id as id from group_owners where tenant_id = ${tenantId} and group_id = ${relation.groupId}`)
      case 'unitMembers':
        return this.#living(sql`select member_id as id from unit_members where tenant_id = ${tenantId} and unit_id = ${relation.unitId}`)
      case 'unitsMembers': {
        const units = relation.unitIds.length > 0 ? sql`unit_id in (${sql.join(relation.unitIds)})` : sql`1 = 0`
        return this.#living(sql`select distinct member_id as id from unit_members where tenant_id = ${tenantId} and ${units}`)
      }
      case 'memberOf': {
        const groups = sql`select group_id as id from group_members where tenant_id = ${tenantId} and member_id = ${relation.id}`
        return this.#holders(relation.id, groups, sql`${relation.id}`, relation.hiddenUnits)
      }
      case 'transitiveMemberOf': {
        const groups = this.#everythingAround(relation.id)
        return this.#holders(relation.id, groups, sql`select ${relation.id} union ${groups}`, relation.hiddenUnits)
      }
    }
  }

  /** A cross join, because SQLite keeps its order: see group-members.ts. */
  #everythingIn(groupId: string) {
    return sql`
      select id from (
        with recursive reached(id) as (
          select member_id from group_members where tenant_id = ${this.#tenantId} and group_id = ${groupId}
          union
          select inner_members.member_id from reached cross join group_members as inner_members
          where inner_members.tenant_id = ${this.#tenantId} and inner_members.group_id = reached.id
        )
        select id from reached
      ) as everything_in
    `
  }

  #everythingAround(id: string) {
    return sql`
      select id from (
        with recursive around(id) as (
          select group_id from group_members where tenant_id = ${this.#tenantId} and member_id = ${id}
          union
          select outer_groups.group_id from around cross join group_members as outer_groups
          where outer_groups.tenant_id = ${this.#tenantId} and outer_groups.member_id = around.id
        )
        select id from around
      ) as everything_around
    `
  }

  /** People and groups behind these ids, as long as they are there; what else stands beside an id stays beside it. */
  #living(links: RawBuilder<unknown>): Rows {
    return sql<Row>`(
      select links.*,
        case when users.id is null then 'group' else 'user' end as kind,
        coalesce(users.display_name_lowered, "groups".display_name_lowered) as name
      from (${links}) as links
      left join users on users.tenant_id = ${this.#tenantId} and users.id = links.id and users.deleted_at is null
      left join "groups" on "groups".tenant_id = ${this.#tenantId} and "groups".id = links.id
      where users.id is not null or "groups".id is not null
    )`
  }

  /** What somebody or something stands in: groups, the roles of these principals over the whole organisation, and units. */
  #holders(id: string, groups: RawBuilder<unknown>, principals: RawBuilder<unknown>, hidden: HiddenUnitsSeen): Rows {
    const tenantId = this.#tenantId
    return sql<Row>`(
      select "groups".id as id, 'group' as kind, "groups".display_name_lowered as name
      from (${groups}) as links join "groups" on "groups".tenant_id = ${tenantId} and "groups".id = links.id
      union all
      select distinct role_id, 'role', case role_id ${roleNames} else '' end
      from role_assignments where tenant_id = ${tenantId} and scope_kind = 'tenant' and principal_id in (${principals})
      union all
      select units.id, 'unit', units.display_name_lowered
      from unit_members as links join administrative_units as units on units.tenant_id = ${tenantId} and units.id = links.unit_id
      where links.tenant_id = ${tenantId} and links.member_id = ${id} and ${this.#isVisible(hidden)}
    )`
  }

  #isVisible(hidden: HiddenUnitsSeen) {
    if (hidden === 'all') return sql<SqlBool>`1 = 1`
    const own = sql`select unit_id from unit_members where tenant_id = ${this.#tenantId} and member_id = ${hidden.memberId}`
    const reached = hidden.unitIds.length > 0 ? sql`units.id in (${sql.join(hidden.unitIds)})` : sql`1 = 0`
    return sql<SqlBool>`(units.visibility is null or units.visibility <> 'HiddenMembership' or ${reached} or units.id in (${own}))`
  }
}

function toObject({ id, kind }: Row): DirectoryObject {
  return { id, kind }
}
