import type { Connection } from './connection.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite, openSqliteToRead } from './sqlite.ts'

/** Reads outside a transaction see what is committed; everything written goes through `inTransaction` or `alone`. */
export interface Database extends Connection {
  /** `work` may run more than once, so it only reads and writes the store. */
  inTransaction<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /**
   * The same for work in which each statement decides for itself whether it counts. On PostgreSQL it runs at READ COMMITTED, where nobody is
   * turned back because a neighbour touched the same page; what was read before may have changed by the time something is written.
   */
  writing<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /**
   * Each statement is a transaction of its own, durable when it answers, whatever happens to the request afterwards. For what must be counted
   * before anything is decided, on rows so many write at once that whole transactions would only get in each other's way.
   */
  readonly alone: Connection
  /** For schema changes only: one connection with permission to write, outside any transaction of ours, that may take its time. */
  migrating<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** Shows `work` one moment of the store, however long it reads and whatever is written meanwhile. */
  reading<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** The store's own clock in milliseconds; undefined where the store has none but ours. */
  storeTime(): Promise<number | undefined>
  close(): Promise<void>
}

export interface DatabaseConfig {
  dataDirectory: string
  databaseUrl: string | undefined
}

/** For commands that only read: with the embedded database, beside the server that holds it. */
export function openToRead(config: DatabaseConfig): Database {
  return config.databaseUrl ? openPostgres({ connectionString: config.databaseUrl }) : openSqliteToRead(config.dataDirectory)
}

export function openDatabase(config: DatabaseConfig): Database {
  return config.databaseUrl ? openPostgres({ connectionString: config.databaseUrl }) : openSqlite(config.dataDirectory)
}
