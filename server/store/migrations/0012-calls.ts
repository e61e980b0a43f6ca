import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'

// A call is asked for and placed in one row, since there is one for each challenge at a time. No row holds the digit that is asked for: it is
// derived. A mobile that only calls have proven is not texted until a text has proven it too.

const required = (column: ColumnDefinitionBuilder) => column.notNull()
const counter = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0)

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('calls')
    .addColumn('tenant_id', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('id', 'text', required)
    .addColumn('purpose', 'text', required)
    .addColumn('user_id', 'text')
    .addColumn('number_sealed', 'text', required)
    .addColumn('number_index', 'text', required)
    .addColumn('extension_sealed', 'text')
    .addColumn('phone_type', 'text', required)
    .addColumn('binding', 'text', required)
    .addColumn('slot', 'text')
    .addColumn('locale', 'text', required)
    .addColumn('round', 'integer', required)
    .addColumn('state', 'text', required)
    .addColumn('held_for', 'text')
    .addColumn('tries', 'integer', counter)
    .addColumn('tries_total', 'integer', counter)
    .addColumn('reports', 'text', required)
    .addColumn('leases', 'integer', counter)
    .addColumn('failures', 'integer', counter)
    .addColumn('due_at', 'bigint', required)
    .addColumn('started_at', 'bigint', required)
    .addColumn('called_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .addColumn('used_at', 'bigint')
    .addPrimaryKeyConstraint('calls_key', ['tenant_id', 'id'])
    .execute()
  // A browser that asks twice at once for the same number and purpose gets one call, and so one phone rings once.
  await db.schema.createIndex('calls_one_per_browser').unique().on('calls').columns(['tenant_id', 'slot']).execute()
  await db.schema.createIndex('calls_by_start').on('calls').column('started_at').execute()
  await db.schema.createIndex('calls_waiting').on('calls').column('due_at').where(sql.ref('state'), '=', 'waiting').execute()

  await db.schema.alterTable('phones').addColumn('is_voice_only', 'integer', counter).execute()
  await db.schema.alterTable('sign_in_settings').addColumn('call_countries', 'text').execute()
}
