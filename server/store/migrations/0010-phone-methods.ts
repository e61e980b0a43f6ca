import type { ColumnDefinitionBuilder, Kysely } from 'kysely'

// An office has one number and many desks, so its number keeps an extension. What people choose about their own methods stands beside them,
// not in their record: a directory is read by many, this by few. When a number was last said to be somebody's is not when it was first.

const required = (column: ColumnDefinitionBuilder) => column.notNull()

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('phones').addColumn('extension_sealed', 'text').execute()
  await db.schema.alterTable('phones').addColumn('confirmed_at', 'bigint').execute()

  const settings = [
    ['default_method_deletion', 'auto'],
    ['unique_numbers', 'signInNames'],
  ] as const
  for (const [name, usual] of settings) {
    await db.schema
      .alterTable('sign_in_settings')
      .addColumn(name, 'text', (column) => column.notNull().defaultTo(usual))
      .execute()
  }
  await db.schema
    .alterTable('sign_in_settings')
    .addColumn('strict_conflict', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()

  await db.schema
    .createTable('method_choices')
    .addColumn('tenant_id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('default_method', 'text')
    .addColumn('sms_offer_dismissed_at', 'bigint')
    .addPrimaryKeyConstraint('method_choices_key', ['tenant_id', 'user_id'])
    .addForeignKeyConstraint('method_choices_user', ['tenant_id', 'user_id'], 'users', ['tenant_id', 'id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
}
