import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { bucketOf, type Charge, type Denial } from '#server/domain/budget.ts'
import type { Connection, Engine } from './connection.ts'
import { prepared, statements } from './prepared.ts'

const keyBytes = 16

/** A clock set back must not give anybody their budget again. */
const setBackMaxMs = 2_000

interface Bucket {
  charge: Charge
  key: string
  cost: number
  room: number
}

interface Payment {
  buckets: readonly Bucket[]
  at: number
  /** Less than nothing for what is given back. */
  count: number
  done(denied: readonly Bucket[]): void
  failed(error: unknown): void
}

/** All that is asked of one bucket at once. */
interface Demand {
  bucket: Bucket
  taken: number
  back: number
}

interface Granted {
  bucket: Bucket
  count: number
}

const tatOf = prepared((db, key: string) => db.selectFrom('budgets').select('tat').where('key', '=', key))

const sweeping = prepared((db, before: number) => db.deleteFrom('budgets').where('tat', '<', before))

/**
 * What may be done how often, over all nodes, tenants and browsers of the installation. Keys are keyed hashes, so the table tells no number
 * and no address. Payments that arrive together are one statement and one commit, since nearly all of them pay the same few buckets and
 * would only stand in line for those. The statement grants what there is room for, so a thousand at once are counted exactly.
 */
export class Budgets {
  readonly #alone: Connection
  // As a key object, because an HMAC with plain bytes for a key takes six times as long.
  readonly #key: KeyObject
  #latest = 0
  #waiting: Payment[] = []
  #isPaying = false

  constructor(alone: Connection, key: Buffer) {
    this.#alone = alone
    this.#key = createSecretKey(key)
  }

