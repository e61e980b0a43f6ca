import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { OutgoingText, SmsGateway } from '#server/gateways/sms/sms-gateway.ts'
import { startSending } from '#server/jobs/send-texts.ts'
import { codesByText } from '#server/methods/sms/challenge.ts'
import { type Database, openDatabase } from '#server/store/database.ts'
import { migrate } from '#server/store/migrate.ts'
import { MasterKey } from '#server/store/vault.ts'
import { Installation } from '#server/system.ts'
import { newPostgresDatabase } from '../postgres.ts'
import { databases, newDirectory } from '../world.ts'
import type { Orders } from './asking-process.ts'

// Each step is a process of its own that is really killed, so these stories take seconds; some run side by side.

const atOnce = 4
const stepsMax = 60
const minute = 60_000
const begin = Date.parse('2026-11-20T09:00:00Z')

for (const { name } of databases) {
  test(`killed at any step between asked and sent, nothing is lost and no second code goes out, on ${name}`, async () => {
    const databaseUrl = name === 'postgres' ? await newPostgresDatabase() : undefined
    let last = 0
    for (let first = 1; last === 0 && first < stepsMax; first += atOnce) {
      const survived = await Promise.all(Array.from({ length: atOnce }, (_, index) => killAndHeal(databaseUrl, first + index)))
      const index = survived.indexOf(true)
      if (index >= 0) last = first + index
    }
    // Two texts, each asked for, paid, written, committed, leased, taken by the provider and marked.
    assert.ok(last > 20 && last < stepsMax, `${last} steps`)
  })
}

/** True where the process came to its end before the step. */
async function killAndHeal(databaseUrl: string | undefined, dieAt: number): Promise<boolean> {
  const orders = await prepare(databaseUrl, dieAt)
  const isAlive = await runToItsEnd(orders)
  const database = openDatabase(orders)
  try {
    const installation = installationOf(database, orders, begin + minute)
    await heal(installation, orders)
    await assertNothingLost(installation, orders)
  } finally {
    await database.close()
  }
  return isAlive
}

async function prepare(databaseUrl: string | undefined, dieAt: number): Promise<Orders> {
  const dataDirectory = newDirectory()
  const masterKey = randomBytes(32).toString('base64')
  const rest = { dieAt, takenFile: join(dataDirectory, 'taken'), toldFile: join(dataDirectory, 'told'), now: begin }
  const orders = { dataDirectory, databaseUrl, masterKey, tenantId: '', userId: randomUUID(), number: '+31612345678', ...rest }
  const database = openDatabase(orders)
  try {
    await migrateOnce(database, databaseUrl)
    const installation = installationOf(database, { ...orders, binding: '' }, begin)
    const domain = `${randomUUID().slice(0, 8)}.example`
    const system = await installation.addTenant({ displayName: 'Contoso', defaultCountry: 'NL', languages: ['en'], domains: [domain] })
    const user = { displayName: 'Anna', mailNickname: 'anna', accountEnabled: true, id: orders.userId, userPrincipalName: `anna@${domain}` }
    await system.inTransaction(({ users }) => users.add(user, new Date(begin)))
    return { ...orders, tenantId: system.organization.id, binding: randomUUID() }
  } finally {
    await database.close()
  }
}

const migrated = new Map<string, Promise<unknown>>()

function migrateOnce(database: Database, databaseUrl: string | undefined): Promise<unknown> {
  if (databaseUrl === undefined) return migrate(database)
  const migrating = migrated.get(databaseUrl) ?? migrate(database)
  migrated.set(databaseUrl, migrating)
  return migrating
}

function installationOf(database: Database, { masterKey }: Orders, now: number): Installation {
  const key = new MasterKey(Buffer.from(masterKey, 'base64'))
  return new Installation({ database, masterKey: key, publicUrl: 'https://sesam.test', now: () => new Date(now) })
}

async function runToItsEnd(orders: Orders): Promise<boolean> {
  const path = join(orders.dataDirectory, 'orders.json')
  writeFileSync(path, JSON.stringify(orders))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'asking-process.ts'), path], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.once('close', (...ending) => resolve(ending))
  })
  assert.ok(code === 0 || signal === 'SIGKILL', `step ${orders.dieAt}: ${code} ${signal} ${said}`)
  return code === 0
}

/** A minute later the leases of the dead have run out, and whoever is there sends what they left. */
async function heal(installation: Installation, { tenantId, takenFile }: Orders): Promise<void> {
  const gateway: SmsGateway = {
    name: 'provider',
    perSecond: undefined,
    async send(text) {
      writeFileSync(takenFile, `${JSON.stringify(text)}\n`, { flag: 'a' })
      return { kind: 'sent' }
    },
  }
  const sending = startSending(installation, { gateways: [gateway], log: { warn() {}, error() {} }, tenantId })
  for (let tries = 0; (await waiting(installation, tenantId)) > 0; tries++) {
    assert.ok(tries < 1_000, 'a text waits for ever')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await sending.stop()
}

async function waiting({ parts }: Installation, tenantId: string): Promise<number> {
  const rows = parts.database.kysely.selectFrom('outbox').select('state').where('tenant_id', '=', tenantId).where('state', '=', 'waiting')
  return (await rows.execute()).length
}

async function assertNothingLost(installation: Installation, orders: Orders): Promise<void> {
  const where = `killed at step ${orders.dieAt}`
  const told = linesOf(orders.toldFile)
  const taken: OutgoingText[] = linesOf(orders.takenFile).map((line) => JSON.parse(line))
  const system = (await installation.systemOf(orders.tenantId)) ?? assert.fail()
  const challenges = await installation.parts.database.kysely
    .selectFrom('challenges')
    .selectAll()
    .where('tenant_id', '=', orders.tenantId)
    .execute()
  assert.ok(challenges.length <= 1, where)
  const [challenge] = challenges
  if (!challenge) {
    assert.deepEqual([told, taken], [[], []], where)
    return
  }

  const sends = Map.groupBy(taken, ({ key }) => key)
  const expected = Array.from({ length: challenge.sends }, (_, index) => `${challenge.id}:1:${index + 1}`)
  // A first text that still waited when the second was asked for is left out: the second brings the same code.
  assert.ok(sends.has(expected.at(-1) ?? ''), `${where}: not sent`)
  for (const [key, texts] of sends) assert.ok(expected.includes(key) && texts.length <= 2, `${where}: ${key} ${texts.length}`)
  if (told.includes('started')) assert.ok(taken.length > 0, where)
  if (told.includes('resent')) assert.equal(challenge.sends, 2, where)
  assert.equal(new Set(taken.map(({ text }) => text)).size, 1, `${where}: two codes went out`)

  const code = /#(\d+)$/.exec(taken[0]?.text ?? '')?.[1] ?? ''
  const browser = { binding: orders.binding, device: undefined, address: '192.0.2.1' }
  const proof = { challengeId: challenge.id, browser, answer: code, purpose: 'sign-in' } as const
  assert.equal((await codesByText.checkCode(system, proof, async () => {})).kind, 'passed', where)
}

function linesOf(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
}
