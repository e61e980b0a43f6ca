import { type Kysely, sql } from 'kysely'
import type { Target } from '#server/domain/administer.ts'
import type { HeldRole, RoleScope } from '#server/domain/roles.ts'
import type { UserType } from '#server/domain/user.ts'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'
import type { Schema } from './schema.ts'

/** Who is behind a token, as the store knows them at this very moment. */
export interface Account {
  id: string
  displayName: string
  userPrincipalName: string
  userType: UserType
  accountEnabled: boolean
  epoch: number
  roles: readonly HeldRole[]
}

/**
 * The person and every group they are in, at any depth. A union, not a sum, so that even a circle of groups would end.
 * Cross joins, because SQLite keeps their order; see plans.test.ts.
 */
function circlesOf(db: Kysely<Schema>, tenantId: string, id: string) {
  return db.withRecursive('circles', (nested) =>
    nested
      .selectFrom('users')
      .select('users.id')
      .where('users.tenant_id', '=', tenantId)
      .where('users.id', '=', id)
      .union(
        nested
          .selectFrom('circles')
          .crossJoin('group_members')
          .select('group_members.group_id as id')
          .where('group_members.tenant_id', '=', tenantId)
          .whereRef('group_members.member_id', '=', 'circles.id'),
      ),
  )
}

/** The roles given to the person directly; and whether they are in any group, which alone makes the longer question below worth asking. */
const accountWithOwnRoles = prepared((db, tenantId: string, id: string) =>
  db
    .selectFrom('users')
    .leftJoin('role_assignments', (join) =>
      join.onRef('role_assignments.tenant_id', '=', 'users.tenant_id').onRef('role_assignments.principal_id', '=', 'users.id'),
    )
    .leftJoin('administrative_units', (join) =>
      join
        .onRef('administrative_units.tenant_id', '=', 'users.tenant_id')
        .onRef('administrative_units.id', '=', 'role_assignments.scope_id'),
    )
    .select([
      'users.id',
      'users.display_name',
      'users.user_principal_name',
      'users.user_type',
      'users.account_enabled',
      'users.epoch',
      'role_assignments.role_id',
      'role_assignments.scope_kind',
      'role_assignments.scope_id',
      'administrative_units.is_restricted',
    ])
    .select((nested) =>
      nested
        .selectFrom('group_members')
        .select(sql<number>`1`.as('one'))
        .where('group_members.tenant_id', '=', tenantId)
        .where('group_members.member_id', '=', id)
        .limit(1)
        .as('in_a_group'),
    )
    .where('users.tenant_id', '=', tenantId)
    .where('users.id', '=', id)
    .where('users.deleted_at', 'is', null),
)

const rolesByGroup = prepared((db, tenantId: string, id: string) =>
  circlesOf(db, tenantId, id)
    .selectFrom('role_assignments')
    .leftJoin('administrative_units', (join) =>
      join
        .onRef('administrative_units.tenant_id', '=', 'role_assignments.tenant_id')
        .onRef('administrative_units.id', '=', 'role_assignments.scope_id'),
    )
    .select(['role_id', 'scope_kind', 'scope_id', 'is_restricted'])
    .where('role_assignments.tenant_id', '=', tenantId)
    .where('principal_id', '<>', id)
    .where('principal_id', 'in', (nested) => nested.selectFrom('circles').select('circles.id')),
)

/** The role-assignable groups a person is in, at any depth. */
const guardedGroups = prepared((db, tenantId: string, id: string) =>
  circlesOf(db, tenantId, id)
    .selectFrom('circles')
    .crossJoin('groups')
    .select('groups.id')
    .where('groups.tenant_id', '=', tenantId)
    .whereRef('groups.id', '=', 'circles.id')
    .where('groups.is_assignable_to_role', '=', 1)
    .limit(1),
)

const noText = sql<string | null>`cast(null as text)`
const maybe = (flag: string) => sql<number | null>`${sql.ref(flag)}`.as('is_restricted')

