import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'

// No row here holds a code: codes are derived from the challenge and a key that is not in the database. Numbers are sealed, and budgets
// are counted under keyed hashes. A challenge for a number nobody has is a row like any other, only without a person.

const required = (column: ColumnDefinitionBuilder) => column.notNull()
const counter = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0)
const tenant = (column: ColumnDefinitionBuilder) => column.notNull().references('tenants.id').onDelete('cascade')

export async function up(db: Kysely<unknown>): Promise<void> {
  await challenges(db)
  await outbox(db)
  await db.schema
    .createTable('budgets')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('tat', 'bigint', required)
    .addColumn('room', 'bigint', required)
    .addColumn('cost', 'bigint', required)
    .addColumn('granted', 'bigint', required)
    .addColumn('paid_at', 'bigint', required)
    .execute()
  await db.schema.createIndex('budgets_by_tat').on('budgets').column('tat').execute()
  await db.schema
    .createTable('method_pauses')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('key', 'text', required)
    .addColumn('failures', 'integer', counter)
    .addColumn('pauses', 'integer', counter)
    .addColumn('paused_until', 'bigint', counter)
    .addColumn('is_suspended', 'integer', counter)
    .addColumn('changed_at', 'bigint', required)
    .addPrimaryKeyConstraint('method_pauses_key', ['tenant_id', 'key'])
    .execute()
  await db.schema
    .createTable('known_browsers')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('browser_hash', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('seen_at', 'bigint', required)
    .addPrimaryKeyConstraint('known_browsers_key', ['tenant_id', 'browser_hash', 'user_id'])
    .addForeignKeyConstraint('known_browsers_user', ['tenant_id', 'user_id'], 'users', ['tenant_id', 'id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
  await db.schema.createIndex('known_browsers_by_user').on('known_browsers').columns(['tenant_id', 'user_id']).execute()
}

async function challenges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('challenges')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('id', 'text', required)
    .addColumn('method', 'text', required)
    .addColumn('purpose', 'text', required)
    .addColumn('user_id', 'text')
    .addColumn('number_sealed', 'text', required)
    .addColumn('number_index', 'text', required)
    .addColumn('binding', 'text', required)
    .addColumn('slot', 'text')
    .addColumn('locale', 'text', required)
    .addColumn('generation', 'integer', required)
    .addColumn('tries', 'integer', counter)
    .addColumn('tries_total', 'integer', counter)
    .addColumn('sends', 'integer', required)
    .addColumn('started_at', 'bigint', required)
    .addColumn('sent_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .addColumn('passed_at', 'bigint')
    .addPrimaryKeyConstraint('challenges_key', ['tenant_id', 'id'])
    .execute()
  // A browser that asks twice at once for the same number and purpose gets one challenge, and so one text.
  await db.schema.createIndex('challenges_one_per_browser').unique().on('challenges').columns(['tenant_id', 'slot']).execute()
  await db.schema.createIndex('challenges_by_start').on('challenges').column('started_at').execute()
}

async function outbox(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('outbox')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('challenge_id', 'text', required)
    .addColumn('send', 'integer', required)
    .addColumn('generation', 'integer', required)
    .addColumn('state', 'text', required)
    .addColumn('held_for', 'text')
    .addColumn('leases', 'integer', counter)
    .addColumn('failures', 'integer', counter)
    .addColumn('due_at', 'bigint', required)
    .addColumn('added_at', 'bigint', required)
    .addPrimaryKeyConstraint('outbox_key', ['tenant_id', 'challenge_id', 'send'])
    .execute()
  await db.schema.createIndex('outbox_waiting').on('outbox').column('due_at').where(sql.ref('state'), '=', 'waiting').execute()
  await db.schema.createIndex('outbox_by_age').on('outbox').column('added_at').execute()
}
