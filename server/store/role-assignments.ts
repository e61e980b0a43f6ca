import { type SqlBool, sql } from 'kysely'
import { leavesNoGlobalAdministrator } from '#server/domain/administer.ts'
import type { Filter, Page, Query, Value } from '#server/domain/query.ts'
import { parseScopeAddress, type RoleAssignment } from '#server/domain/role-assignment.ts'
import { type RoleScope, roleIdOf } from '#server/domain/roles.ts'
import { ActivatedRoles } from './activated-roles.ts'
import { toScope } from './authority.ts'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'
import { behind, type Columns, conditionOf, pageOf } from './query-sql.ts'
import type { Selected } from './schema.ts'

const globalAdministrator = roleIdOf('Global Administrator')

/**
 * Everybody the role reaches, through however many groups, who could sign in today; one assignment can be thought away.
 * Cross joins, because SQLite keeps their order; see plans.test.ts.
 */
const enabledHolders = prepared((db, tenantId: string, roleId: string, withoutId: string) =>
  db
    .withRecursive('holders', (nested) =>
      nested
        .selectFrom('role_assignments')
        .select('principal_id as id')
        .where('tenant_id', '=', tenantId)
        .where('role_id', '=', roleId)
        .where('scope_kind', '=', 'tenant')
        .where('id', '<>', withoutId)
        .union(
          nested
            .selectFrom('holders')
            .crossJoin('group_members')
            .select('group_members.member_id as id')
            .where('group_members.tenant_id', '=', tenantId)
            .whereRef('group_members.group_id', '=', 'holders.id'),
        ),
    )
    .selectFrom('holders')
    .crossJoin('users')
    .select('users.id')
    .where('users.tenant_id', '=', tenantId)
    .whereRef('users.id', '=', 'holders.id')
    .where('users.account_enabled', '=', 1)
    .where('users.deleted_at', 'is', null),
)

const everyAssignment = ''

const columns: Columns = {
  id: { kind: 'plain', column: 'role_assignments.id' },
  principalId: { kind: 'plain', column: 'role_assignments.principal_id' },
  roleDefinitionId: { kind: 'plain', column: 'role_assignments.role_id' },
  scopeKind: { kind: 'plain', column: 'role_assignments.scope_kind' },
  scopeId: { kind: 'plain', column: 'role_assignments.scope_id' },
}

/** Says which assignment is meant: by its id, perhaps only if it is about this scope, or by all that makes it unique. */
export type WhichAssignment = { id: string; scope?: RoleScope } | { roleId: string; principalId: string; scope: RoleScope }

function scopeId(scope: RoleScope): string {
  switch (scope.kind) {
    case 'tenant':
      return '/'
    case 'unit':
      return scope.unitId
    case 'object':
      return scope.objectId
  }
}

