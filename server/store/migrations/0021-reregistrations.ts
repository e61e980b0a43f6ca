import type { ColumnDefinitionBuilder, Kysely } from 'kysely'

// Who is asked to set up their methods anew the next time they sign in, and since when. What they have stays; the row goes when they did it.

const required = (column: ColumnDefinitionBuilder) => column.notNull()

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reregistrations')
    .addColumn('tenant_id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('required_at', 'bigint', required)
    .addPrimaryKeyConstraint('reregistrations_key', ['tenant_id', 'user_id'])
    .addForeignKeyConstraint('reregistrations_user', ['tenant_id', 'user_id'], 'users', ['tenant_id', 'id'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
}
