import type { ColumnDefinitionBuilder, Kysely } from 'kysely'

// How often somebody put off what an organisation would like them to set up is counted for each method: a campaign for another one begins anew.

const required = (column: ColumnDefinitionBuilder) => column.notNull()

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('registration_snoozes')
    .addColumn('tenant_id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('method', 'text', required)
    .addColumn('times', 'integer', required)
    .addColumn('snoozed_at', 'bigint', required)
    .addPrimaryKeyConstraint('registration_snoozes_key', ['tenant_id', 'user_id', 'method'])
    .addForeignKeyConstraint('registration_snoozes_user', ['tenant_id', 'user_id'], 'users', ['tenant_id', 'id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
}
