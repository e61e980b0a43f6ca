import type { ColumnDefinitionBuilder, Kysely } from 'kysely'

// A person has one pass at most, so a new one takes the place of the old. It stays when it has been used or its time is up: what was opened with
// it ends with it, and whoever comes with it afterwards hears why it opens nothing.

const required = (column: ColumnDefinitionBuilder) => column.notNull()

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('passes')
    .addColumn('tenant_id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('id', 'text', required)
    .addColumn('secret_hash', 'text', required)
    .addColumn('is_once', 'integer', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('starts_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .addColumn('used_at', 'bigint')
    .addPrimaryKeyConstraint('passes_key', ['tenant_id', 'user_id'])
    .addForeignKeyConstraint('passes_user', ['tenant_id', 'user_id'], 'users', ['tenant_id', 'id'], (key) => key.onDelete('cascade'))
    .execute()
}
