import { type Kysely, sql } from 'kysely'

// People see where they are signed in and say of a sign-in that it was not them: so the log is found by session, and knows what was reported.

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('sign_ins').addColumn('reported_at', 'bigint').execute()
  await db.schema
    .createIndex('sign_ins_by_session')
    .on('sign_ins')
    .columns(['tenant_id', 'session_id', 'started_at'])
    .where(sql.ref('session_id'), 'is not', null)
    .execute()
}
