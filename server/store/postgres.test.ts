import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { Refusal } from '#server/domain/refusal.ts'
import { newPostgresDatabase } from '#test/postgres.ts'
import type { Database } from './database.ts'
import { openPostgres } from './postgres.ts'

/** A database, and somebody who ends every connection to it but their own: what a failover looks like from here. */
async function openBreakable() {
  const connectionString = await newPostgresDatabase()
  const database = openPostgres({ connectionString })
  const other = new pg.Client({ connectionString })
  await other.connect()
  return {
    database,
    async breakAll(): Promise<void> {
      await other.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
      )
      await new Promise((resolve) => setTimeout(resolve, 50))
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await database.close()
      await other.end()
    },
  }
}

const isAway = (error: unknown) => error instanceof Refusal && error.code === 'unavailable'
const sleeping = 'select pg_sleep(1)'

/** A connection that breaks must not end the process: the test runner fails a test in which nobody catches an error. */
const ways: readonly [string, (database: Database, breakAll: () => Promise<void>) => Promise<unknown>][] = [
  [
    'between two statements',
    (database, breakAll) =>
      database.inTransaction(async (connection) => {
        await connection.run('select 1', [])
        await breakAll()
        await connection.run('select 2', [])
      }),
  ],
  [
    'before the commit',
    (database, breakAll) =>
      database.inTransaction(async (connection) => {
        await connection.run('select 1', [])
        await breakAll()
      }),
  ],
  [
    'within a statement of a transaction',
    (database, breakAll) =>
      database.inTransaction(async (connection) => {
        const asked = connection.run(sleeping, [])
        const broken = new Promise((resolve) => setTimeout(resolve, 50)).then(breakAll)
        await Promise.all([asked, broken])
      }),
  ],
  [
    'within a statement alone',
    async (database, breakAll) => {
      const asked = database.run(sleeping, [])
      const broken = new Promise((resolve) => setTimeout(resolve, 50)).then(breakAll)
      await Promise.all([asked, broken])
    },
  ],
]

for (const [where, ask] of ways) {
  test(`a connection lost ${where} is a store that is away, and the next one works`, async () => {
    await using store = await openBreakable()
    await assert.rejects(ask(store.database, store.breakAll), isAway)
    assert.equal((await store.database.inTransaction((connection) => connection.run('select 1', []))).rows.length, 1)
  })
}

test('a store that is too slow, refuses or has no address is away', async () => {
  await using store = await openBreakable()
  await assert.rejects(store.database.run('select pg_sleep(3)', []), isAway)
  await assert.rejects(
    store.database.inTransaction((connection) => connection.run('select pg_sleep(3)', [])),
    isAway,
  )
  for (const connectionString of ['postgres://nobody@127.0.0.1:1/nothing', 'postgres://nobody@nowhere.invalid/nothing']) {
    const database = openPostgres({ connectionString })
    await assert.rejects(database.run('select 1', []), isAway)
    await assert.rejects(
      database.inTransaction((connection) => connection.run('select 1', [])),
      isAway,
    )
    await database.close()
  }
})
