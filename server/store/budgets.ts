import { createHmac } from 'node:crypto'
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

const tatOf = prepared((db, key: string) => db.selectFrom('budgets').select('tat').where('key', '=', key))

const sweeping = prepared((db, before: number) => db.deleteFrom('budgets').where('tat', '<', before))

/**
 * What may be done how often, over all nodes, tenants and browsers of the installation. Keys are keyed hashes, so the table tells no number
 * and no address. Every payment is one statement of its own, so a thousand at once are counted exactly.
 */
export class Budgets {
  readonly #alone: Connection
  readonly #key: Buffer
  #latest = 0

  constructor(alone: Connection, key: Buffer) {
    this.#alone = alone
    this.#key = key
  }

  /** Pays for all of them, or says which are used up; then only what the caller's own address paid stays paid. */
  async take(charges: readonly Charge[], now: Date): Promise<Denial[]> {
    const at = this.#instant(now)
    const buckets = this.#bucketsOf(charges)
    const values = buckets.flatMap(({ key, cost, room }) => [key, at + cost, room])
    const { rows } = await this.#alone.run(takeText(this.#alone.engine, buckets.length), [...values, at, at, at, at])
    if (rows.length === buckets.length) return []
    const paid = new Set(rows.map(({ key }) => key))
    const [taken, denied] = [buckets.filter(({ key }) => paid.has(key)), buckets.filter(({ key }) => !paid.has(key))]
    await this.#giveBack(taken.filter(({ charge }) => charge.payer === 'shared'))
    return Promise.all(denied.map(async (bucket) => ({ charge: bucket.charge, retryAfterMs: await this.#waitFor(bucket, at) })))
  }

  async refund(charges: readonly Charge[]): Promise<void> {
    await this.#giveBack(this.#bucketsOf(charges))
  }

  /** Forgets who has long been free again. */
  async sweep(before: Date): Promise<void> {
    await sweeping.write(this.#alone, before.getTime())
  }

  async #giveBack(buckets: readonly Bucket[]): Promise<void> {
    if (buckets.length === 0) return
    const values = buckets.flatMap(({ key, cost, room }) => [key, -cost, room])
    await this.#alone.run(refundText(this.#alone.engine, buckets.length), values)
  }

  async #waitFor({ key, cost, room }: Bucket, at: number): Promise<number> {
    const tat = (await tatOf.first(this.#alone, key))?.tat ?? at
    return Math.max(0, Math.max(tat, at) + cost - at - room)
  }

  /** Always in the same order, so that two who need the same buckets never wait for each other. */
  #bucketsOf(charges: readonly Charge[]): Bucket[] {
    return charges
      .map((charge) => ({ charge, key: this.#keyOf(charge), ...bucketOf(charge.limit) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
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

const texts = new Map<string, string>()

function remembered(name: string, write: () => string): string {
  const known = texts.get(name) ?? write()
  texts.set(name, known)
  return known
}

/**
 * Written by hand, since each row brings its own cost (`excluded.tat` less now) and room. A row without room left is not written, and so
 * not returned.
 */
function takeText(engine: Engine, count: number): string {
  return remembered(`take ${engine} ${count}`, () => {
    // PostgreSQL would take a bare parameter in arithmetic for a small number.
    const [one, two, three, four] = [1, 2, 3, 4].map((index) => `cast(${mark(engine, 3 * count + index)} as bigint)`)
    const later = engine === 'sqlite' ? 'max' : 'greatest'
    return `insert into "budgets" ("key", "tat", "room") values ${rows(engine, count)} on conflict ("key") do update \
set "tat" = ${later}("budgets"."tat", ${one}) + "excluded"."tat" - ${two}, "room" = "excluded"."room" \
where ${later}("budgets"."tat", ${three}) + "excluded"."tat" - 2 * ${four} <= "excluded"."room" returning "key"`
  })
}

/** What is added here is less than nothing. */
function refundText(engine: Engine, count: number): string {
  return remembered(
    `refund ${engine} ${count}`,
    () => `insert into "budgets" ("key", "tat", "room") values ${rows(engine, count)} on conflict ("key") do update \
set "tat" = "budgets"."tat" + "excluded"."tat"`,
  )
}

function rows(engine: Engine, count: number): string {
  const marks = Array.from({ length: count }, (_, row) => [1, 2, 3].map((column) => mark(engine, 3 * row + column)))
  return marks.map(([key, tat, room]) => `(${key}, ${tat}, ${room})`).join(', ')
}

function mark(engine: Engine, index: number): string {
  return engine === 'sqlite' ? '?' : `$${index}`
}

statements.push(({ engine }) => takeText(engine, 2))
statements.push(({ engine }) => refundText(engine, 2))
