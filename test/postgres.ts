import { after } from 'node:test'
import { createDatabase, type PostgresServer, startPostgres } from './postgres-server.ts'

let starting: Promise<PostgresServer> | undefined

after(async () => (await starting)?.stop())

/** The address of a new, empty database: in the server `TEST_POSTGRES` names, or in one that lives as long as this run. */
export async function newPostgresDatabase(): Promise<string> {
  if (process.env.TEST_POSTGRES) return createDatabase(process.env.TEST_POSTGRES)
  starting ??= startPostgres({ durable: false })
  return createDatabase((await starting).address)
}
