import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { Checkpoint } from '#server/domain/audit-chain.ts'
import { type AuditRow, contentOf, macOf } from './audit-events.ts'
import type { Selected } from './schema.ts'
import type { MasterKey } from './vault.ts'

export interface AuditKeys {
  event: KeyObject
  checkpoint: KeyObject
}

export function auditKeysOf(masterKey: MasterKey): AuditKeys {
  // As key objects, because an HMAC with plain bytes for a key takes six times as long.
  return { event: createSecretKey(masterKey.derive('audit')), checkpoint: createSecretKey(masterKey.derive('audit checkpoints')) }
}

/** Did this server write the row just as it stands here? */
export function isProven(key: KeyObject, row: AuditRow): boolean {
  return isSame(row.mac, macOf(key, row))
}

/** What the first seal of a tenant follows. */
export const chainStart = ''

/** The hash before it has one length and the content begins with a bracket, so no two pairs read as the same text. */
export function hashOf(previous: string, row: AuditRow): string {
  return createHash('sha256').update(previous).update(contentOf(row)).digest('base64url')
}

/**
 * An HMAC and not a public-key signature: whoever checks the log needs the master key for the events anyway, and whoever holds
 * that key could sign either way.
 */
export function signed(key: KeyObject, content: Omit<Checkpoint, 'signature'>): Checkpoint {
  return { ...content, signature: signatureOf(key, content) }
}

export function isSigned(key: KeyObject, checkpoint: Checkpoint): boolean {
  return isSame(checkpoint.signature, signatureOf(key, checkpoint))
}

export function toCheckpoint(row: Selected<'audit_checkpoints'>): Checkpoint {
  return { tenantId: row.tenant_id, seq: row.seq, hash: row.hash, signedAt: new Date(row.signed_at), signature: row.signature }
}

function signatureOf(key: KeyObject, { tenantId, seq, hash, signedAt }: Omit<Checkpoint, 'signature'>): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([tenantId, seq, hash, signedAt.getTime()]))
    .digest('base64url')
}

function isSame(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}

export const settledAfterMs = 10 * 60 * 1000

/**
 * From when on an event may still be without a seal. A transaction is under way for seconds, so what is ten minutes older than the
 * last sealed event cannot appear any more. Where the clock was set back, the last sealed event lies in the future and does not count.
 */
export function openSince(lastSealedEventAt: number | undefined, now: Date): number {
  return lastSealedEventAt === undefined ? 0 : Math.min(lastSealedEventAt, now.getTime()) - settledAfterMs
}

const checkpointEveryMs = 5 * 60 * 1000
const checkpointEverySeals = 1_000

export function isCheckpointDue(sealed: number, last: { seq: number; signedAt: number } | undefined, now: Date): boolean {
  const seals = sealed - (last?.seq ?? 0)
  if (seals <= 0) return false
  const age = now.getTime() - (last?.signedAt ?? 0)
  // A clock that was set back must not keep the next signature waiting.
  return seals >= checkpointEverySeals || age >= checkpointEveryMs || age < 0
}
