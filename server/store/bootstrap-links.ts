import { createHash } from 'node:crypto'
import type { Connection } from './connection.ts'

/** One-time links by which the first administrator of a tenant comes in. Only the hash of a link's secret is kept. */
export class BootstrapLinks {
  readonly #connection: Connection
  readonly #tenantId: string

  constructor(connection: Connection, tenantId: string) {
    this.#connection = connection
    this.#tenantId = tenantId
  }

  async add(secret: string, userId: string, expiresAt: Date): Promise<void> {
    await this.#connection.kysely
      .insertInto('bootstrap_links')
      .values({ tenant_id: this.#tenantId, token_hash: hashOf(secret), user_id: userId, expires_at: expiresAt.getTime(), used_at: null })
      .execute()
  }

  /** Has this person ever come in by a link? */
  async wasUsedBy(userId: string): Promise<boolean> {
    const rows = await this.#connection.kysely
      .selectFrom('bootstrap_links')
      .select('token_hash')
      .where('tenant_id', '=', this.#tenantId)
      .where('user_id', '=', userId)
      .where('used_at', 'is not', null)
      .limit(1)
      .execute()
    return rows.length > 0
  }

  /** Whose link this is while it can be used; looking spends nothing. */
  async find(secret: string, now: Date): Promise<string | undefined> {
    const row = await this.#connection.kysely
      .selectFrom('bootstrap_links')
      .select('user_id')
      .where('tenant_id', '=', this.#tenantId)
      .where('token_hash', '=', hashOf(secret))
      .where('used_at', 'is', null)
      .where('expires_at', '>', now.getTime())
      .executeTakeFirst()
    return row?.user_id
  }

  /** Uses the link up. Of two who try at once, one hears whose it was and the other nothing. */
  async use(secret: string, now: Date): Promise<string | undefined> {
    const row = await this.#connection.kysely
      .updateTable('bootstrap_links')
      .set({ used_at: now.getTime() })
      .where('tenant_id', '=', this.#tenantId)
      .where('token_hash', '=', hashOf(secret))
      .where('used_at', 'is', null)
      .where('expires_at', '>', now.getTime())
      .returning('user_id')
      .executeTakeFirst()
    return row?.user_id
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
