import type { Database } from '#server/store/database.ts'
import { numberOf } from './people.ts'

const perStatement = 500

/** The one table of a server that is not ours, on our own way to the store: rows by kind and id, and who has which number. */
export async function makeTables(database: Database, people: number): Promise<void> {
  await database.migrating(async (connection) => {
    const instant = 'bigint'
    await connection.run(
      `create table if not exists records (kind text not null, id text not null, uid text, grant_id text, payload text not null, tries integer not null, consumed_at ${instant}, expires_at ${instant} not null, primary key (kind, id))`,
      [],
    )
    await connection.run('create index if not exists records_uid on records (uid)', [])
    await connection.run('create index if not exists records_grant on records (grant_id)', [])
    await connection.run('create table if not exists people (number text primary key, id text not null, name text not null)', [])
    const { rows } = await connection.run('select count(*) as count from people', [])
    if (Number(rows[0]?.['count']) > 0) return
    for (let from = 0; from < people; from += perStatement) {
      const indexes = Array.from({ length: Math.min(perStatement, people - from) }, (_, index) => from + index)
      const values = indexes.map((index) => `('${numberOf(index)}', 'person-${index}', 'Person ${index}')`)
      await connection.run(`insert into people (number, id, name) values ${values.join(', ')}`, [])
    }
  })
}

/** `?` in SQLite, `$1` and so on in PostgreSQL. */
export function marked(database: Database, text: string): string {
  let index = 0
  return database.engine === 'sqlite' ? text : text.replaceAll('?', () => `$${++index}`)
}
