import { type Kysely, sql } from 'kysely'

// Who is blocked and who is a guest are few among many: a list of them in the order of names must not pass everybody else.

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('users_blocked')
    .on('users')
    .columns(['tenant_id', 'display_name_lowered', 'id'])
    .where(sql<boolean>`deleted_at is null and account_enabled = 0`)
    .execute()
  await db.schema
    .createIndex('users_guests')
    .on('users')
    .columns(['tenant_id', 'display_name_lowered', 'id'])
    .where(sql<boolean>`deleted_at is null and lower(user_type) = 'guest'`)
    .execute()
}
