import { sql } from 'kysely'
import type { Channel } from '#contract/graph/gateways.ts'
import type { GatewayHealth } from '#server/domain/gateway-health.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd } from './prepared.ts'

const table = 'gateway_health'

const oneRow = prepared((db, tenantId: string, channel: string) =>
  db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).where('channel', '=', channel),
)
const working = prepared((db, now: number, first: number, tenantId: string, channel: string) =>
  db
    .updateTable(table)
    .set({ worked_at: now, worked_first_at: sql`coalesce(worked_first_at, ${first})` })
    .where('tenant_id', '=', tenantId)
    .where('channel', '=', channel),
)
const failing = prepared((db, now: number, failure: string, tenantId: string, channel: string) =>
  db.updateTable(table).set({ failed_at: now, failure }).where('tenant_id', '=', tenantId).where('channel', '=', channel),
)
const forgotten = prepared((db, tenantId: string, channel: string) =>
  db.deleteFrom(table).where('tenant_id', '=', tenantId).where('channel', '=', channel),
)
const addRow = preparedAdd(table)

export class GatewayHealthStore {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async of(channel: Channel): Promise<GatewayHealth> {
    const row = await oneRow.first(this.#connection, this.#tenantId, channel)
    return {
      workedFirstAt: instant(row?.worked_first_at),
      workedAt: instant(row?.worked_at),
      failedAt: instant(row?.failed_at),
      failure: row?.failure ?? undefined,
    }
  }

  async worked(channel: Channel, now: Date): Promise<void> {
    await this.#begin(channel)
    await working.write(this.#connection, now.getTime(), now.getTime(), this.#tenantId, channel)
  }

  async failed(channel: Channel, failure: string, now: Date): Promise<void> {
    await this.#begin(channel)
    await failing.write(this.#connection, now.getTime(), failure, this.#tenantId, channel)
  }

  /** What was known of another gateway says nothing of this one. */
  async forget(channel: Channel): Promise<void> {
    await forgotten.write(this.#connection, this.#tenantId, channel)
  }

  async #begin(channel: Channel): Promise<void> {
    const nothingYet = { worked_first_at: null, worked_at: null, failed_at: null, failure: null }
    await addRow(this.#connection, { tenant_id: this.#tenantId, channel, ...nothingYet })
  }
}

function instant(value: number | null | undefined): Date | undefined {
  return value === null || value === undefined ? undefined : new Date(value)
}
