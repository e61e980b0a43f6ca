import type { ColumnDefinitionBuilder, Kysely } from 'kysely'

// What somebody was told about a change of what they prove themselves with: a row for each receiver. Where it goes and what it says is sealed, and
// of the link that says "this was not me" only the hash stands here. The message itself waits in the outbox, beside those with codes.

const required = (column: ColumnDefinitionBuilder) => column.notNull()

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('outbox')
    .addColumn('kind', 'text', (column) => column.notNull().defaultTo('code'))
    .execute()
  await db.schema
    .createTable('notices')
    .addColumn('tenant_id', 'text', required)
    .addColumn('id', 'text', required)
    .addColumn('change_id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('receiver_sealed', 'text', required)
    .addColumn('change_sealed', 'text', required)
    .addColumn('link_hash', 'text', required)
    .addColumn('happened_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .addColumn('reported_at', 'bigint')
    .addPrimaryKeyConstraint('notices_key', ['tenant_id', 'id'])
    .addForeignKeyConstraint('notices_user', ['tenant_id', 'user_id'], 'users', ['tenant_id', 'id'], (key) => key.onDelete('cascade'))
    .execute()
  await db.schema.createIndex('notices_by_link').unique().on('notices').column('link_hash').execute()
  await db.schema.createIndex('notices_by_change').on('notices').columns(['tenant_id', 'change_id']).execute()
  await db.schema.createIndex('notices_by_end').on('notices').column('expires_at').execute()
}
