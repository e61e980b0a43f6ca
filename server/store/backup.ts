import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import { newestMigration } from './migrate.ts'
import { type TableName, tables } from './schema.ts'

const rowsAtOnce = 200

interface Heading {
  sesam: 'backup'
  migration: string
  takenAt: string
}

/** A file that is not a backup of this version, or a database that already holds something. */
export class RestoreRefused extends Error {}

/**
 * Every row as one line of JSON, the same for both engines, so a backup of one restores into the other. What is sealed stays sealed:
 * without the master key the file tells no number and no secret. The connection must show one moment, or rows would not fit together.
 */
export async function* backupLines(snapshot: Connection, now: Date): AsyncGenerator<string> {
  const heading: Heading = { sesam: 'backup', migration: newestMigration, takenAt: now.toISOString() }
  yield JSON.stringify(heading)
  let count = 0
  for (const table of tableNames) {
    let last: Record<string, unknown> | undefined
    for (;;) {
      const rows = await nextRows(snapshot, table, last)
      for (const row of rows) yield JSON.stringify([table, row])
      count += rows.length
      last = rows.at(-1)
      if (!last || rows.length < rowsAtOnce) break
    }
  }
  yield JSON.stringify({ rows: count })
}

// The record's keys are exactly the tables' names.
const tableNames = Object.keys(tables) as TableName[]

async function nextRows(
  snapshot: Connection,
  table: TableName,
  last: Record<string, unknown> | undefined,
): Promise<Record<string, unknown>[]> {
  const keys = tables[table]
  const list = keys.map((key) => `"${key}"`).join(', ')
  const marks = keys.map((_key, index) => (snapshot.engine === 'sqlite' ? '?' : `$${index + 1}`)).join(', ')
  const behind = last ? ` where (${list}) > (${marks})` : ''
  const values = last ? keys.map((key) => last[key]) : []
  const { rows } = await snapshot.run(`select * from "${table}"${behind} order by ${list} limit ${rowsAtOnce}`, values)
  return rows
}

/**
 * Fills an empty, migrated database. Every session, token and unused link dies: some may have been revoked or used after the backup was
 * taken, and the restored rows do not remember it.
 */
export async function restoreLines(database: Database, lines: AsyncIterable<string>, now: Date): Promise<number> {
  return database.migrating(async (connection) => {
    if (await holdsTenants(connection)) throw new RestoreRefused('The database is not empty. Restore into a new one.')
    await connection.run('begin', [])
    try {
      const count = await fill(connection, lines)
      await connection.kysely.updateTable('users').set({ epoch: now.getTime(), sessions_valid_from: now.getTime() }).execute()
      // A code that was used after the backup would open something a second time.
      for (const table of ['challenges', 'outbox'] as const) await connection.kysely.deleteFrom(table).execute()
      await connection.kysely.deleteFrom('bootstrap_links').where('used_at', 'is', null).execute()
      await connection.run('commit', [])
      return count
    } catch (error) {
      await connection.run('rollback', [])
      throw error
    }
  })
}

async function holdsTenants(connection: Connection): Promise<boolean> {
  return (await connection.kysely.selectFrom('tenants').select('id').limit(1).execute()).length > 0
}

async function fill(connection: Connection, lines: AsyncIterable<string>): Promise<number> {
  let count = 0
  let headed = false
  let promised: number | undefined
  let table: TableName | undefined
  let rows: Record<string, unknown>[] = []
  for await (const line of lines) {
    if (!headed) {
      refuseOtherVersion(line)
      headed = true
      continue
    }
    const value = parsed(line)
    promised = rowsPromised(value)
    if (promised !== undefined) continue
    const [name, row] = readRow(value)
    if (name !== table || rows.length >= rowsAtOnce) {
      await insert(connection, table, rows)
      rows = []
      table = name
    }
    rows.push(row)
    count++
  }
  if (!headed) throw new RestoreRefused('The file is empty.')
  // A file cut off between two lines reads well, and would give back people without their roles.
  if (promised !== count) throw new RestoreRefused('The file is damaged: it does not end with as many rows as it had.')
  await insert(connection, table, rows)
  return count
}

async function insert(connection: Connection, table: TableName | undefined, rows: readonly Record<string, unknown>[]): Promise<void> {
  if (!table || rows.length === 0) return
  // The rows came out of this very table, of the same migration.
  await connection.kysely
    .insertInto(table)
    .values(rows as never)
    .execute()
}

function refuseOtherVersion(line: string): void {
  const heading = parsed(line)
  const isOurs = typeof heading === 'object' && heading !== null && Reflect.get(heading, 'sesam') === 'backup'
  if (!isOurs) throw new RestoreRefused('The file is not a backup of Sesam.')
  const migration = String(Reflect.get(heading, 'migration'))
  if (migration === newestMigration) return
  throw new RestoreRefused(
    `The backup is of ${migration}, this version is ${newestMigration}. Restore with the version that made it, then upgrade.`,
  )
}

/** The last line tells how many rows came before it. */
function rowsPromised(line: unknown): number | undefined {
  const rows = typeof line === 'object' && line !== null ? Reflect.get(line, 'rows') : undefined
  return typeof rows === 'number' ? rows : undefined
}

function readRow(value: unknown): [TableName, Record<string, unknown>] {
  const table = Array.isArray(value) ? tableNames.find((name) => name === value[0]) : undefined
  if (!Array.isArray(value) || !table || typeof value[1] !== 'object' || value[1] === null) {
    throw new RestoreRefused('The file holds a line that is not of a backup.')
  }
  return [table, value[1]]
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new RestoreRefused('The file is damaged: a line in it is cut off.')
  }
}
