import type { Connection } from './connection.ts'

/** `mode` is `evaluation` or absent; `public_url` is where the evaluation was last started, for tools that make its tokens. */
type Fact = 'mode' | 'public_url'

/** What is true of the whole installation. */
export async function findFact(connection: Connection, name: Fact): Promise<string | undefined> {
  const row = await connection.kysely.selectFrom('installation').select('value').where('name', '=', name).executeTakeFirst()
  return row?.value
}

export async function setFact(connection: Connection, name: Fact, value: string): Promise<void> {
  await connection.kysely
    .insertInto('installation')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
