import type { ColumnDefinitionBuilder, Kysely } from 'kysely'

// Keys are stored only sealed; the audit log is append-only, so what is learnt later about an event (its seal,
// a checkpoint) is a row of its own and no statement of ours ever updates or deletes one.

const required = (column: ColumnDefinitionBuilder) => column.notNull()
const tenant = (column: ColumnDefinitionBuilder) => column.notNull().references('tenants.id').onDelete('cascade')

export async function up(db: Kysely<unknown>): Promise<void> {
  await keys(db)
  await audit(db)
  await db.schema
    .createTable('bootstrap_links')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('token_hash', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('expires_at', 'bigint', required)
    .addColumn('used_at', 'bigint')
    .addPrimaryKeyConstraint('bootstrap_links_key', ['tenant_id', 'token_hash'])
    .execute()
}

async function keys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('data_keys')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('id', 'text', required)
    .addColumn('master_key_id', 'text', required)
    .addColumn('wrapped', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('data_keys_key', ['tenant_id', 'id'])
    .execute()
  await db.schema
    .createTable('signing_keys')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('id', 'text', required)
    .addColumn('algorithm', 'text', required)
    .addColumn('public_key', 'text', required)
    .addColumn('private_key_sealed', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('retired_at', 'bigint')
    .addPrimaryKeyConstraint('signing_keys_key', ['tenant_id', 'id'])
    .execute()
}

async function audit(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_events')
    .addColumn('tenant_id', 'text', required)
    .addColumn('id', 'text', required)
    .addColumn('happened_at', 'bigint', required)
    .addColumn('activity', 'text', required)
    .addColumn('category', 'text', required)
    .addColumn('operation', 'text', required)
    .addColumn('result', 'text', required)
    .addColumn('reason', 'text')
    .addColumn('actor', 'text', required)
    .addColumn('actor_id', 'text')
    .addColumn('target_id', 'text')
    .addColumn('other_target_id', 'text')
    .addColumn('targets', 'text', required)
    .addColumn('details', 'text', required)
    .addColumn('request_id', 'text', required)
    .addColumn('node_id', 'text', required)
    .addColumn('mac', 'text', required)
    .addPrimaryKeyConstraint('audit_events_key', ['tenant_id', 'id'])
    .execute()
  await db.schema.createIndex('audit_events_by_time').on('audit_events').columns(['tenant_id', 'happened_at', 'id']).execute()
  for (const name of ['actor_id', 'target_id', 'other_target_id']) {
    await db.schema
      .createIndex(`audit_events_by_${name}`)
      .on('audit_events')
      .columns(['tenant_id', name, 'happened_at', 'id'])
      .where(name, 'is not', null)
      .execute()
  }
  await db.schema
    .createTable('audit_seals')
    .addColumn('tenant_id', 'text', required)
    .addColumn('seq', 'bigint', required)
    .addColumn('event_id', 'text', required)
    .addColumn('happened_at', 'bigint', required)
    .addColumn('hash', 'text', required)
    .addColumn('sealed_at', 'bigint', required)
    .addPrimaryKeyConstraint('audit_seals_key', ['tenant_id', 'seq'])
    .execute()
  await db.schema.createIndex('audit_seals_one_per_event').unique().on('audit_seals').columns(['tenant_id', 'event_id']).execute()
  await db.schema
    .createTable('audit_checkpoints')
    .addColumn('tenant_id', 'text', required)
    .addColumn('seq', 'bigint', required)
    .addColumn('hash', 'text', required)
    .addColumn('signed_at', 'bigint', required)
    .addColumn('signature', 'text', required)
    .addPrimaryKeyConstraint('audit_checkpoints_key', ['tenant_id', 'seq'])
    .execute()
}
