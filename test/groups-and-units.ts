import { randomUUID } from 'node:crypto'
import type { World } from './world.ts'

interface GroupFacts {
  mayHoldRoles?: boolean
  people?: readonly string[]
  groups?: readonly string[]
  owners?: readonly string[]
}

/** A group written straight into the store, as one that was there before the story began. */
export async function addGroup(world: World, name: string, facts: GroupFacts = {}): Promise<string> {
  const { mayHoldRoles = true, people = [], groups = [], owners = [] } = facts
  const tenant = { tenant_id: world.tenantId }
  const id = randomUUID()
  await world.installation.parts.database.inTransaction(async ({ kysely }) => {
    await kysely
      .insertInto('groups')
      .values({
        ...tenant,
        id,
        ...named(name),
        description: null,
        mail_nickname: name,
        mail_nickname_lowered: name.toLowerCase(),
        is_assignable_to_role: mayHoldRoles ? 1 : 0,
        created_at: world.now.getTime(),
      })
      .execute()
    const members = [
      ...people.map((member_id) => ({ ...tenant, group_id: id, member_id, member_kind: 'user' })),
      ...groups.map((member_id) => ({ ...tenant, group_id: id, member_id, member_kind: 'group' })),
    ]
    if (members.length > 0) await kysely.insertInto('group_members').values(members).execute()
    for (const owner_id of owners)
      await kysely
        .insertInto('group_owners')
        .values({ ...tenant, group_id: id, owner_id })
        .execute()
  })
  return id
}

export async function addUnit(world: World, name: string, people: readonly string[] = []): Promise<string> {
  const tenant = { tenant_id: world.tenantId }
  const id = randomUUID()
  await world.installation.parts.database.inTransaction(async ({ kysely }) => {
    await kysely
      .insertInto('administrative_units')
      .values({ ...tenant, id, ...named(name), description: null, visibility: null, is_restricted: 0, created_at: world.now.getTime() })
      .execute()
    for (const member_id of people) {
      await kysely
        .insertInto('unit_members')
        .values({ ...tenant, unit_id: id, member_id, member_kind: 'user' })
        .execute()
    }
  })
  return id
}

function named(name: string) {
  return { display_name: name, display_name_lowered: name.toLowerCase() }
}
