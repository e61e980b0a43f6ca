import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { Database } from '#server/store/database.ts'
import { migrate } from '#server/store/migrate.ts'
import { openPostgres } from '#server/store/postgres.ts'
import { openSqlite } from '#server/store/sqlite.ts'
import { newPostgresDatabase } from './postgres.ts'

export interface TestDatabase {
  name: 'sqlite' | 'postgres'
  /** One database for all the tests of a run; each test has a tenant of its own in it. */
  shared(): Promise<Database>
  /** A database nobody else sees, not even migrated. */
  fresh(): Promise<Database & { location: { dataDirectory: string; databaseUrl: string | undefined } }>
}

const directories: string[] = []

export function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'sesam-test-'))
  directories.push(directory)
  return directory
}

function testDatabase(name: TestDatabase['name'], fresh: TestDatabase['fresh']): TestDatabase {
  let opening: Promise<Database> | undefined
  async function open(): Promise<Database> {
    const database = await fresh()
    await migrate(database)
    return database
  }
  return {
    name,
    fresh,
    shared: () => {
      opening ??= open()
      return opening
    },
  }
}

async function freshSqlite() {
  const dataDirectory = newDirectory()
  return { ...openSqlite(dataDirectory), location: { dataDirectory, databaseUrl: undefined } }
}

async function freshPostgres() {
  const databaseUrl = await newPostgresDatabase()
  return { ...openPostgres({ connectionString: databaseUrl }), location: { dataDirectory: newDirectory(), databaseUrl } }
}

export const databases: readonly TestDatabase[] = [testDatabase('sqlite', freshSqlite), testDatabase('postgres', freshPostgres)]

after(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})
