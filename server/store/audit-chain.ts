import { type SqlBool, sql } from 'kysely'
import type { AuditVerdict, Checkpoint } from '#server/domain/audit-chain.ts'
import { sealOf } from './audit-events.ts'
import { type AuditKeys, chainStart, hashOf, isCheckpointDue, isProven, openSince, signed, toCheckpoint } from './audit-proof.ts'
import { verifyChain } from './audit-verify.ts'
import type { Connection } from './connection.ts'
import { prepared, preparedInsert } from './prepared.ts'

/** Few enough that nobody waits for the writer, which on SQLite is everybody's. */
const rowsAtOnce = 250

/** How far a round has looked, sealed or not. */
export interface Position {
  happenedAt: number
  id: string
}

export interface Sealing {
  sealed: number
  /** Events without a right MAC. They get no seal, and do not keep those behind them from one. */
  unproven: string[]
  /** Where to look on; undefined when everything has been looked at. */
  end: Position | undefined
}

const lastSeal = prepared((db, tenantId: string) =>
  db.selectFrom('audit_seals').selectAll().where('tenant_id', '=', tenantId).orderBy('seq', 'desc').limit(1),
)
const lastCheckpoint = prepared((db, tenantId: string) =>
  db.selectFrom('audit_checkpoints').selectAll().where('tenant_id', '=', tenantId).orderBy('seq', 'desc').limit(1),
)
const unsealed = prepared((db, tenantId: string, time: number, id: string) =>
  db
    .selectFrom('audit_events')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(sql<SqlBool>`(happened_at, id) > (${time}, ${id})`)
    .where((events) => events(sealOf(events), 'is', null))
    .orderBy('happened_at')
    .orderBy('id')
    .limit(rowsAtOnce),
)
const insertSeal = preparedInsert('audit_seals', ['tenant_id', 'seq', 'event_id', 'happened_at', 'hash', 'sealed_at'])
const insertCheckpoint = preparedInsert('audit_checkpoints', ['tenant_id', 'seq', 'hash', 'signed_at', 'signature'])

/** The one chain of a tenant's events. Two nodes may seal at once: the loser of the race runs again and finds nothing left to do. */
export class AuditChain {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #keys: AuditKeys

  constructor(connection: Connection, tenantId: string, keys: AuditKeys) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#keys = keys
  }

  /** Only in a transaction: between reading the last seal and adding the next nobody else may add one. */
  async sealNext(now: Date, after?: Position): Promise<Sealing> {
    const last = await lastSeal.first(this.#connection, this.#tenantId)
    const from = after ?? { happenedAt: openSince(last?.happened_at, now), id: '' }
    const rows = await unsealed.all(this.#connection, this.#tenantId, from.happenedAt, from.id)
    const unproven: string[] = []
    let { seq, hash } = last ?? { seq: 0, hash: chainStart }
    for (const row of rows) {
      if (!isProven(this.#keys.event, row)) {
        unproven.push(row.id)
        continue
      }
      seq += 1
      hash = hashOf(hash, row)
      await insertSeal(this.#connection, {
        tenant_id: this.#tenantId,
        seq,
        event_id: row.id,
        happened_at: row.happened_at,
        hash,
        sealed_at: now.getTime(),
      })
    }
    const end = rows.length < rowsAtOnce ? undefined : rows.at(-1)
    return { sealed: rows.length - unproven.length, unproven, end: end && { happenedAt: end.happened_at, id: end.id } }
  }

  /** Signs the last seal when it is time to; in a transaction, and shipped only after its commit, so it is never ahead of its rows. */
  async checkpoint(now: Date): Promise<Checkpoint | undefined> {
    const seal = await lastSeal.first(this.#connection, this.#tenantId)
    const before = await lastCheckpoint.first(this.#connection, this.#tenantId)
    if (!seal || !isCheckpointDue(seal.seq, before && { seq: before.seq, signedAt: before.signed_at }, now)) return undefined
    const { seq, hash } = seal
    const checkpoint = signed(this.#keys.checkpoint, { tenantId: this.#tenantId, seq, hash, signedAt: now })
    await insertCheckpoint(this.#connection, {
      tenant_id: this.#tenantId,
      seq,
      hash,
      signed_at: now.getTime(),
      signature: checkpoint.signature,
    })
    return checkpoint
  }

  /** `shipped` are this tenant's checkpoints from outside the database, read before this is called. */
  async verify(shipped: readonly Checkpoint[], now: Date): Promise<AuditVerdict> {
    const rows = await this.#connection.kysely.selectFrom('audit_checkpoints').selectAll().where('tenant_id', '=', this.#tenantId).execute()
    const checkpoints = [...rows.map(toCheckpoint), ...shipped]
    return verifyChain({ connection: this.#connection, tenantId: this.#tenantId, keys: this.#keys, checkpoints, now })
  }
}
