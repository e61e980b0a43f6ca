import type { ColumnDefinitionBuilder, Kysely } from 'kysely'

// What My Staff keeps: who may use it, and the questions that go to a person's old number before a manager changes it. What is asked, the three
// digits and both numbers are sealed; of the link in the text only the hash stands here.

const required = (column: ColumnDefinitionBuilder) => column.notNull()

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('staff_settings')
    .addColumn('tenant_id', 'text', required)
    .addColumn('access', 'text', required)
    .addColumn('group_ids', 'text', required)
    .addPrimaryKeyConstraint('staff_settings_key', ['tenant_id'])
    .execute()
  await db.schema
    .createTable('call_backs')
    .addColumn('tenant_id', 'text', required)
    .addColumn('id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('manager_id', 'text', required)
    .addColumn('link_hash', 'text', required)
    .addColumn('asked_sealed', 'text', required)
    .addColumn('state', 'text', required)
    .addColumn('tries', 'integer', required)
    .addColumn('started_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .addPrimaryKeyConstraint('call_backs_key', ['tenant_id', 'id'])
    .addForeignKeyConstraint('call_backs_user', ['tenant_id', 'user_id'], 'users', ['tenant_id', 'id'], (key) => key.onDelete('cascade'))
    .execute()
  await db.schema.createIndex('call_backs_by_link').unique().on('call_backs').column('link_hash').execute()
  await db.schema.createIndex('call_backs_of_user').on('call_backs').columns(['tenant_id', 'user_id']).execute()
  await db.schema.createIndex('call_backs_by_end').on('call_backs').column('expires_at').execute()
}
