import { recordName } from '#server/domain/session.ts'
import type { Connection } from './connection.ts'
import { prepared } from './prepared.ts'
import type { Vault } from './vault.ts'

/** One thing the OpenID provider remembers. `payload` is the library's own; the rest is how we find it and when it ends. */
export interface OidcRecord {
  payload: Readonly<Record<string, unknown>>
  userId: string | undefined
  /** The person's epoch when it was made; a newer one makes it worthless. */
  epoch: number | undefined
  grantHash: string | undefined
  consumedAt: Date | undefined
}

interface NewRecord extends Pick<OidcRecord, 'payload' | 'userId' | 'epoch'> {
  grantId: string | undefined
  uid: string | undefined
  userCode: string | undefined
  expiresAt: Date
}

const table = 'oidc_records'

const byId = prepared((db, tenantId: string, kind: string, id: string, now: number) =>
  db
    .selectFrom(table)
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .where('expires_at', '>', now),
)
const byUid = prepared((db, tenantId: string, kind: string, uid: string, now: number) =>
  db
    .selectFrom(table)
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('uid', '=', uid)
    .where('kind', '=', kind)
    .where('expires_at', '>', now),
)
const byUserCode = prepared((db, tenantId: string, kind: string, userCode: string, now: number) =>
  db
    .selectFrom(table)
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('user_code', '=', userCode)
    .where('kind', '=', kind)
    .where('expires_at', '>', now),
)
const saved = prepared(
  (
    db,
    tenantId: string,
    kind: string,
    id: string,
    userId: string | null,
    epoch: number | null,
    grantId: string | null,
    uid: string | null,
    userCode: string | null,
    payload: string,
    now: number,
    expiresAt: number,
  ) =>
    db
      .insertInto(table)
      .values({
        tenant_id: tenantId,
        kind,
        id,
        user_id: userId,
        epoch,
        grant_id: grantId,
        uid,
        user_code: userCode,
        payload_sealed: payload,
        created_at: now,
        expires_at: expiresAt,
        consumed_at: null,
      })
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'kind', 'id']).doUpdateSet((is) => ({
          user_id: is.ref('excluded.user_id'),
          epoch: is.ref('excluded.epoch'),
          grant_id: is.ref('excluded.grant_id'),
          uid: is.ref('excluded.uid'),
          user_code: is.ref('excluded.user_code'),
          payload_sealed: is.ref('excluded.payload_sealed'),
          expires_at: is.ref('excluded.expires_at'),
        })),
      ),
)
const addedOnce = prepared((db, tenantId: string, kind: string, id: string, payload: string, now: number, expiresAt: number) =>
  db
    .insertInto(table)
    .values({ tenant_id: tenantId, kind, id, payload_sealed: payload, created_at: now, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing()),
)
const consumed = prepared((db, now: number, tenantId: string, kind: string, id: string) =>
  db
    .updateTable(table)
    .set({ consumed_at: now })
    .where('tenant_id', '=', tenantId)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .where('consumed_at', 'is', null),
)
const removed = prepared((db, tenantId: string, kind: string, id: string) =>
  db.deleteFrom(table).where('tenant_id', '=', tenantId).where('kind', '=', kind).where('id', '=', id),
)
const removedWithGrant = prepared((db, tenantId: string, grantId: string) =>
  db.deleteFrom(table).where('tenant_id', '=', tenantId).where('grant_id', '=', grantId),
)
const newestOfUser = prepared((db, tenantId: string, userId: string, kind: string) =>
  db
    .selectFrom(table)
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .orderBy('created_at', 'desc')
    .orderBy('id'),
)
const livingOfUser = prepared((db, tenantId: string, userId: string, kind: string, epoch: number, now: number) =>
  db
    .selectFrom(table)
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where('epoch', '=', epoch)
    .where('expires_at', '>', now)
    .where('consumed_at', 'is', null),
)
const removedByUid = prepared((db, tenantId: string, uid: string, kind: string) =>
  db.deleteFrom(table).where('tenant_id', '=', tenantId).where('uid', '=', uid).where('kind', '=', kind),
)
const livingGrant = prepared((db, tenantId: string, name: string, now: number) =>
  db
    .selectFrom(table)
    .select('epoch')
    .where('tenant_id', '=', tenantId)
    .where('kind', '=', 'Grant')
    .where('id', '=', name)
    .where('expires_at', '>', now),
)
const livingUnderGrant = prepared((db, tenantId: string, grantId: string, kind: string, now: number) =>
  db
    .selectFrom(table)
    .select('id')
    .where((row) => row.and({ tenant_id: tenantId, grant_id: grantId, kind, consumed_at: null }))
    .where('expires_at', '>', now)
    .limit(1),
)
const tenantOf = prepared((db, kind: string, id: string) =>
  db.selectFrom(table).select('tenant_id').where('kind', '=', kind).where('id', '=', id),
)

type Row = Awaited<ReturnType<(typeof byId)['all']>>[number]

/** Whoever reads the database learns no code, token or session id that works: only hashes are ids there, and contents are sealed. */
export class OidcRecords {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #vault: Vault

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#vault = vault
  }

  async find(kind: string, id: string, now: Date): Promise<OidcRecord | undefined> {
    return this.#opened(await byId.first(this.#connection, this.#tenantId, kind, recordName(id), now.getTime()))
  }

  async findByUid(kind: string, uid: string, now: Date): Promise<OidcRecord | undefined> {
    return this.#opened(await byUid.first(this.#connection, this.#tenantId, kind, recordName(uid), now.getTime()))
  }

  async findByUserCode(kind: string, userCode: string, now: Date): Promise<OidcRecord | undefined> {
    return this.#opened(await byUserCode.first(this.#connection, this.#tenantId, kind, recordName(userCode), now.getTime()))
  }

  /** A person's own that are alive, in their present epoch. */
  async ofUser(kind: string, userId: string, epoch: number, now: Date): Promise<OidcRecord[]> {
    const rows = await livingOfUser.all(this.#connection, this.#tenantId, userId, kind, epoch, now.getTime())
    return rows.flatMap((row) => this.#opened(row) ?? [])
  }

  /** Whether what an app was given still stands. */
  async hasGrantNamed(name: string, now: Date): Promise<boolean> {
    return (await livingGrant.first(this.#connection, this.#tenantId, name, now.getTime())) !== undefined
  }

  /** Whether something of this kind that was given under a grant can still be used. */
  async hasLivingUnder(grantId: string, kind: string, now: Date): Promise<boolean> {
    return (await livingUnderGrant.first(this.#connection, this.#tenantId, recordName(grantId), kind, now.getTime())) !== undefined
  }

  async save(kind: string, id: string, record: NewRecord, now: Date): Promise<void> {
    const { userId, epoch, grantId, uid, userCode, expiresAt } = record
    await saved.write(
      this.#connection,
      this.#tenantId,
      kind,
      recordName(id),
      userId ?? null,
      epoch ?? null,
      grantId === undefined ? null : recordName(grantId),
      uid === undefined ? null : recordName(uid),
      userCode === undefined ? null : recordName(userCode),
      this.#sealed(kind, id, record.payload),
      now.getTime(),
      expiresAt.getTime(),
    )
  }

  /** False when it has been there before: what may be seen once only. */
  async addOnce(kind: string, id: string, expiresAt: Date, now: Date): Promise<boolean> {
    const sealed = this.#sealed(kind, id, {})
    return (await addedOnce.write(this.#connection, this.#tenantId, kind, recordName(id), sealed, now.getTime(), expiresAt.getTime())) === 1
  }

  /** True for exactly one of all who ask. */
  async consume(kind: string, id: string, now: Date): Promise<boolean> {
    return (await consumed.write(this.#connection, now.getTime(), this.#tenantId, kind, recordName(id))) === 1
  }

  async remove(kind: string, id: string): Promise<void> {
    await removed.write(this.#connection, this.#tenantId, kind, recordName(id))
  }

  async removeNamed(kind: string, name: string): Promise<void> {
    await removedByUid.write(this.#connection, this.#tenantId, name, kind)
  }

  /** The grant and everything that was ever given under it. */
  async removeGrant(grantId: string): Promise<void> {
    await this.removeGrantNamed(recordName(grantId))
  }

  /** The grant a record names; records know it by its hash only. */
  async removeGrantOf(record: OidcRecord): Promise<void> {
    if (record.grantHash) await this.removeGrantNamed(record.grantHash)
  }

  /** Keeps a person's newest sessions and drops the rest. */
  async dropAllButNewest(kind: string, userId: string, keptMax: number): Promise<void> {
    const rows = await newestOfUser.all(this.#connection, this.#tenantId, userId, kind)
    for (const { id } of rows.slice(keptMax)) await removed.write(this.#connection, this.#tenantId, kind, id)
  }

  /** By what a token calls it. */
  async removeGrantNamed(grantHash: string): Promise<void> {
    // The grant itself first: whoever comes at the same moment waits for this one row and then finds nothing left to do. What stands under a
    // grant that is gone opens nothing any more.
    if ((await removed.write(this.#connection, this.#tenantId, 'Grant', grantHash)) === 0) return
    await removedWithGrant.write(this.#connection, this.#tenantId, grantHash)
  }

  #sealed(kind: string, id: string, payload: object): string {
    return this.#vault.seal(JSON.stringify(payload), { table, column: 'payload_sealed', row: `${kind} ${recordName(id)}` })
  }

  #opened(row: Row | undefined): OidcRecord | undefined {
    if (!row) return undefined
    const text = this.#vault.open(row.payload_sealed, { table, column: 'payload_sealed', row: `${row.kind} ${row.id}` })
    return {
      payload: JSON.parse(text),
      userId: row.user_id ?? undefined,
      epoch: row.epoch ?? undefined,
      grantHash: row.grant_id ?? undefined,
      consumedAt: row.consumed_at === null ? undefined : new Date(row.consumed_at),
    }
  }
}

/** Whose code or refresh token this is, for addresses that name no tenant. */
export async function findTenantOfRecord(connection: Connection, kind: string, id: string): Promise<string | undefined> {
  return (await tenantOf.first(connection, kind, recordName(id)))?.tenant_id
}

/** What ran out. A few at a time, so that no statement holds the store for long. */
export async function forgetEndedRecords(connection: Connection, now: Date, max: number): Promise<number> {
  const { kysely } = connection
  const ended = await kysely
    .selectFrom(table)
    .select(['tenant_id', 'kind', 'id'])
    .where('expires_at', '<=', now.getTime())
    .orderBy('expires_at')
    .limit(max)
    .execute()
  for (const row of ended) await removed.write(connection, row.tenant_id, row.kind, row.id)
  return ended.length
}
