import type { Kysely } from 'kysely'

// A sign-in by text is one factor. Where more is asked, an organisation lets its people add a factor of another kind, or sends them away.

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('sign_in_settings')
    .addColumn('after_sms_sign_in', 'text', (column) => column.notNull().defaultTo('stepUp'))
    .execute()
}
