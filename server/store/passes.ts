import { randomUUID, timingSafeEqual } from 'node:crypto'
import { type Pass, plainPass, type SettledPass } from '#server/domain/pass.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedAdd } from './prepared.ts'
import type { Selected } from './schema.ts'
import type { Vault } from './vault.ts'

const table = 'passes'

const ofUser = prepared((db, tenantId: string, userId: string) =>
  db.selectFrom(table).selectAll().where('tenant_id', '=', tenantId).where('user_id', '=', userId),
)
/** Once means once: of two that come at the same moment the second finds no row that it could take. */
const used = prepared((db, now: number, tenantId: string, userId: string, id: string, startsBy: number, expiresAfter: number) =>
  db
    .updateTable(table)
    .set({ used_at: now })
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where('starts_at', '<=', startsBy)
    .where('expires_at', '>', expiresAfter)
    .where((row) => row.or([row('is_once', '=', 0), row('used_at', 'is', null)])),
)
const removed = prepared((db, tenantId: string, userId: string) =>
  db.deleteFrom(table).where('tenant_id', '=', tenantId).where('user_id', '=', userId),
)
const removedOne = prepared((db, tenantId: string, userId: string, id: string) =>
  db.deleteFrom(table).where('tenant_id', '=', tenantId).where('user_id', '=', userId).where('id', '=', id),
)
const addRow = preparedAdd(table)

/** What is kept of people's passes. The secret itself is not: a keyed hash, in which the id of the pass is the salt. */
export class Passes {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
  }

  async ofUser(userId: string): Promise<Pass | undefined> {
    const row = await ofUser.first(this.#connection, this.#tenantId, userId)
    return row && toPass(row)
  }

  /** The pass of this person, if what was typed is it. Where there is none the same is hashed and compared, so the time tells nobody who has one. */
  async ofSecret(userId: string, typed: string): Promise<Pass | undefined> {
    const row = await ofUser.first(this.#connection, this.#tenantId, userId)
    const given = Buffer.from(this.#hashOf(row?.id ?? nobodys.id, typed))
    const kept = Buffer.from(row?.secret_hash ?? nobodys.hash)
    return given.length === kept.length && timingSafeEqual(given, kept) && row ? toPass(row) : undefined
  }

  /** In the place of the one there is, if there is one. Undefined where somebody else made another in the same moment. */
  async replace(userId: string, secret: string, { isOnce, startsAt, expiresAt }: SettledPass, now: Date): Promise<Pass | undefined> {
    await removed.write(this.#connection, this.#tenantId, userId)
    const row = {
      tenant_id: this.#tenantId,
      user_id: userId,
      id: randomUUID(),
      is_once: isOnce ? 1 : 0,
      created_at: now.getTime(),
      starts_at: startsAt.getTime(),
      expires_at: expiresAt.getTime(),
      used_at: null,
    }
    const added = await addRow(this.#connection, { ...row, secret_hash: this.#hashOf(row.id, secret) })
    return added > 0 ? toPass(row) : undefined
  }

  /** False where it opens nothing at this moment, or was used by somebody else just now. */
  async use({ userId, id }: Pick<Pass, 'userId' | 'id'>, now: Date): Promise<boolean> {
    const at = now.getTime()
    return (await used.write(this.#connection, at, this.#tenantId, userId, id, at, at)) > 0
  }

  async remove({ userId, id }: Pick<Pass, 'userId' | 'id'>): Promise<boolean> {
    return (await removedOne.write(this.#connection, this.#tenantId, userId, id)) > 0
  }

  #hashOf(id: string, secret: string): string {
    return this.#vault.indexOf(`pass ${id} ${plainPass(secret)}`)
  }
}

/** Nothing anybody types is this: it is no hash. */
const nobodys = { id: '00000000-0000-0000-0000-000000000000', hash: '?'.repeat(22) }

function toPass(row: Omit<Selected<typeof table>, 'secret_hash'>): Pass {
  return {
    id: row.id,
    userId: row.user_id,
    isOnce: row.is_once === 1,
    createdAt: new Date(row.created_at),
    startsAt: new Date(row.starts_at),
    expiresAt: new Date(row.expires_at),
    usedAt: row.used_at === null ? undefined : new Date(row.used_at),
  }
}
