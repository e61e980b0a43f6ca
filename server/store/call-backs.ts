import {
  type CallBack,
  type CallBackQuestion,
  type CallBackState,
  callBackLinkName,
  callBackStates,
  callBackTriesMax,
} from '#server/domain/call-back.ts'
import { linkHash, type NoticeLinks } from '#server/domain/notice-links.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd } from './prepared.ts'
import type { Selected } from './schema.ts'
import type { Vault } from './vault.ts'

const table = 'call_backs'

const byId = prepared((db, tenantId: string, id: string) =>
  db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).where('id', '=', id),
)
const byLink = prepared((db, tenantId: string, hash: string) =>
  db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).where('link_hash', '=', hash),
)
const tenantOf = prepared((db, hash: string) => db.selectFrom(table).select('tenant_id').where('link_hash', '=', hash))
const refusedLately = prepared((db, tenantId: string, userId: string, now: number) =>
  db
    .selectFrom(table)
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('state', '=', 'refused')
    .where('expires_at', '>', now)
    .limit(1),
)
const replacing = prepared((db, tenantId: string, userId: string) =>
  db
    .updateTable(table)
    .set({ state: 'over' })
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('state', 'in', ['waiting', 'agreed']),
)
const paying = prepared((db, now: number, tenantId: string, id: string) =>
  db
    .updateTable(table)
    .set(({ eb }) => ({ tries: eb('tries', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('expires_at', '>', now)
    .where('tries', '<', callBackTriesMax)
    .returning('tries'),
)
const moving = prepared((db, to: string, expiresAt: number, tenantId: string, id: string, from: string, now: number) =>
  db
    .updateTable(table)
    .set({ state: to, expires_at: expiresAt })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', from)
    .where('expires_at', '>', now),
)
const sweeping = prepared((db, before: number) => db.deleteFrom(table).where('expires_at', '<', before))
const adding = preparedAdd(table)

export type NewCallBack = Pick<CallBack, 'id' | 'userId' | 'managerId' | 'question' | 'expiresAt'>

/** Questions to people whose number a manager wants to change. */
export class CallBacks {
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

  /** In the place of any other about the same person. */
  async add({ id, userId, managerId, question, expiresAt }: NewCallBack, now: Date): Promise<void> {
    await replacing.write(this.#connection, this.#tenantId, userId)
    await adding(this.#connection, {
      tenant_id: this.#tenantId,
      id,
      user_id: userId,
      manager_id: managerId,
      link_hash: linkHash(this.secretOf(id)),
      asked_sealed: this.#vault.seal(JSON.stringify(question), place(id)),
      state: 'waiting',
      tries: 0,
      started_at: now.getTime(),
      expires_at: expiresAt.getTime(),
    })
  }

  async find(id: string): Promise<CallBack | undefined> {
    const row = await byId.first(this.#connection, this.#tenantId, id)
    return row && this.#toCallBack(row)
  }

  async findByLink(secret: string): Promise<CallBack | undefined> {
    const row = await byLink.first(this.#connection, this.#tenantId, linkHash(secret))
    return row && this.#toCallBack(row)
  }

  async wasRefusedLately(userId: string, now: Date): Promise<boolean> {
    return (await refusedLately.first(this.#connection, this.#tenantId, userId, now.getTime())) !== undefined
  }

  /** Pays for one try before anyone looks at the digits, so that guesses that race cannot share one. Answers how many are left. */
  async payForTry(id: string, now: Date): Promise<number | undefined> {
    const row = await paying.first(this.#connection, now.getTime(), this.#tenantId, id)
    return row && callBackTriesMax - row.tries
  }

  /** One step further, by exactly one of all who try at once. */
  async move(id: string, from: CallBackState, to: CallBackState, expiresAt: Date, now: Date): Promise<boolean> {
    return (await moving.write(this.#connection, to, expiresAt.getTime(), this.#tenantId, id, from, now.getTime())) > 0
  }

  /** What stands in the text; derived when it is written and stored nowhere. */
  secretOf(id: string): string {
    return this.#links.secretOf(this.#tenantId, callBackLinkName(id))
  }

  #toCallBack(row: Selected<typeof table>): CallBack {
    return {
      id: row.id,
      userId: row.user_id,
      managerId: row.manager_id,
      // Only `add` writes this, from a value of this type.
      question: JSON.parse(this.#vault.open(row.asked_sealed, place(row.id))) as CallBackQuestion,
      state: callBackStates.find((state) => state === row.state) ?? 'over',
      startedAt: new Date(row.started_at),
      expiresAt: new Date(row.expires_at),
    }
  }
}

/** Whose question this link asks, since a short address names no organisation. */
export async function findTenantOfCallBack(connection: Connection, secret: string): Promise<string | undefined> {
  return (await tenantOf.first(connection, linkHash(secret)))?.tenant_id
}

/** Of all tenants. */
export async function sweepCallBacks(alone: Connection, before: Date): Promise<void> {
  await sweeping.write(alone, before.getTime())
}

function place(row: string) {
  return { table, column: 'asked_sealed', row }
}
