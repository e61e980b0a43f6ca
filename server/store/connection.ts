import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Driver,
  Kysely,
  type MigrationLockOptions,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Schema } from './schema.ts'

export type Engine = 'sqlite' | 'postgres'

export type Row = Readonly<Record<string, unknown>>

export interface Result {
  rows: Row[]
  changes: number
}

export type Run = (text: string, parameters: readonly unknown[]) => Promise<Result>

/** One way to a database: Kysely writes the SQL, `run` carries it out. */
export interface Connection {
  readonly engine: Engine
  readonly run: Run
  readonly kysely: Kysely<Schema>
}

export function connectionOf(engine: Engine, run: Run): Connection {
  return { engine, run, kysely: new Kysely<Schema>({ dialect: dialectOf(engine, run) }) }
}

function dialectOf(engine: Engine, run: Run) {
  const createDriver = () => new RunDriver(run)
  return engine === 'sqlite'
    ? {
        createDriver,
        createAdapter: () => new TransactionalSqliteAdapter(),
        createQueryCompiler: () => new SqliteQueryCompiler(),
        createIntrospector: (db: Kysely<Schema>): DatabaseIntrospector => new SqliteIntrospector(db),
      }
    : {
        createDriver,
        createAdapter: () => new PostgresAdapter(),
        createQueryCompiler: () => new PostgresQueryCompiler(),
        createIntrospector: (db: Kysely<Schema>): DatabaseIntrospector => new PostgresIntrospector(db),
      }
}

/** Kysely says SQLite cannot roll back DDL (kysely#56); it can, see migrate.test.ts. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }

  override async acquireMigrationLock(_db: Kysely<unknown>, _options: MigrationLockOptions): Promise<void> {}
}

class RunDriver implements Driver {
  readonly #connection: DatabaseConnection
  readonly #run: Run

  constructor(run: Run) {
    this.#run = run
    this.#connection = {
      async executeQuery<R>(query: CompiledQuery) {
        const { rows, changes } = await run(query.sql, query.parameters)
        // Kysely's builder has typed the row by the columns it selected.
        return { rows: rows as R[], numAffectedRows: BigInt(changes) }
      },
      streamQuery() {
        throw new Error('streaming is not used')
      },
    }
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  async beginTransaction(): Promise<void> {
    await this.#run('begin', [])
  }

  async commitTransaction(): Promise<void> {
    await this.#run('commit', [])
  }

  async rollbackTransaction(): Promise<void> {
    await this.#run('rollback', [])
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}
