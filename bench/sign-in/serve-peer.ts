import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import { phoneNumber } from 'better-auth/plugins/phone-number'
import pg from 'pg'
import { CodeDoor } from './code-door.ts'
import { numberOf } from './people.ts'
import { readSeat, readyPath } from './seat.ts'

// better-auth with its phone-number plugin as its documentation sets it up, on the same kind of store: SQLite with WAL and full sync, or
// PostgreSQL by a pool of twenty. Its rate limit and its check of origins are off, so it does less than it would in production.

const seat = readSeat()
const door = new CodeDoor(seat.codePort)
const poolMax = 20

const sqlite = seat.databaseUrl ? undefined : openSqlite()
const options = {
  baseURL: seat.publicUrl,
  secret: seat.masterKey,
  database: sqlite ?? new pg.Pool({ connectionString: seat.databaseUrl, max: poolMax }),
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
  advanced: { disableCSRFCheck: true, disableOriginCheck: true },
  plugins: [
    phoneNumber({
      async sendOTP({ phoneNumber: number, code }) {
        door.hand(number, code)
      },
    }),
  ],
} satisfies BetterAuthOptions

const { runMigrations } = await getMigrations(options)
await runMigrations()
const auth = betterAuth(options)
await addPeople()

function openSqlite(): DatabaseSync {
  mkdirSync(seat.dataDirectory, { recursive: true })
  const database = new DatabaseSync(join(seat.dataDirectory, 'peer.db'))
  database.exec('pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=8000')
  return database
}

async function addPeople(): Promise<void> {
  const { adapter } = await auth.$context
  if ((await adapter.count({ model: 'user' })) > 0) return
  const add = (index: number) => {
    const now = new Date()
    const email = `person${index}@contoso.example`
    const verified = { emailVerified: true, phoneNumberVerified: true, createdAt: now, updatedAt: now }
    return adapter.create({ model: 'user', data: { name: `Person ${index}`, email, phoneNumber: numberOf(index), ...verified } })
  }
  sqlite?.exec('begin')
  for (let from = 0; from < seat.people; from += poolMax) {
    await Promise.all(Array.from({ length: Math.min(poolMax, seat.people - from) }, (_, index) => add(from + index)))
  }
  sqlite?.exec('commit')
}

const answer = toNodeHandler(auth)
createServer((request, response) => {
  if (request.url === readyPath) response.end()
  else answer(request, response)
}).listen(seat.port, '127.0.0.1')

process.once('SIGTERM', () => process.exit(0))
