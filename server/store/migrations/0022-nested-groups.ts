import { type Kysely, sql } from 'kysely'

// Whoever walks down from a group looks for the few groups in it, and must not pass each of the hundred thousands of people beside them.

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('group_members_nested')
    .on('group_members')
    .columns(['tenant_id', 'group_id', 'member_id'])
    .where(sql.ref('member_kind'), '=', sql.lit('group'))
    .execute()
}
