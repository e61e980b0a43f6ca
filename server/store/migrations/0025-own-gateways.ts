import type { ColumnDefinitionBuilder, Kysely } from 'kysely'

// An organisation may send by providers of its own. What it set up is one sealed text, since secrets stand in it. Beside it: whether a provider
// takes what it is given, how many messages went to which country on which day, and how far an organisation is with setting up.

const required = (column: ColumnDefinitionBuilder) => column.notNull()

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('own_gateways')
    .addColumn('tenant_id', 'text', required)
    .addColumn('channel', 'text', required)
    .addColumn('settings_sealed', 'text', required)
    .addColumn('changed_at', 'bigint', required)
    .addPrimaryKeyConstraint('own_gateways_key', ['tenant_id', 'channel'])
    .execute()
  await db.schema
    .createTable('gateway_health')
    .addColumn('tenant_id', 'text', required)
    .addColumn('channel', 'text', required)
    .addColumn('worked_first_at', 'bigint')
    .addColumn('worked_at', 'bigint')
    .addColumn('failed_at', 'bigint')
    .addColumn('failure', 'text')
    .addPrimaryKeyConstraint('gateway_health_key', ['tenant_id', 'channel'])
    .execute()
  await db.schema
    .createTable('message_counts')
    .addColumn('tenant_id', 'text', required)
    .addColumn('channel', 'text', required)
    .addColumn('day_at', 'bigint', required)
    .addColumn('country', 'text', required)
    .addColumn('count', 'integer', required)
    .addPrimaryKeyConstraint('message_counts_key', ['tenant_id', 'channel', 'day_at', 'country'])
    .execute()
  await db.schema
    .createTable('checklist_steps')
    .addColumn('tenant_id', 'text', required)
    .addColumn('step', 'text', required)
    .addColumn('reached_at', 'bigint', required)
    .addPrimaryKeyConstraint('checklist_steps_key', ['tenant_id', 'step'])
    .execute()
}
