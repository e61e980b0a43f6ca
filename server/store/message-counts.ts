import { sql } from 'kysely'
import type { Channel } from '#contract/graph/gateways.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd } from './prepared.ts'

const table = 'message_counts'

const onDay = prepared((db, tenantId: string, dayAt: number) =>
  db
    .selectFrom(table)
    .select(['channel', 'country', 'count'])
    .where('tenant_id', '=', tenantId)
    .where('day_at', '=', dayAt)
    .orderBy('channel')
    .orderBy('country'),
)
const adding = prepared((db, more: number, tenantId: string, channel: string, dayAt: number, country: string) =>
  db
    .updateTable(table)
    .set({ count: sql`count + ${more}` })
    .where('tenant_id', '=', tenantId)
    .where('channel', '=', channel)
    .where('day_at', '=', dayAt)
    .where('country', '=', country),
)
const sweeping = prepared((db, before: number) => db.deleteFrom(table).where('day_at', '<', before))
const addRow = preparedAdd(table)

const dayMs = 86_400_000

/** How many messages were handed over for each country, by days of UTC; never to whom. */
export class MessageCounts {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async onDay(now: Date): Promise<{ channel: string; country: string; count: number }[]> {
    return onDay.all(this.#connection, this.#tenantId, dayOf(now))
  }

  async add(channel: Channel, country: string, more: number, now: Date): Promise<void> {
    const day_at = dayOf(now)
    await addRow(this.#connection, { tenant_id: this.#tenantId, channel, day_at, country, count: 0 })
    await adding.write(this.#connection, more, this.#tenantId, channel, day_at, country)
  }
}

/** Of all tenants. */
export async function sweepMessageCounts(alone: Connection, before: Date): Promise<void> {
  await sweeping.write(alone, before.getTime())
}

function dayOf(now: Date): number {
  return Math.floor(now.getTime() / dayMs) * dayMs
}
