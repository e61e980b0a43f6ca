import { type Kysely, sql } from 'kysely'
import { leavesNoGlobalAdministrator } from '#server/domain/administer.ts'
import type { Member } from '#server/domain/directory-object.ts'
import type { GroupTies } from '#server/domain/group.ts'
import { roleIdOf } from '#server/domain/roles.ts'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'
import type { Schema } from './schema.ts'

const globalAdministrator = roleIdOf('Global Administrator')

type Start = 'in' | 'in or owned'

/**
 * Every group somebody or something is in, at any depth, or could be because it is theirs. A union, not a sum, so that even a circle would
 * end. Cross joins, because SQLite keeps their order: joined otherwise, it reads every membership of the organisation again for each group.
 */
function groupsAround(db: Kysely<Schema>, tenantId: string, id: string, start: Start) {
  return db.withRecursive('around', (nested) => {
    const memberships = nested
      .selectFrom('group_members')
      .select('group_members.group_id as id')
      .where('group_members.tenant_id', '=', tenantId)
      .where('group_members.member_id', '=', id)
    const owned = nested
      .selectFrom('group_owners')
      .select('group_owners.group_id as id')
      .where('group_owners.tenant_id', '=', tenantId)
      .where('group_owners.owner_id', '=', id)
    return (start === 'in' ? memberships : memberships.union(owned)).union(
      nested
        .selectFrom('around')
        .crossJoin('group_members')
        .select('group_members.group_id as id')
        .where('group_members.tenant_id', '=', tenantId)
        .whereRef('group_members.member_id', '=', 'around.id'),
    )
  })
}

function groupIsAround(start: Start) {
  return prepared((db, tenantId: string, id: string, groupId: string) =>
    groupsAround(db, tenantId, id, start).selectFrom('around').select('around.id').where('around.id', '=', groupId),
  )
}

const isIn = groupIsAround('in')
const isInOrCouldBe = groupIsAround('in or owned')
const membership = prepared((db, tenantId: string, groupId: string, memberId: string) =>
  db
    .selectFrom('group_members')
    .select('member_id')
    .where('tenant_id', '=', tenantId)
    .where('group_id', '=', groupId)
    .where('member_id', '=', memberId),
)
const livingOwners = prepared((db, tenantId: string, groupId: string) =>
  db
    .selectFrom('group_owners')
    .innerJoin('users', (join) =>
      join.onRef('users.tenant_id', '=', 'group_owners.tenant_id').onRef('users.id', '=', 'group_owners.owner_id'),
    )
    .select('users.id')
    .where('group_owners.tenant_id', '=', tenantId)
    .where('group_owners.group_id', '=', groupId)
    .where('users.deleted_at', 'is', null),
)

const nobody = ''
const everybody = '*'

/** Everybody the role reaches who could sign in today, when one member of one group, or all of them, are thought away. */
const holdersWithout = prepared((db, tenantId: string, roleId: string, groupId: string, memberId: string) =>
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
            .crossJoin('group_members')
            .select('group_members.member_id as id')
            .where('group_members.tenant_id', '=', tenantId)
            .whereRef('group_members.group_id', '=', 'holders.id')
            .where((where) =>
              where.or([
                where('group_members.group_id', '<>', groupId),
                where(sql<string>`cast(${memberId} as text)`, 'not in', [sql.ref<string>('group_members.member_id'), sql.lit(everybody)]),
              ]),
            ),
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

/** Who is in a group and who owns it. */
export class GroupMembers {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  /** Directly, not through another group. */
  async has(groupId: string, memberId: string): Promise<boolean> {
    return (await membership.first(this.#connection, this.#tenantId, groupId, memberId)) !== undefined
  }

  /** Whether this is in the group at any depth. */
  async isWithin(id: string, groupId: string): Promise<boolean> {
    return (await isIn.first(this.#connection, this.#tenantId, id, groupId)) !== undefined
  }

  /** Whether what this group gets, the person gets or could take: they are in it or own it, at any depth. */
  async gives(groupId: string, personId: string): Promise<boolean> {
    return (await isInOrCouldBe.first(this.#connection, this.#tenantId, personId, groupId)) !== undefined
  }

  async tiesOf(groupId: string, personId: string): Promise<GroupTies> {
    const owners = await this.ownerIds(groupId)
    return { isOwner: owners.includes(personId), isMember: await this.isWithin(personId, groupId) }
  }

  async add(groupId: string, { id, kind }: Member): Promise<void> {
    await this.#connection.kysely
      .insertInto('group_members')
      .values({ tenant_id: this.#tenantId, group_id: groupId, member_id: id, member_kind: kind })
      .execute()
  }

  async remove(groupId: string, memberId: string): Promise<void> {
    await this.#connection.kysely
      .deleteFrom('group_members')
      .where('tenant_id', '=', this.#tenantId)
      .where('group_id', '=', groupId)
      .where('member_id', '=', memberId)
      .execute()
  }

  /** Deleted people are not among them. */
  async ownerIds(groupId: string): Promise<string[]> {
    return (await livingOwners.all(this.#connection, this.#tenantId, groupId)).map((owner) => owner.id)
  }

  async addOwner(groupId: string, ownerId: string): Promise<void> {
    await this.#connection.kysely
      .insertInto('group_owners')
      .values({ tenant_id: this.#tenantId, group_id: groupId, owner_id: ownerId })
      .execute()
  }

  async removeOwner(groupId: string, ownerId: string): Promise<void> {
    await this.#connection.kysely
      .deleteFrom('group_owners')
      .where('tenant_id', '=', this.#tenantId)
      .where('group_id', '=', groupId)
      .where('owner_id', '=', ownerId)
      .execute()
  }

  /** Would nobody be left who may do everything, without this member of the group, or without the group? */
  async leavesNoGlobalAdministrator(groupId: string, memberId: string = everybody): Promise<boolean> {
    const now = await this.#globalAdministrators(groupId, nobody)
    const then = await this.#globalAdministrators(groupId, memberId)
    return leavesNoGlobalAdministrator({ globalAdministratorIds: now, leavingIds: now.filter((id) => !then.includes(id)) })
  }

  async #globalAdministrators(groupId: string, withoutId: string): Promise<string[]> {
    const rows = await holdersWithout.all(this.#connection, this.#tenantId, globalAdministrator, groupId, withoutId)
    return rows.map((row) => row.id)
  }
}
