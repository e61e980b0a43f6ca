import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'

// Each configuration of Graph has properties of its own, and so have the targets of some. They are read only as a whole, so they are kept as one
// text; what a sign-in asks about has its columns. What a missing licence means is no part of a configuration: resetting one leaves it.

const required = (column: ColumnDefinitionBuilder) => column.notNull()
const tenant = (column: ColumnDefinitionBuilder) => column.notNull().references('tenants.id').onDelete('cascade')

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('method_policies')
    .addColumn('licence_mode', 'text', (column) => column.notNull().defaultTo(sql.lit('warn')))
    .execute()
  await db.schema
    .alterTable('method_targets')
    .addColumn('is_registration_required', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema.alterTable('method_targets').addColumn('settings', 'text').execute()
  await db.schema
    .createTable('method_policy_settings')
    .addColumn('tenant_id', 'text', tenant)
    .addColumn('settings', 'text', required)
    .addColumn('changed_at', 'bigint', required)
    .addPrimaryKeyConstraint('method_policy_settings_key', ['tenant_id'])
    .execute()
}
