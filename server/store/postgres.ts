import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { Refusal } from '#server/domain/refusal.ts'
import { type Connection, connectionOf, type Result, type Row } from './connection.ts'
import type { Database } from './database.ts'

const serializable = 'begin isolation level serializable'
const readCommitted = 'begin isolation level read committed'
const attemptsMax = 8
const statementTimeoutMs = 2_000
const idleInTransactionTimeoutMs = 5_000
const connectTimeoutMs = 2_000

/**
 * What PostgreSQL answers when two transactions got in each other's way and one should simply run again. A use case asks before it writes,
 * so a unique or foreign key can only be hit by a change it could not see yet; running again, it sees it and refuses in words.
 */
const serializationFailures = new Set(['40001', '40P01', '23505', '23503'])

/** The store is away, full, too slow, or a standby that only reads: the caller may come back. By PostgreSQL's codes and then Node's. */
const awayCodes = new Set([
  ...[
    '57014',
    '57P01',
    '57P02',
    '57P03',
    '57P05',
    '25P03',
    '08000',
    '08003',
    '08006',
    '08007',
    '53100',
    '53200',
    '53300',
    '25006',
    '58030',
  ],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
])

/** What the driver says in words only: nobody answered in time, or the connection broke under a question. */
const awayWords = /^(timeout exceeded|Connection terminated|Client has encountered a connection error)/

export interface PostgresOptions {
  connectionString: string
  poolMax?: number
}

export function openPostgres(options: PostgresOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.poolMax ?? 20,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    types: { getTypeParser },
  })
  // A connection lost while idle is replaced at the next use; without a listener Node would end the process.
  pool.on('error', heard)
  const connections = new WeakMap<pg.PoolClient, Connection>()
  const retrying = retryQueue()

  function connectionFor(client: pg.PoolClient): Connection {
    const known = connections.get(client)
    if (known) return known
    const connection = connectionOf('postgres', (text, parameters) => query(client, text, parameters))
    connections.set(client, connection)
    return connection
  }

  // Without a transaction around it a statement runs at READ COMMITTED: one that finds its row locked waits and then sees the new one.
  const alone = connectionOf('postgres', (text, parameters) => orAway(query(pool, text, parameters)))

  return {
    ...alone,
    alone,
    inTransaction: (work) => orAway(retrying(() => inOneTransaction(pool, connectionFor, work, serializable))),
    writing: (work) => orAway(retrying(() => inOneTransaction(pool, connectionFor, work, readCommitted))),
    migrating: (work) => withPatience(pool, (client) => work(connectionFor(client))),
    reading: (work) =>
      withPatience(pool, async (client) => {
        await client.query('begin isolation level repeatable read read only')
        return work(connectionFor(client))
      }),
    async storeTime() {
      const { rows } = await pool.query('select extract(epoch from clock_timestamp()) * 1000 as now')
      return Number(rows[0].now)
    },
    close: () => pool.end(),
  }
}

async function withPatience<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await connected(pool)
  try {
    await client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0')
    return await work(client)
  } finally {
    // Its time limits are changed, so no request may get this connection afterwards.
    client.release(true)
  }
}

/**
 * A connection that breaks tells so twice: to the question under way, and as an event. The pool listens to the event only while the
 * connection rests, and one that nobody listens to would end the process.
 */
async function connected(pool: pg.Pool): Promise<pg.PoolClient> {
  const client = await pool.connect()
  if (!client.listeners('error').includes(heard)) client.on('error', heard)
  return client
}

function heard(): void {}

async function inOneTransaction<T>(
  pool: pg.Pool,
  connectionFor: (client: pg.PoolClient) => Connection,
  work: (connection: Connection) => Promise<T>,
  begin: string,
): Promise<T> {
  const client = await connected(pool)
  let broken: Error | undefined
  try {
    await client.query(begin)
    const value = await work(connectionFor(client))
    await client.query('commit')
    return value
  } catch (error) {
    await client.query('rollback').catch((cause: Error) => {
      broken = cause
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/**
 * Those who lost a race run again one behind the other: side by side they would meet again, since PostgreSQL also calls it a
 * conflict when two transactions that have nothing to do with each other touch the same page.
 */
function retryQueue() {
  let last: Promise<unknown> = Promise.resolve()
  return async <T>(attempt: () => Promise<T>): Promise<T> => {
    try {
      return await attempt()
    } catch (error) {
      if (!serializationFailures.has(codeOf(error))) throw error
      const mine = last.then(() => tryAgain(attempt))
      last = mine.catch(() => {})
      return mine
    }
  }
}

async function tryAgain<T>(attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 2; ; attempts++) {
    try {
      return await attempt()
    } catch (error) {
      if (!serializationFailures.has(codeOf(error))) throw error
      if (attempts === attemptsMax) throw new Refusal('changed_meanwhile')
      await pause((2 ** attempts * (1 + (performance.now() % 1))) / 2)
    }
  }
}

async function orAway<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (awayCodes.has(codeOf(error)) || (error instanceof Error && awayWords.test(error.message))) {
      throw new Refusal('unavailable', {}, error)
    }
    throw error
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

async function query(client: pg.PoolClient | pg.Pool, text: string, parameters: readonly unknown[]): Promise<Result> {
  const name = nameOf(text)
  const { rows, rowCount } = await client.query<Row>({ text, values: [...parameters], ...(name && { name }) })
  return { rows, changes: rowCount ?? 0 }
}

const names = new Map<string, string>()
const namesMax = 500

/** A named statement is planned once per connection. Filters make endless new texts; past the limit they go unnamed. */
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known) return known
  if (names.size >= namesMax) return undefined
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  names.set(text, name)
  return name
}

/** All our bigint values stay below 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)
}
