import { type Kysely, sql } from 'kysely'

// Keys rotate with an overlap: a key is published before it signs. Of two nodes that make the next key at once, the
// unique number lets one; a key of before this signs from the moment it was made.

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('signing_keys')
    .addColumn('generation', 'integer', (column) => column.notNull().defaultTo(1))
    .execute()
  await db.schema
    .alterTable('signing_keys')
    .addColumn('signs_from', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`update signing_keys set signs_from = created_at`.execute(db)
  await db.schema
    .createIndex('signing_keys_one_per_generation')
    .unique()
    .on('signing_keys')
    .columns(['tenant_id', 'algorithm', 'generation'])
    .execute()
}
