import { randomUUID } from 'node:crypto'
import { type Notice, type NoticedChange, noticeLinkMs } from '#server/domain/notice.ts'
import { linkHash, type NoticeLinks } from '#server/domain/notice-links.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd } from './prepared.ts'
import type { Selected } from './schema.ts'
import type { Vault } from './vault.ts'

const table = 'notices'

const byId = prepared((db, tenantId: string, id: string) =>
  db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).where('id', '=', id),
)
const byLink = prepared((db, tenantId: string, hash: string) =>
  db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).where('link_hash', '=', hash),
)
const reporting = prepared((db, now: number, tenantId: string, changeId: string, before: number) =>
  db
    .updateTable(table)
    .set({ reported_at: now })
    .where('tenant_id', '=', tenantId)
    .where('change_id', '=', changeId)
    .where('reported_at', 'is', null)
    .where('expires_at', '>', before),
)
const tenantOf = prepared((db, hash: string) => db.selectFrom(table).select('tenant_id').where('link_hash', '=', hash))
const sweeping = prepared((db, before: number) => db.deleteFrom(table).where('expires_at', '<', before))
const adding = preparedAdd(table)

export type NewNotice = Pick<Notice, 'userId' | 'method' | 'receiver' | 'change'>

/** What people were told about changes, until nobody can answer it any more. */
export class Notices {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault
  readonly #links: NoticeLinks

  constructor(connection: Connection, tenantId: string, vault: Vault, links: NoticeLinks) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
    this.#links = links
  }

  /** The same change for each of its receivers, each with a link of its own; answers under which ids. */
  async add(notices: readonly NewNotice[], now: Date): Promise<string[]> {
    const changeId = randomUUID()
    const ids: string[] = []
    for (const { userId, method, receiver, change } of notices) {
      const id = randomUUID()
      await adding(this.#connection, {
        tenant_id: this.#tenantId,
        id,
        change_id: changeId,
        user_id: userId,
        receiver_sealed: this.#vault.seal(JSON.stringify({ method, receiver }), place('receiver_sealed', id)),
        change_sealed: this.#vault.seal(JSON.stringify(change), place('change_sealed', id)),
        link_hash: linkHash(this.#links.secretOf(this.#tenantId, id)),
        happened_at: now.getTime(),
        expires_at: now.getTime() + noticeLinkMs,
        reported_at: null,
      })
      ids.push(id)
    }
    return ids
  }

  async find(id: string): Promise<Notice | undefined> {
    const row = await byId.first(this.#connection, this.#tenantId, id)
    return row && this.#toNotice(row)
  }

  async findByLink(secret: string): Promise<Notice | undefined> {
    const row = await byLink.first(this.#connection, this.#tenantId, linkHash(secret))
    return row && this.#toNotice(row)
  }

  /** Uses up every link of the change. Of all who say at once that it was not them, one hears true. */
  async report({ changeId }: Pick<Notice, 'changeId'>, now: Date): Promise<boolean> {
    return (await reporting.write(this.#connection, now.getTime(), this.#tenantId, changeId, now.getTime())) > 0
  }

  #toNotice(row: Selected<typeof table>): Notice {
    // Only `add` writes these two, from values of these types.
    const { method, receiver } = JSON.parse(this.#vault.open(row.receiver_sealed, place('receiver_sealed', row.id))) as NewNotice
    const change = JSON.parse(this.#vault.open(row.change_sealed, place('change_sealed', row.id))) as NoticedChange
    return {
      id: row.id,
      changeId: row.change_id,
      userId: row.user_id,
      method,
      receiver,
      change,
      happenedAt: new Date(row.happened_at),
      expiresAt: new Date(row.expires_at),
      reportedAt: row.reported_at === null ? undefined : new Date(row.reported_at),
    }
  }
}

/** Whose notice this link belongs to, since a short address names no organisation. */
export async function findTenantOfNotice(connection: Connection, secret: string): Promise<string | undefined> {
  return (await tenantOf.first(connection, linkHash(secret)))?.tenant_id
}

/** Of all tenants. */
export async function sweepNotices(alone: Connection, before: Date): Promise<void> {
  await sweeping.write(alone, before.getTime())
}

function place(column: string, row: string) {
  return { table, column, row }
}
