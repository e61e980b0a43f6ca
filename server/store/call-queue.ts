import { sql } from 'kysely'
import type { Connection, Engine } from './connection.ts'
import { prepared, statements } from './prepared.ts'
import type { Selected } from './schema.ts'

const table = 'calls'
/** Longer than a provider takes to answer, so that nobody else dials while somebody is dialling. */
const leaseMs = 30_000

/** One phone that is to ring: which round of which call, never the number. */
export interface Placing {
  tenantId: string
  callId: string
  round: number
  /** Which lease this is; whoever took a later one has the last word. */
  lease: number
  failures: number
}

const finishing = prepared((db, state: string, tenantId: string, id: string, round: number, lease: number) =>
  db
    .updateTable(table)
    .set({ state })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('round', '=', round)
    .where('leases', '=', lease)
    .where('state', '=', 'waiting'),
)
const delaying = prepared((db, dueAt: number, failures: number, tenantId: string, id: string, round: number, lease: number) =>
  db
    .updateTable(table)
    .set({ due_at: dueAt, failures })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('round', '=', round)
    .where('leases', '=', lease)
    .where('state', '=', 'waiting'),
)
const counting = prepared((db) =>
  db
    .selectFrom(table)
    .select(['state', 'held_for', sql<number>`count(*)`.as('count')])
    .groupBy(['state', 'held_for']),
)

type Leased = Pick<Selected<typeof table>, 'tenant_id' | 'id' | 'round' | 'leases' | 'failures'>

/** The calls of all tenants that wait to be placed. A call is leased, never taken out: what a crash leaves behind comes up again by itself. */
export class CallQueue {
  readonly #alone: Connection
  readonly #tenantId: string | undefined

  /** With a tenant it is only that one's queue. */
  constructor(alone: Connection, tenantId?: string) {
    this.#alone = alone
    this.#tenantId = tenantId
  }

  /** Nobody else gets these for half a minute, on whatever node. */
  async lease(count: number, now: Date): Promise<Placing[]> {
    const at = now.getTime()
    const whose = this.#tenantId === undefined ? [] : [this.#tenantId]
    const { rows } = await this.#alone.run(leaseText(this.#alone.engine, whose.length > 0), [at + leaseMs, at, ...whose, count])
    // The statement returns just these columns.
    return (rows as unknown as Leased[]).map((row) => ({
      tenantId: row.tenant_id,
      callId: row.id,
      round: row.round,
      lease: row.leases,
      failures: row.failures,
    }))
  }

  /** The provider has it, or nobody does. A report that was faster stands. */
  async finish({ tenantId, callId, round, lease }: Placing, state: 'ringing' | 'failed'): Promise<void> {
    await finishing.write(this.#alone, state, tenantId, callId, round, lease)
  }

  /** Comes up again then. */
  async delay({ tenantId, callId, round, lease }: Placing, dueAt: Date, failures: number): Promise<void> {
    await delaying.write(this.#alone, dueAt.getTime(), failures, tenantId, callId, round, lease)
  }

  /** How many there are of each kind, and what held those that are held. */
  async count(): Promise<{ state: string; reason: string; count: number }[]> {
    const rows = await counting.all(this.#alone)
    return rows.map(({ state, held_for, count }) => ({ state, reason: held_for ?? '', count }))
  }
}

const key = '"tenant_id", "id"'

/** Written by hand: only PostgreSQL has several who take from one queue, and only it knows how to step around what another holds. */
function leaseText(engine: Engine, isOneTenant: boolean): string {
  const returned = `${key}, "round", "leases", "failures"`
  if (engine === 'sqlite') {
    const due = `select ${key} from "calls" where "state" = 'waiting' and "due_at" <= ?${isOneTenant ? ' and "tenant_id" = ?' : ''} order by "due_at" limit ?`
    return `update "calls" set "due_at" = ?, "leases" = "leases" + 1 where (${key}) in (${due}) returning ${returned}`
  }
  const [tenant, limit] = isOneTenant ? [' and "tenant_id" = $3', '$4'] : ['', '$3']
  const due = `select ${key} from "calls" where "state" = 'waiting' and "due_at" <= $2${tenant} order by "due_at" limit ${limit}`
  const same = ['tenant_id', 'id'].map((name) => `"calls"."${name}" = "due"."${name}"`).join(' and ')
  const columns = returned.replaceAll(/"\w+"/g, (name) => `"calls".${name}`)
  return `with "due" as materialized (${due} for update skip locked) \
update "calls" set "due_at" = $1, "leases" = "leases" + 1 from "due" where ${same} returning ${columns}`
}

statements.push(({ engine }) => leaseText(engine, false))
