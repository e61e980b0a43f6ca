import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'

// A number is readable nowhere: it is sealed, and found again by two blind indexes, one of its tenant and one over all tenants, which
// alone can say to which organisations a number belongs when somebody arrives without naming one.

const required = (column: ColumnDefinitionBuilder) => column.notNull()
const tenant = (column: ColumnDefinitionBuilder) => column.notNull().references('tenants.id').onDelete('cascade')
const flag = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0)

export async function up(db: Kysely<unknown>): Promise<void> {
  await phones(db)
  await policies(db)
  await settings(db)
}

async function phones(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('phones')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('user_id', 'text', required)
    .addColumn('phone_type', 'text', required)
    .addColumn('number_sealed', 'text', required)
    .addColumn('number_index', 'text', required)
    .addColumn('number_anywhere', 'text', required)
    .addColumn('country', 'text')
    .addColumn('is_sign_in_name', 'integer', flag)
    .addColumn('sign_in_wish', 'text', required)
    .addColumn('proven_at', 'bigint')
    .addColumn('used_at', 'bigint')
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('phones_key', ['tenant_id', 'user_id', 'phone_type'])
    .addForeignKeyConstraint('phones_user', ['tenant_id', 'user_id'], 'users', ['tenant_id', 'id'], (key) => key.onDelete('cascade'))
    .execute()
  await db.schema
    .createIndex('phones_one_sign_in_per_number')
    .on('phones')
    .columns(['tenant_id', 'number_index'])
    .unique()
    .where(sql.ref('is_sign_in_name'), '=', sql.lit(1))
    .execute()
  await db.schema.createIndex('phones_by_number').on('phones').columns(['tenant_id', 'number_index']).execute()
  await db.schema
    .createIndex('phones_anywhere')
    .on('phones')
    .column('number_anywhere')
    .where(sql.ref('is_sign_in_name'), '=', sql.lit(1))
    .execute()
  await db.schema.createIndex('phones_by_country').on('phones').columns(['tenant_id', 'country']).execute()
}

async function policies(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('method_policies')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('method', 'text', required)
    .addColumn('is_enabled', 'integer', flag)
    .addColumn('settings', 'text', required)
    .addPrimaryKeyConstraint('method_policies_key', ['tenant_id', 'method'])
    .execute()
  await db.schema
    .createTable('method_targets')
    .addColumn('tenant_id', 'text', required)
    .addColumn('method', 'text', required)
    .addColumn('target_id', 'text', required)
    .addColumn('is_excluded', 'integer', flag)
    .addColumn('target_kind', 'text', required)
    .addColumn('is_usable_for_sign_in', 'integer', flag)
    .addPrimaryKeyConstraint('method_targets_key', ['tenant_id', 'method', 'target_id', 'is_excluded'])
    .addForeignKeyConstraint('method_targets_policy', ['tenant_id', 'method'], 'method_policies', ['tenant_id', 'method'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
  await db.schema.createIndex('method_targets_by_target').on('method_targets').columns(['tenant_id', 'target_id']).execute()
}

async function settings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sign_in_settings')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('asks_to_stay_signed_in', 'integer', required)
    .addColumn('allows_device_codes', 'integer', required)
    .addColumn('text_countries', 'text')
    .addColumn('texts_a_day', 'integer')
    .addColumn('shared_networks', 'text', required)
    .addPrimaryKeyConstraint('sign_in_settings_key', ['tenant_id'])
    .execute()
  await db.schema
    .createTable('brandings')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('colour', 'text')
    .addColumn('logo', 'text')
    .addColumn('note', 'text')
    .addPrimaryKeyConstraint('brandings_key', ['tenant_id'])
    .execute()
}
