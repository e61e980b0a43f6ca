import type { ColumnDefinitionBuilder, Kysely } from 'kysely'

// One row for each attempt to sign in: written when it begins and changed as it goes on. No index holds a column that changes later, so
// that PostgreSQL need not touch the indexes again. There is no reference to the tenant or the person either: every sign-in would lock
// that row, and the log outlives who it tells of.

const required = (column: ColumnDefinitionBuilder) => column.notNull()

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sign_ins')
    .addColumn('tenant_id', 'text', required)
    .addColumn('id', 'text', required)
    .addColumn('started_at', 'bigint', required)
    .addColumn('correlation_id', 'text', required)
    .addColumn('user_id', 'text')
    .addColumn('user_display_name', 'text')
    .addColumn('user_display_name_lowered', 'text', required)
    .addColumn('user_principal_name', 'text')
    .addColumn('user_principal_name_lowered', 'text', required)
    .addColumn('app_id', 'text', required)
    .addColumn('app_display_name', 'text', required)
    .addColumn('identifier_sealed', 'text', required)
    .addColumn('identifier_masked', 'text', required)
    .addColumn('identifier_type', 'text', required)
    .addColumn('address', 'text', required)
    .addColumn('user_agent', 'text', required)
    .addColumn('protocol', 'text', required)
    .addColumn('is_interactive', 'integer', required)
    .addColumn('error_code', 'integer', required)
    .addColumn('session_id', 'text')
    .addColumn('requirement', 'text', required)
    .addColumn('steps', 'text', required)
    .addPrimaryKeyConstraint('sign_ins_key', ['tenant_id', 'id'])
    .execute()
  const ways = { time: [], user: ['user_id'], name: ['user_principal_name_lowered'], address: ['address'], correlation: ['correlation_id'] }
  for (const [name, leading] of Object.entries(ways)) {
    await db.schema
      .createIndex(`sign_ins_by_${name}`)
      .on('sign_ins')
      .columns(['tenant_id', ...leading, 'started_at', 'id'])
      .execute()
  }
}
