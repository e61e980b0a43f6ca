import { sql } from 'kysely'
import { failuresInARowMax, pauseMs } from '#server/domain/budget.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd } from './prepared.ts'

const table = 'method_pauses'

const byKey = prepared((db, tenantId: string, key: string) =>
  db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).where('key', '=', key),
)
const adding = preparedAdd(table)
const failing = prepared((db, now: number, tenantId: string, key: string) =>
  db
    .updateTable(table)
    .set(({ eb }) => ({
      failures: eb('failures', '+', 1),
      is_suspended: sql<number>`case when failures >= ${sql.lit(failuresInARowMax - 1)} then 1 else 0 end`,
      changed_at: now,
    }))
    .where('tenant_id', '=', tenantId)
    .where('key', '=', key),
)
const pausing = prepared((db, until: number, pauses: number, now: number, tenantId: string, key: string, before: number) =>
  db
    .updateTable(table)
    .set({ paused_until: until, pauses, changed_at: now })
    .where('tenant_id', '=', tenantId)
    .where('key', '=', key)
    .where('pauses', '=', before),
)
const clearingAll = prepared((db, tenantId: string, beginning: string) =>
  db.deleteFrom(table).where('tenant_id', '=', tenantId).where('key', 'like', beginning),
)
const sweeping = prepared((db, before: number) => db.deleteFrom(table).where('changed_at', '<', before).where('is_suspended', '=', 0))
const clearing = prepared((db, tenantId: string, key: string) =>
  db.deleteFrom(table).where('tenant_id', '=', tenantId).where('key', '=', key),
)

export interface MethodPause {
  failures: number
  isSuspended: boolean
  pausedUntil: Date
}

/** A method rests for one number and purpose after too many wrong answers; the account never does. Keys are made by the methods. */
export class MethodPauses {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async find(key: string): Promise<MethodPause | undefined> {
    const row = await byKey.first(this.#connection, this.#tenantId, key)
    return row && { failures: row.failures, isSuspended: row.is_suspended === 1, pausedUntil: new Date(row.paused_until) }
  }

  /** One more wrong answer; so many in a row suspend the method. */
  async fail(key: string, now: Date): Promise<void> {
    await this.#ensure(key, now)
    await failing.write(this.#connection, now.getTime(), this.#tenantId, key)
  }

  /** Rests longer each time. Of many who find the budget used up at once, one begins the pause. */
  async pause(key: string, now: Date): Promise<void> {
    await this.#ensure(key, now)
    const row = await byKey.first(this.#connection, this.#tenantId, key)
    if (!row || row.paused_until > now.getTime()) return
    const until = now.getTime() + pauseMs(row.pauses)
    await pausing.write(this.#connection, until, row.pauses + 1, now.getTime(), this.#tenantId, key, row.pauses)
  }

  async clear(key: string): Promise<void> {
    await clearing.write(this.#connection, this.#tenantId, key)
  }

  /** Every key that begins so: a number in all its purposes and browsers. */
  async clearAll(beginning: string): Promise<void> {
    await clearingAll.write(this.#connection, this.#tenantId, `${beginning.replaceAll(/[_%]/g, '_')}%`)
  }

  async #ensure(key: string, now: Date): Promise<void> {
    const none = { failures: 0, pauses: 0, paused_until: 0, is_suspended: 0 }
    await adding(this.#connection, { tenant_id: this.#tenantId, key, ...none, changed_at: now.getTime() })
  }
}

/** Of all tenants: wrong answers so old that they are no attack any more. What is suspended stays so. */
export async function sweepMethodPauses(alone: Connection, before: Date): Promise<void> {
  await sweeping.write(alone, before.getTime())
}
