import type { ColumnDefinitionBuilder, Kysely } from 'kysely'

// Reports look further back than the log of sign-ins and the codes that were sent, which are forgotten after thirty days and after one. What is
// over is counted by the hour, a row for each kind of it, and never again; the mark says up to where. A code remembers the country it went to,
// since its number is sealed and cannot be counted by. What is added here to older tables changes no row later, so their indexes stay cheap.

const required = (column: ColumnDefinitionBuilder) => column.notNull()

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tallies')
    .addColumn('tenant_id', 'text', required)
    .addColumn('subject', 'text', required)
    .addColumn('hour', 'bigint', required)
    .addColumn('name', 'text', required)
    .addColumn('outcome', 'text', required)
    .addColumn('count', 'bigint', required)
    .addPrimaryKeyConstraint('tallies_key', ['tenant_id', 'subject', 'hour', 'name', 'outcome'])
    .execute()
  await db.schema
    .createTable('tally_marks')
    .addColumn('tenant_id', 'text', required)
    .addColumn('subject', 'text', required)
    .addColumn('until', 'bigint', required)
    .addPrimaryKeyConstraint('tally_marks_key', ['tenant_id', 'subject'])
    .execute()
  await db.schema.alterTable('challenges').addColumn('country', 'text').execute()
  await db.schema.createIndex('challenges_by_tenant').on('challenges').columns(['tenant_id', 'started_at']).execute()
  await db.schema.createIndex('sign_ins_by_app').on('sign_ins').columns(['tenant_id', 'app_id', 'started_at', 'id']).execute()
  await db.schema
    .createIndex('audit_events_by_activity')
    .on('audit_events')
    .columns(['tenant_id', 'activity', 'happened_at', 'id'])
    .execute()
}
