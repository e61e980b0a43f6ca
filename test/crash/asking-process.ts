import { appendFileSync, readFileSync } from 'node:fs'
import { canonicalNumber } from '#server/domain/phone-number.ts'
import type { SmsGateway } from '#server/gateways/sms/sms-gateway.ts'
import { startSending } from '#server/jobs/send-texts.ts'
import { codesByText } from '#server/methods/sms/challenge.ts'
import { type Connection, connectionOf } from '#server/store/connection.ts'
import { type Database, openDatabase } from '#server/store/database.ts'
import { MasterKey } from '#server/store/vault.ts'
import { Installation } from '#server/system.ts'

// A server of its own that asks for a code and for the same again, sends both, and dies at the step it is told to.

export interface Orders {
  dataDirectory: string
  databaseUrl: string | undefined
  masterKey: string
  tenantId: string
  userId: string
  number: string
  binding: string
  dieAt: number
  /** What a provider took, a line each. */
  takenFile: string
  /** What the person was told, a line each. */
  toldFile: string
  now: number
}

// The test writes this file itself, with just these properties.
const orders = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Orders

let steps = 0
let isCounting = false

function step(): void {
  if (!isCounting) return
  steps += 1
  if (steps !== orders.dieAt) return
  process.kill(process.pid, 'SIGKILL')
  // Nothing may happen between the signal and the end.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

function stepping(connection: Connection): Connection {
  return connectionOf(connection.engine, async (text, parameters) => {
    const result = await connection.run(text, parameters)
    // A look at an empty queue changes nothing and comes at no fixed time.
    if (!text.includes('"due_at" <=') || result.rows.length > 0) step()
    return result
  })
}

function dying(database: Database): Database {
  async function committed<T>(answer: Promise<T>): Promise<T> {
    const value = await answer
    step()
    return value
  }
  return {
    ...database,
    ...stepping(database),
    alone: stepping(database.alone),
    inTransaction: (work) => committed(database.inTransaction((connection) => work(stepping(connection)))),
    writing: (work) => committed(database.writing((connection) => work(stepping(connection)))),
  }
}

const gateway: SmsGateway = {
  name: 'provider',
  perSecond: undefined,
  async send(text) {
    step()
    appendFileSync(orders.takenFile, `${JSON.stringify(text)}\n`)
    step()
    return { kind: 'sent' }
  },
}

const clock = { now: orders.now }
const database = openDatabase(orders)
const installation = new Installation({
  database: dying(database),
  masterKey: new MasterKey(Buffer.from(orders.masterKey, 'base64')),
  publicUrl: 'https://sesam.test',
  now: () => new Date(clock.now),
})
const system = await installation.systemOf(orders.tenantId)
if (!system) throw new Error('no such organisation')
const sending = startSending(installation, { gateways: [gateway], log: { warn() {}, error() {} }, tenantId: orders.tenantId })
const browser = { binding: orders.binding, device: undefined, address: '192.0.2.1' }

async function sent(count: number): Promise<void> {
  for (;;) {
    const rows = await database.kysely
      .selectFrom('outbox')
      .select('state')
      .where('tenant_id', '=', orders.tenantId)
      .where('state', '=', 'sent')
      .execute()
    if (rows.length === count) return
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

isCounting = true
const number = canonicalNumber(orders.number)
const started = await codesByText.startCode(system, { purpose: 'sign-in', userId: orders.userId, receiver: number, locale: 'en', browser })
if (started.kind !== 'started') throw new Error(started.kind)
appendFileSync(orders.toldFile, 'started\n')
step()
await sent(1)
clock.now += 30_000
const resent = await codesByText.resendCode(system, started.challengeId, browser, 'sign-in')
if (resent.kind !== 'sent') throw new Error(resent.kind)
appendFileSync(orders.toldFile, 'resent\n')
step()
await sent(2)
isCounting = false
await sending.stop()
await database.close()
