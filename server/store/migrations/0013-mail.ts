import type { Kysely } from 'kysely'

// Codes travel by text and by mail. Whoever sends by one takes nothing that goes by the other, so that a slow mail server holds up no text.

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('outbox')
    .addColumn('method', 'text', (column) => column.notNull().defaultTo('sms'))
    .execute()
}
