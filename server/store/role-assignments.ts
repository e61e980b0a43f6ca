import { leavesNoGlobalAdministrator } from '#server/domain/administer.ts'
import { type RoleScope, roleIdOf } from '#server/domain/roles.ts'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'

const globalAdministrator = roleIdOf('Global Administrator')

/** Everybody the role reaches, through however many groups, who could sign in today. */
const enabledHolders = prepared((db, tenantId: string, roleId: string) =>
  db
    .withRecursive('holders', (nested) =>
      nested
        .selectFrom('role_assignments')
        .select('principal_id as id')
        .where('tenant_id', '=', tenantId)
        .where('role_id', '=', roleId)
        .where('scope_kind', '=', 'tenant')
        .union(
          nested
            .selectFrom('holders')
            .innerJoin('group_members', 'group_members.group_id', 'holders.id')
            .select('group_members.member_id as id')
            .where('group_members.tenant_id', '=', tenantId),
        ),
    )
    .selectFrom('holders')
    .innerJoin('users', 'users.id', 'holders.id')
    .select('users.id')
    .where('users.tenant_id', '=', tenantId)
    .where('users.account_enabled', '=', 1)
    .where('users.deleted_at', 'is', null),
)

export interface NewAssignment {
  id: string
  roleId: string
  principalId: string
  principalKind: 'user' | 'group'
  scope: RoleScope
}

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

  async add(assignment: NewAssignment, now: Date): Promise<void> {
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
  }

  /** Would nobody be left who may do everything, if these people could not any more? */
  async leavesNoGlobalAdministrator(leavingIds: readonly string[]): Promise<boolean> {
    const holders = await enabledHolders.all(this.#connection, this.#tenantId, globalAdministrator)
    return leavesNoGlobalAdministrator({ globalAdministratorIds: holders.map((holder) => holder.id), leavingIds })
  }
}