  /** Pays for all of them, or says which are used up; then only what the caller's own address paid stays paid. */
  async take(charges: readonly Charge[], now: Date): Promise<Denial[]> {
    const at = this.#instant(now)
    const denied = await this.#pay(this.#bucketsOf(charges), at, 1)
    return Promise.all(denied.map(async (bucket) => ({ charge: bucket.charge, retryAfterMs: await this.#waitFor(bucket, at) })))
  }

  /** In time for whatever is taken afterwards, but nobody waits for it: a refund that is lost only leaves somebody with less. */
  refund(charges: readonly Charge[], now: Date): void {
    this.#pay(this.#bucketsOf(charges), this.#instant(now), -1).catch(() => {})
  }

  /** What is left of each, and when one more and all of it will be there again; nothing is taken. */
  async look(charges: readonly Charge[], now: Date): Promise<{ left: number; nextAt: Date; fullAt: Date }[]> {
    const at = this.#instant(now)
    return Promise.all(
      this.#bucketsOf(charges).map(async ({ key, cost, room }) => {
        const tat = Math.max((await tatOf.first(this.#alone, key))?.tat ?? at, at)
        return { left: Math.floor((room - (tat - at)) / cost), nextAt: new Date(Math.max(at, tat + cost - room)), fullAt: new Date(tat) }
      }),
    )
  }

  /** Forgets who has long been free again. */
  async sweep(before: Date): Promise<void> {
    await sweeping.write(this.#alone, before.getTime())
  }

  #pay(buckets: readonly Bucket[], at: number, count: number): Promise<readonly Bucket[]> {
    const answer = new Promise<readonly Bucket[]>((done, failed) => {
      this.#waiting.push({ buckets, at, count, done, failed })
    })
    if (!this.#isPaying) void this.#payAll()
    return answer
  }

  async #payAll(): Promise<void> {
    this.#isPaying = true
    while (this.#waiting.length > 0) await this.#payTogether(this.#waiting.splice(0))
    this.#isPaying = false
  }

  async #payTogether(payments: readonly Payment[]): Promise<void> {
    try {
      const at = Math.max(...payments.map((payment) => payment.at))
      const left = await this.#settle(demandsOf(payments), at)
      for (const payment of payments) payment.done(payment.count < 0 ? [] : dealTo(payment, left))
      for (const { bucket, count } of left.values()) if (count > 0) this.#pay([bucket], at, -count).catch(() => {})
    } catch (error) {
      for (const payment of payments) payment.failed(error)
    }
  }

  /** What each bucket grants to those who take from it. */
  async #settle(demands: readonly Demand[], at: number): Promise<Map<string, Granted>> {
    const rows = demands.map(({ bucket: { key, cost, room }, taken, back }) => {
      // A bucket that is not there yet has all its room.
      const wanted = Math.min(taken - back, Math.floor(room / cost))
      return [key, at + cost * wanted, room, cost, wanted, at] as const
    })
    const { engine } = this.#alone
    const columns = [0, 1, 2, 3, 4, 5].map((column) => rows.map((row) => row[column]))
    const answer = await this.#alone.run(payText(engine), engine === 'sqlite' ? [JSON.stringify(rows)] : columns)
    const granted = new Map(answer.rows.map((row) => [row.key, Number(row.granted)]))
    return new Map(demands.map(({ bucket, back }) => [bucket.key, { bucket, count: (granted.get(bucket.key) ?? 0) + back }]))
  }

  async #waitFor({ key, cost, room }: Bucket, at: number): Promise<number> {
    const tat = (await tatOf.first(this.#alone, key))?.tat ?? at
    return Math.max(0, Math.max(tat, at) + cost - at - room)
  }

  #bucketsOf(charges: readonly Charge[]): Bucket[] {
    return charges.map((charge) => ({ charge, key: this.#keyOf(charge), ...bucketOf(charge.limit) }))
  }

  #keyOf({ scope, value }: Charge): string {
    return createHmac('sha256', this.#key).update(`${scope}\n${value}`).digest().subarray(0, keyBytes).toString('base64url')
  }

  #instant(now: Date): number {
    const at = now.getTime() < this.#latest - setBackMaxMs ? this.#latest : now.getTime()
    this.#latest = Math.max(this.#latest, at)
    return at
  }
}

function demandsOf(payments: readonly Payment[]): Demand[] {
  const demands = new Map<string, Demand>()
  for (const { buckets, count } of payments) {
    for (const bucket of buckets) {
      const demand = demands.get(bucket.key) ?? { bucket, taken: 0, back: 0 }
      if (count > 0) demand.taken += count
      else demand.back -= count
      demands.set(bucket.key, demand)
    }
  }
  return [...demands.values()]
}

/** First come, first served. Who gets not all gets nothing that others could use, and leaves it to them. */
function dealTo({ buckets }: Payment, left: ReadonlyMap<string, Granted>): Bucket[] {
  const denied = buckets.filter(({ key }) => (left.get(key)?.count ?? 0) <= 0)
  for (const bucket of buckets) {
    const granted = left.get(bucket.key)
    const isKept = denied.length === 0 || bucket.charge.payer === 'caller'
    if (granted && granted.count > 0 && isKept) granted.count -= 1
  }
  return denied
}

/**
 * Written by hand: every row brings its own cost and room, and hears how many of those it wanted it got. The rows come in one order, so that
 * two nodes never wait for each other.
 */
function payText(engine: Engine): string {
  const [later, fewer] = engine === 'sqlite' ? ['max', 'min'] : ['greatest', 'least']
  const rows =
    engine === 'sqlite'
      ? 'select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 from json_each(?) where true'
      : 'select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[]) order by 1'
  const tat = `${later}("budgets"."tat", "excluded"."paid_at")`
  const room = `${later}("excluded"."room" - ${tat} + "excluded"."paid_at", 0) / "excluded"."cost"`
  const granted = `${fewer}("excluded"."granted", ${room})`
  return `insert into "budgets" ("key", "tat", "room", "cost", "granted", "paid_at") ${rows} on conflict ("key") do update \
set "tat" = ${tat} + "excluded"."cost" * ${granted}, "room" = "excluded"."room", "cost" = "excluded"."cost", "granted" = ${granted}, \
"paid_at" = "excluded"."paid_at" returning "key", "granted"`
}

statements.push(({ engine }) => payText(engine))
