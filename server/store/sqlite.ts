import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Refusal } from '#server/domain/refusal.ts'
import { type Connection, connectionOf, type Result, type Row } from './connection.ts'
import type { Database } from './database.ts'
import { SharedCommits } from './shared-commits.ts'

const statementsMax = 500

/** Another process already works with this data directory. */
export class DataDirectoryBusy extends Error {}

/**
 * The embedded database: one process, one writer, one reader that sees only what is committed.
 * `synchronous=FULL` means an answered write survives a power cut.
 */
export function openSqlite(directory: string): Database {
  const lock = takeLock(directory)
  const path = join(directory, 'sesam.db')
  const writer = new DatabaseSync(path)
  writer.exec(
    'pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma busy_timeout=2000; pragma wal_autocheckpoint=8000',
  )
  const reader = openReader(path)
  const commits = new SharedCommits(writer)
  const writing = connectionTo(writer)
  return {
    ...connectionTo(reader),
    inTransaction: (work) => commits.run(() => work(writing)),
    writing: (work) => commits.run(() => work(writing)),
    alone: connectionOf('sqlite', (text, parameters) => commits.run(() => writing.run(text, parameters))),
    migrating: (work) => work(writing),
    reading: (work) => inSnapshot(path, work),
    async storeTime() {
      return undefined
    },
    async close() {
      await commits.idle()
      reader.close()
      writer.close()
      lock.close()
    },
  }
}

/** There is nothing to read in this data directory. */
export class DataDirectoryEmpty extends Error {}

/** Reads beside a running server, for commands that change nothing. */
export function openSqliteToRead(directory: string): Database {
  const path = join(directory, 'sesam.db')
  if (!existsSync(path)) throw new DataDirectoryEmpty(directory)
  const reader = openReader(path)
  const refuseToWrite = () => Promise.reject(new Error('this database is open for reading only'))
  return {
    ...connectionTo(reader),
    inTransaction: refuseToWrite,
    writing: refuseToWrite,
    alone: connectionOf('sqlite', refuseToWrite),
    migrating: refuseToWrite,
    reading: (work) => inSnapshot(path, work),
    async storeTime() {
      return undefined
    },
    async close() {
      reader.close()
    },
  }
}

async function inSnapshot<T>(path: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const reader = openReader(path)
  try {
    reader.exec('begin')
    return await work(connectionTo(reader))
  } finally {
    reader.close()
  }
}

function openReader(path: string): DatabaseSync {
  const reader = new DatabaseSync(path)
  reader.exec('pragma query_only=on; pragma busy_timeout=2000')
  return reader
}

/** The operating system lets go of this lock when the process ends, however it ends. */
function takeLock(directory: string): DatabaseSync {
  const lock = new DatabaseSync(join(directory, 'sesam.lock'))
  try {
    lock.exec('pragma locking_mode=exclusive; begin exclusive')
    return lock
  } catch {
    lock.close()
    throw new DataDirectoryBusy(directory)
  }
}

interface Statement {
  statement: StatementSync
  reads: boolean
}

function connectionTo(db: DatabaseSync): Connection {
  const statements = new Map<string, Statement>()

  function prepare(text: string): Statement {
    const known = statements.get(text)
    if (known) return known
    const statement = db.prepare(text)
    const prepared = { statement, reads: statement.columns().length > 0 }
    if (statements.size >= statementsMax) statements.clear()
    statements.set(text, prepared)
    return prepared
  }

  async function run(text: string, parameters: readonly unknown[]): Promise<Result> {
    const { statement, reads } = prepare(text)
    // The schema's columns are strings, numbers and null: all of them SQLite values.
    const values = parameters as SQLInputValue[]
    try {
      if (reads) return { rows: statement.all(...values) as Row[], changes: 0 }
      return { rows: [], changes: Number(statement.run(...values).changes) }
    } catch (error) {
      throw isAway(error) ? new Refusal('unavailable', {}, error) : error
    }
  }

  return connectionOf('sqlite', run)
}

/** Busy, read-only, read error, full, cannot open: SQLite's own numbers for what may be over in a moment, or is for the operator to mend. */
const awayCodes: ReadonlySet<unknown> = new Set([5, 8, 10, 13, 14])

function isAway(error: unknown): boolean {
  // The number of the kind stands in the last eight bits.
  return error instanceof Error && 'errcode' in error && awayCodes.has(Number(error.errcode) & 0xff)
}
