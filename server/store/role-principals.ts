import type { RolePrincipal } from '#server/domain/role-assignment.ts'
import type { RoleScope } from '#server/domain/roles.ts'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'

/**
 * The groups a person could give a role to themselves by: those they are in or own, and every group that one of these is in.
 * A cross join, because SQLite keeps its order; see plans.test.ts.
 */
const groupsAround = prepared((db, tenantId: string, personId: string, groupId: string) =>
  db
    .withRecursive('around', (nested) =>
      nested
        .selectFrom('group_members')
        .select('group_members.group_id as id')
        .where('group_members.tenant_id', '=', tenantId)
        .where('group_members.member_id', '=', personId)
        .union(
          nested
            .selectFrom('group_owners')
            .select('group_owners.group_id as id')
            .where('group_owners.tenant_id', '=', tenantId)
            .where('group_owners.owner_id', '=', personId),
        )
        .union(
          nested
            .selectFrom('around')
            .crossJoin('group_members')
            .select('group_members.group_id as id')
            .where('group_members.tenant_id', '=', tenantId)
            .whereRef('group_members.member_id', '=', 'around.id'),
        ),
    )
    .selectFrom('around')
    .select('around.id')
    .where('around.id', '=', groupId),
)

/** Who may be given a role, and over what: people, groups and units, as far as roles are concerned. */
export class RolePrincipals {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async find(id: string): Promise<RolePrincipal | undefined> {
    return (await this.findMany([id])).get(id)
  }

  /** Deleted people are not among them. */
  async findMany(ids: readonly string[]): Promise<Map<string, RolePrincipal>> {
    if (ids.length === 0) return new Map()
    const { kysely } = this.#connection
    const people = await kysely
      .selectFrom('users')
      .select(['id', 'display_name', 'user_principal_name'])
      .where('tenant_id', '=', this.#tenantId)
      .where('id', 'in', ids)
      .where('deleted_at', 'is', null)
      .execute()
    const groups = await kysely
      .selectFrom('groups')
      .select(['id', 'display_name', 'is_assignable_to_role'])
      .where('tenant_id', '=', this.#tenantId)
      .where('id', 'in', ids)
      .execute()
    return new Map([
      ...people.map((row): [string, RolePrincipal] => [
        row.id,
        { id: row.id, kind: 'user', displayName: row.display_name, userPrincipalName: row.user_principal_name, mayHoldRoles: true },
      ]),
      ...groups.map((row): [string, RolePrincipal] => [
        row.id,
        {
          id: row.id,
          kind: 'group',
          displayName: row.display_name,
          userPrincipalName: undefined,
          mayHoldRoles: row.is_assignable_to_role === 1,
        },
      ]),
    ])
  }

  /** Whether what this group gets, the person gets or could take: they are in it or own it, at any depth. */
  async groupIncludes(groupId: string, personId: string): Promise<boolean> {
    return (await groupsAround.first(this.#connection, this.#tenantId, personId, groupId)) !== undefined
  }

  /** What the scope is called; undefined when there is no such unit or object. */
  async nameOfScope(scope: RoleScope): Promise<string | undefined> {
    switch (scope.kind) {
      case 'tenant':
        return '/'
      case 'unit': {
        const unit = await this.#connection.kysely
          .selectFrom('administrative_units')
          .select('display_name')
          .where('tenant_id', '=', this.#tenantId)
          .where('id', '=', scope.unitId)
          .executeTakeFirst()
        return unit?.display_name
      }
      case 'object':
        return (await this.find(scope.objectId))?.displayName
    }
  }
}
