import { sql } from 'kysely'
import type { Checkpoint } from '#server/domain/audit-chain.ts'
import { isCheckpointDue, settledAfterMs, toCheckpoint } from './audit-proof.ts'
import type { Connection } from './connection.ts'
import type { Selected } from './schema.ts'

interface Standing {
  id: string
  sealed: number | null
  signed: number | null
  signed_at: number | null
  waiting: number | null
}

/** The tenants with events that wait for a seal, or seals whose signature is due; a look that takes no lock. */
export async function tenantsToSeal(connection: Connection, now: Date): Promise<string[]> {
  const standings = sql<Standing>`
    select id, sealed, signed, signed_at, (
      select 1 from audit_events
      where tenant_id = standing.id
        and happened_at >= case when coalesce(sealed_to, 0) < ${now.getTime()} then coalesce(sealed_to, 0) else ${now.getTime()} end - ${settledAfterMs}
        and (select seq from audit_seals where tenant_id = audit_events.tenant_id and event_id = audit_events.id limit 1) is null
      limit 1
    ) as waiting
    from (
      select id,
        (select seq from audit_seals where tenant_id = tenants.id order by seq desc limit 1) as sealed,
        (select happened_at from audit_seals where tenant_id = tenants.id order by seq desc limit 1) as sealed_to,
        (select seq from audit_checkpoints where tenant_id = tenants.id order by seq desc limit 1) as signed,
        (select signed_at from audit_checkpoints where tenant_id = tenants.id order by seq desc limit 1) as signed_at
      from tenants
    ) as standing`
  const { rows } = await standings.execute(connection.kysely)
  return rows.filter((row) => row.waiting !== null || isSignatureDue(row, now)).map((row) => row.id)
}

function isSignatureDue({ sealed, signed, signed_at }: Standing, now: Date): boolean {
  const last = signed === null || signed_at === null ? undefined : { seq: signed, signedAt: signed_at }
  return isCheckpointDue(sealed ?? 0, last, now)
}

/** What every tenant's chain was last signed to. */
export async function newestCheckpoints(connection: Connection): Promise<Checkpoint[]> {
  const newest = sql<Selected<'audit_checkpoints'>>`
    select audit_checkpoints.* from tenants join audit_checkpoints on audit_checkpoints.tenant_id = tenants.id
    where audit_checkpoints.seq = (select seq from audit_checkpoints where tenant_id = tenants.id order by seq desc limit 1)`
  return (await newest.execute(connection.kysely)).rows.map(toCheckpoint)
}