export class RoleAssignments {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  /** A role that somebody has is in use from then on. */
  async add(assignment: RoleAssignment, now: Date): Promise<void> {
    const { id, roleId, principalId, principalKind, scope } = assignment
    await this.#connection.kysely
      .insertInto('role_assignments')
      .values({
        tenant_id: this.#tenantId,
        id,
        role_id: roleId,
        principal_id: principalId,
        principal_kind: principalKind,
        scope_kind: scope.kind,
        scope_id: scopeId(scope),
        created_at: now.getTime(),
      })
      .execute()
    await new ActivatedRoles(this.#connection, this.#tenantId).add(roleId, now)
  }

  async find(which: WhichAssignment): Promise<RoleAssignment | undefined> {
    let rows = this.#all()
    if (which.scope) rows = rows.where('scope_kind', '=', which.scope.kind).where('scope_id', '=', scopeId(which.scope))
    if ('id' in which) rows = rows.where('id', '=', which.id)
    else rows = rows.where('role_id', '=', which.roleId).where('principal_id', '=', which.principalId)
    const row = await rows.executeTakeFirst()
    return row && toAssignment(row)
  }

  /** Those of deleted people are listed too: they would come back with them. */
  async list(query: Query): Promise<Page<RoleAssignment>> {
    return this.#page(query, sql`1 = 1`)
  }

  /** Who has the role over the whole organisation, each by the assignment that gave it. */
  async listMembers(roleId: string, query: Query): Promise<Page<RoleAssignment>> {
    return this.#page(query, sql`role_id = ${roleId} and scope_kind = 'tenant' and ${notOfDeleted}`)
  }

  async listAtUnit(unitId: string, query: Query): Promise<Page<RoleAssignment>> {
    return this.#page(query, sql`scope_kind = 'unit' and scope_id = ${unitId} and ${notOfDeleted}`)
  }

  /** The roles this person was given over units, not those that come through a group. */
  async listOverUnits(personId: string, query: Query): Promise<Page<RoleAssignment>> {
    return this.#page(query, sql`scope_kind = 'unit' and principal_id = ${personId}`)
  }

  async remove(id: string): Promise<void> {
    await this.#connection.kysely.deleteFrom('role_assignments').where('tenant_id', '=', this.#tenantId).where('id', '=', id).execute()
  }

  /** Would nobody be left who may do everything, if these people could not any more? */
  async leavesNoGlobalAdministrator(leavingIds: readonly string[]): Promise<boolean> {
    return leavesNoGlobalAdministrator({ globalAdministratorIds: await this.globalAdministrators(), leavingIds })
  }

  /** The same, if this assignment were gone. Whoever has the role in another way as well does not leave. */
  async isLastGlobalAdministration(assignmentId: string): Promise<boolean> {
    const globalAdministratorIds = await this.globalAdministrators()
    const staying = await this.globalAdministrators(assignmentId)
    return leavesNoGlobalAdministrator({ globalAdministratorIds, leavingIds: globalAdministratorIds.filter((id) => !staying.includes(id)) })
  }

  /** Everybody enabled who holds the role, in whichever way; asked without one assignment, as if that were gone. */
  async globalAdministrators(withoutId: string = everyAssignment): Promise<string[]> {
    const holders = await enabledHolders.all(this.#connection, this.#tenantId, globalAdministrator, withoutId)
    return holders.map((holder) => holder.id)
  }

  #all() {
    return this.#connection.kysely.selectFrom('role_assignments').selectAll().where('tenant_id', '=', this.#tenantId)
  }

  async #page(query: Query, among: ReturnType<typeof sql<SqlBool>>): Promise<Page<RoleAssignment>> {
    let rows = this.#all().where(among)
    if (query.filter) rows = rows.where(conditionOf(withScopes(query.filter), columns))
    const count = query.count
      ? (await rows.clearSelect().select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()).count
      : undefined
    if (query.after) rows = rows.where(behind(query.after, 'role_assignments.id', 'role_assignments.id', false))
    const page = await rows
      .orderBy('id')
      .limit(query.top + 1)
      .execute()
    return pageOf(page, query, count, toAssignment, (row) => row.id)
  }
}

const notOfDeleted = sql<SqlBool>`not exists (
  select 1 from users
  where users.tenant_id = role_assignments.tenant_id and users.id = role_assignments.principal_id and users.deleted_at is not null
)`

/** A scope is asked for by its address and kept as what the address means. */
function withScopes(filter: Filter): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, left: withScopes(filter.left), right: withScopes(filter.right) }
    case 'not':
      return { kind: 'not', of: withScopes(filter.of) }
    case 'compare':
      return filter.property === 'directoryScopeId' ? scopeIs(filter.value) : filter
    case 'in':
      return filter.property === 'directoryScopeId'
        ? filter.values.map(scopeIs).reduce((left, right) => ({ kind: 'or', left, right }))
        : filter
    default:
      return filter
  }
}

function scopeIs(address: Value): Filter {
  const scope = typeof address === 'string' ? parseScopeAddress(address) : undefined
  // What is no address of a scope fits no assignment.
  if (!scope) return { kind: 'compare', property: 'id', operator: 'eq', value: '' }
  return { kind: 'and', left: equals('scopeKind', scope.kind), right: equals('scopeId', scopeId(scope)) }
}

function equals(property: string, value: string): Filter {
  return { kind: 'compare', property, operator: 'eq', value }
}

function toAssignment(row: Selected<'role_assignments'>): RoleAssignment {
  return {
    id: row.id,
    roleId: row.role_id,
    principalId: row.principal_id,
    principalKind: row.principal_kind === 'group' ? 'group' : 'user',
    scope: toScope(row.scope_kind, row.scope_id),
  }
}
