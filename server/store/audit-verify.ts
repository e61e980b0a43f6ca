import type { AuditDamage, AuditVerdict, Checkpoint } from '#server/domain/audit-chain.ts'
import { type AuditRow, sealOf } from './audit-events.ts'
import { type AuditKeys, chainStart, hashOf, isProven, isSigned, openSince } from './audit-proof.ts'
import type { Connection } from './connection.ts'
import type { Selected } from './schema.ts'

const rowsAtOnce = 500

type Seal = Selected<'audit_seals'>
type Broken = Extract<AuditVerdict, { kind: 'broken' }>

interface Inspection {
  connection: Connection
  tenantId: string
  keys: AuditKeys
  /** From the table and from outside, read before the walk: whatever they have seen must still be found by it. */
  checkpoints: readonly Checkpoint[]
  now: Date
}

/** Where the walk along the seals has come to. */
interface Step {
  seq: number
  hash: string
  happenedAt: number | undefined
}

/**
 * Recomputes the whole chain and names the first row that is not as this server left it. It works beside a running server: what is
 * added meanwhile is only more of the same.
 */
export async function verifyChain(inspection: Inspection): Promise<AuditVerdict> {
  const end = await walkSeals(inspection)
  if ('damage' in end) return end
  const unseen = unseenCheckpoint(inspection, end.seq)
  if (unseen) return unseen
  const events = await walkEvents(inspection, openSince(end.happenedAt, inspection.now))
  if (typeof events !== 'number') return events
  const lastCheckpoint = inspection.checkpoints.toSorted((one, other) => other.seq - one.seq)[0]
  return { kind: 'intact', events, sealed: end.seq, lastCheckpoint }
}

/** In the order of the chain: every seal, the event it stands for, and the checkpoints that were signed right there. */
async function walkSeals(inspection: Inspection): Promise<Step | Broken> {
  const signed = Map.groupBy(inspection.checkpoints, ({ seq }) => seq)
  let step: Step = { seq: 0, hash: chainStart, happenedAt: undefined }
  let last: Seal | undefined
  for (;;) {
    const seals = await sealsAfter(inspection, last)
    const events = await eventsOf(inspection, seals)
    for (const seal of seals) {
      const next = follow(inspection, step, seal, events.get(seal.event_id))
      if ('damage' in next) return next
      const wrong = wrongCheckpoint(inspection, next, signed.get(next.seq) ?? [])
      if (wrong) return wrong
      step = next
    }
    if (seals.length < rowsAtOnce) return step
    last = seals.at(-1)
  }
}

function follow({ keys }: Inspection, { seq, hash }: Step, seal: Seal, event: AuditRow | undefined): Step | Broken {
  const wanted = seq + 1
  if (seal.seq > wanted) return broken('deleted', wanted)
  if (seal.seq < wanted) return broken('inserted', seal.seq, seal.event_id)
  if (!event) return broken('deleted', wanted, seal.event_id)
  const follows = seal.hash === hashOf(hash, event) && seal.happened_at === event.happened_at
  // Nothing without a right MAC is ever sealed. Where its seal fits nevertheless, somebody else made both.
  if (!isProven(keys.event, event)) return broken(follows ? 'inserted' : 'edited', wanted, event.id)
  if (!follows) return broken('reordered', wanted, event.id)
  return { seq: wanted, hash: seal.hash, happenedAt: event.happened_at }
}

function wrongCheckpoint({ keys }: Inspection, { seq, hash }: Step, checkpoints: readonly Checkpoint[]): Broken | undefined {
  if (checkpoints.some((checkpoint) => !isSigned(keys.checkpoint, checkpoint))) return broken('checkpoint forged', seq)
  return checkpoints.some((checkpoint) => checkpoint.hash !== hash) ? broken('rewritten', seq) : undefined
}

/** A checkpoint the walk has not come by: the chain once reached there. */
function unseenCheckpoint({ keys, checkpoints }: Inspection, lastSeq: number): Broken | undefined {
  const unseen = checkpoints.filter(({ seq }) => !(seq >= 1 && seq <= lastSeq)).sort((one, other) => one.seq - other.seq)
  const forged = unseen.find((checkpoint) => !isSigned(keys.checkpoint, checkpoint))
  if (forged) return broken('checkpoint forged', forged.seq)
  return unseen.length > 0 ? broken('truncated', lastSeq + 1) : undefined
}

/** How many events there are, sealed or still waiting for it. */
async function walkEvents(inspection: Inspection, since: number): Promise<number | Broken> {
  let count = 0
  let last: AuditRow | undefined
  for (;;) {
    const rows = await eventsAfter(inspection, last)
    for (const row of rows) {
      // A seal outside the chain is no seal: the walk along it has never come there.
      const isSealed = row.seq !== null && row.seq >= 1
      if (!isSealed && (row.happened_at < since || !isProven(inspection.keys.event, row))) return broken('inserted', undefined, row.id)
    }
    count += rows.length
    if (rows.length < rowsAtOnce) return count
    last = rows.at(-1)
  }
}

// The first page of either walk has no lower bound, or a row with a number below any bound would never be looked at.

async function sealsAfter({ connection, tenantId }: Inspection, last: Seal | undefined): Promise<Seal[]> {
  let seals = connection.kysely.selectFrom('audit_seals').selectAll().where('tenant_id', '=', tenantId)
  if (last) seals = seals.where('seq', '>', last.seq)
  return seals.orderBy('seq').limit(rowsAtOnce).execute()
}

async function eventsOf({ connection, tenantId }: Inspection, seals: readonly Seal[]): Promise<Map<string, AuditRow>> {
  if (seals.length === 0) return new Map()
  const ids = seals.map((seal) => seal.event_id)
  const rows = await connection.kysely
    .selectFrom('audit_events')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

async function eventsAfter(
  { connection, tenantId }: Inspection,
  last: AuditRow | undefined,
): Promise<(AuditRow & { seq: number | null })[]> {
  let events = connection.kysely
    .selectFrom('audit_events')
    .selectAll()
    .select((event) => sealOf(event).as('seq'))
    .where('tenant_id', '=', tenantId)
  if (last) {
    const { happened_at, id } = last
    events = events.where(({ eb, refTuple, tuple }) => eb(refTuple('happened_at', 'id'), '>', tuple(happened_at, id)))
  }
  return events.orderBy('happened_at').orderBy('id').limit(rowsAtOnce).execute()
}

function broken(damage: AuditDamage, seq: number | undefined, eventId?: string): Broken {
  return { kind: 'broken', damage, seq, eventId }
}
