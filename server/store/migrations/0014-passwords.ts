import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'

// Wrong passwords are counted for each person and each browser that person has signed in with, and once more for all other browsers, so that
// strangers use up nothing of theirs. People are keyed hashes here, because names that nobody has are counted the same and may be anything,
// a password in the wrong field too. Whether an organisation has anybody with a password is asked every few seconds: an index answers.

const required = (column: ColumnDefinitionBuilder) => column.notNull()

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('password_tries')
    .addColumn('tenant_id', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('person', 'text', required)
    .addColumn('browser', 'text', required)
    .addColumn('failures', 'integer', required)
    .addColumn('locked_until', 'bigint', required)
    .addColumn('recent', 'text', required)
    .addColumn('changed_at', 'bigint', required)
    .addPrimaryKeyConstraint('password_tries_key', ['tenant_id', 'person', 'browser'])
    .execute()
  await db.schema.createIndex('password_tries_by_age').on('password_tries').column('changed_at').execute()
  await db.schema
    .createIndex('users_with_password')
    .on('users')
    .column('tenant_id')
    .where(sql.ref('password_hash'), 'is not', null)
    .where(sql.ref('deleted_at'), 'is', null)
    .execute()
}
