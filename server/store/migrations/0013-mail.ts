import type { ColumnDefinitionBuilder, Kysely } from 'kysely'

// Codes travel by text and by mail. Whoever sends by one takes nothing that goes by the other, so that a slow mail server holds up no text.
// An address proves one person and names nobody, so two people may share it; its index finds whose it is without telling which it is.

const required = (column: ColumnDefinitionBuilder) => column.notNull()

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('outbox')
    .addColumn('method', 'text', (column) => column.notNull().defaultTo('sms'))
    .execute()
  await db.schema
    .createTable('email_methods')
    .addColumn('tenant_id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('address_sealed', 'text', required)
    .addColumn('address_index', 'text', required)
    .addColumn('proven_at', 'bigint')
    .addColumn('used_at', 'bigint')
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('email_methods_key', ['tenant_id', 'user_id'])
    .addForeignKeyConstraint('email_methods_user', ['tenant_id', 'user_id'], 'users', ['tenant_id', 'id'], (key) => key.onDelete('cascade'))
    .execute()
  await db.schema.createIndex('email_methods_by_address').on('email_methods').columns(['tenant_id', 'address_index']).execute()
}