/** Everything the rules ask about a person that does not come through a group they are in, in one answer: a kind of fact a row. */
const ownFacts = prepared((db, tenantId: string, id: string) =>
  db
    .selectFrom('role_assignments')
    .leftJoin('administrative_units', (join) =>
      join
        .onRef('administrative_units.tenant_id', '=', 'role_assignments.tenant_id')
        .onRef('administrative_units.id', '=', 'role_assignments.scope_id'),
    )
    .select([
      sql<string>`'role'`.as('fact'),
      sql<string | null>`role_id`.as('role_id'),
      sql<string | null>`scope_kind`.as('scope_kind'),
      'scope_id',
      maybe('is_restricted'),
    ])
    .where('role_assignments.tenant_id', '=', tenantId)
    .where('principal_id', '=', id)
    .unionAll((nested) =>
      nested
        .selectFrom('unit_members')
        .innerJoin('administrative_units', (join) =>
          join
            .onRef('administrative_units.tenant_id', '=', 'unit_members.tenant_id')
            .onRef('administrative_units.id', '=', 'unit_members.unit_id'),
        )
        .select([
          sql<string>`'unit'`.as('fact'),
          noText.as('role_id'),
          noText.as('scope_kind'),
          'unit_id as scope_id',
          maybe('is_restricted'),
        ])
        .where('unit_members.tenant_id', '=', tenantId)
        .where('unit_members.member_id', '=', id),
    )
    .unionAll((nested) =>
      nested
        .selectFrom('group_owners')
        .innerJoin('groups', (join) =>
          join.onRef('groups.tenant_id', '=', 'group_owners.tenant_id').onRef('groups.id', '=', 'group_owners.group_id'),
        )
        .select([
          sql<string>`'owned group'`.as('fact'),
          noText.as('role_id'),
          noText.as('scope_kind'),
          'groups.id as scope_id',
          maybe('is_assignable_to_role'),
        ])
        .where('group_owners.tenant_id', '=', tenantId)
        .where('group_owners.owner_id', '=', id),
    )
    .unionAll((nested) =>
      nested
        .selectFrom('group_members')
        .select([
          sql<string>`'group'`.as('fact'),
          noText.as('role_id'),
          noText.as('scope_kind'),
          'group_id as scope_id',
          sql<number | null>`null`.as('is_restricted'),
        ])
        .where('group_members.tenant_id', '=', tenantId)
        .where('group_members.member_id', '=', id),
    ),
)

export class Authority {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async findAccount(id: string): Promise<Account | undefined> {
    const rows = await accountWithOwnRoles.all(this.#connection, this.#tenantId, id)
    const first = rows[0]
    if (!first) return undefined
    const byGroup = first.in_a_group === null ? [] : await rolesByGroup.all(this.#connection, this.#tenantId, id)
    return {
      id: first.id,
      displayName: first.display_name,
      userPrincipalName: first.user_principal_name,
      userType: first.user_type === 'Guest' ? 'Guest' : 'Member',
      accountEnabled: first.account_enabled === 1,
      epoch: first.epoch,
      roles: [...rows, ...byGroup].flatMap(heldRole),
    }
  }

  /** What the rules must know about a person before somebody may act on them. */
  async targetOf(id: string): Promise<Target> {
    const rows = await ownFacts.all(this.#connection, this.#tenantId, id)
    const units = rows.filter((row) => row.fact === 'unit')
    const isInGroup = rows.some((row) => row.fact === 'group')
    const byGroup = isInGroup ? await rolesByGroup.all(this.#connection, this.#tenantId, id) : []
    const guarded = isInGroup ? await guardedGroups.first(this.#connection, this.#tenantId, id) : undefined
    return {
      id,
      roles: [...rows.filter((row) => row.fact === 'role'), ...byGroup].flatMap(heldRole),
      inRoleAssignableGroup: guarded !== undefined || rows.some((row) => row.fact === 'owned group' && row.is_restricted === 1),
      unitIds: units.flatMap((row) => row.scope_id ?? []),
      restrictedUnitIds: units.filter((row) => row.is_restricted === 1).flatMap((row) => row.scope_id ?? []),
    }
  }
}

interface RoleRow {
  role_id: string | null
  scope_kind: string | null
  scope_id: string | null
  is_restricted: number | null
}

function heldRole(row: RoleRow): HeldRole[] {
  if (row.role_id === null) return []
  return [{ roleId: row.role_id, scope: toScope(row.scope_kind, row.scope_id), restrictedUnit: row.is_restricted === 1 }]
}

/** A row that says neither is a mistake of ours, and must not pass for power over everything. */
export function toScope(kind: string | null, id: string | null): RoleScope {
  if (kind === 'tenant') return { kind }
  if (kind === 'unit' && id) return { kind, unitId: id }
  if (kind === 'object' && id) return { kind, objectId: id }
  throw new Error('a role assignment without a scope')
}
