import { createHash } from 'node:crypto'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'

const table = 'known_browsers'
const rememberedMs = 180 * 24 * 60 * 60 * 1_000

const knowing = prepared((db, tenantId: string, hash: string, userId: string, since: number) =>
  db
    .selectFrom(table)
    .select('seen_at')
    .where('tenant_id', '=', tenantId)
    .where('browser_hash', '=', hash)
    .where('user_id', '=', userId)
    .where('seen_at', '>', since),
)
const remembering = prepared((db, tenantId: string, hash: string, userId: string, now: number) =>
  db
    .insertInto(table)
    .values({ tenant_id: tenantId, browser_hash: hash, user_id: userId, seen_at: now })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'browser_hash', 'user_id']).doUpdateSet({ seen_at: now })),
)

const sweeping = prepared((db, before: number) => db.deleteFrom(table).where('seen_at', '<=', before))

/** Browsers in which somebody has signed in before. They have budgets of their own, so that strangers cannot use up theirs. */
export class KnownBrowsers {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  /** Asks the store for nobody just as for somebody. */
  async isKnown(device: string, userId: string | undefined, now: Date): Promise<boolean> {
    const since = now.getTime() - rememberedMs
    return (await knowing.first(this.#connection, this.#tenantId, hashOf(device), userId ?? '', since)) !== undefined
  }

  async remember(device: string, userId: string, now: Date): Promise<void> {
    await remembering.write(this.#connection, this.#tenantId, hashOf(device), userId, now.getTime())
  }

  /** Somebody who left, or whose sessions were all ended, is a stranger again everywhere. */
  async forget(userId: string): Promise<void> {
    await this.#connection.kysely.deleteFrom(table).where('tenant_id', '=', this.#tenantId).where('user_id', '=', userId).execute()
  }
}

/** Of all tenants: those nobody has signed in with for so long that they count for nothing. */
export async function sweepKnownBrowsers(alone: Connection, now: Date): Promise<void> {
  await sweeping.write(alone, now.getTime() - rememberedMs)
}

function hashOf(device: string): string {
  return createHash('sha256').update(device).digest('base64url')
}
