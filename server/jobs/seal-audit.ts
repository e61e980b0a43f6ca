import type { Checkpoint } from '#server/domain/audit-chain.ts'
import type { Position } from '#server/store/audit-chain.ts'
import { newestCheckpoints, tenantsToSeal } from '#server/store/audit-rounds.ts'
import type { Installation } from '#server/system.ts'
import type { Job, Log } from './schedule.ts'

type Needs = Pick<Installation, 'parts' | 'auditChain'>

/** Carries checkpoints out of the database; it keeps what it could not carry and tries again when it is called the next time. */
export type Ship = (checkpoints: readonly Checkpoint[]) => Promise<void>

export interface SealingRound {
  sealed: number
  /** Tenants with events that somebody else wrote, and the first of these. */
  unproven: { tenantId: string; eventId: string; count: number }[]
  failed: { tenantId: string; error: unknown }[]
  shipping: { done: true } | { done: false; error: unknown }
}

/** One round: seals what every tenant has waiting, signs where it is time to, and ships what was signed. */
export async function sealAudit(installation: Needs, ship: Ship, now: Date, signal?: AbortSignal): Promise<SealingRound> {
  const round: SealingRound = { sealed: 0, unproven: [], failed: [], shipping: { done: true } }
  const signed: Checkpoint[] = []
  for (const tenantId of await tenantsToSeal(installation.parts.database, now)) {
    if (signal?.aborted) break
    try {
      const { sealed, unproven } = await sealTenant(installation, tenantId, now, signal)
      round.sealed += sealed
      if (unproven[0]) round.unproven.push({ tenantId, eventId: unproven[0], count: unproven.length })
      const checkpoint = await inTransaction(installation, tenantId, (chain) => chain.checkpoint(now))
      if (checkpoint) signed.push(checkpoint)
    } catch (error) {
      // One tenant's trouble must not leave the others without seals.
      round.failed.push({ tenantId, error })
    }
  }
  try {
    await ship(signed)
  } catch (error) {
    round.shipping = { done: false, error }
  }
  return round
}

/** Many short transactions, so that nobody waits for a long one. */
async function sealTenant(installation: Needs, tenantId: string, now: Date, signal: AbortSignal | undefined) {
  const unproven: string[] = []
  let sealed = 0
  let from: Position | undefined
  do {
    const part = await inTransaction(installation, tenantId, (chain) => chain.sealNext(now, from))
    sealed += part.sealed
    unproven.push(...part.unproven)
    from = part.end
  } while (from && !signal?.aborted)
  return { sealed, unproven }
}

function inTransaction<T>(
  installation: Needs,
  tenantId: string,
  work: (chain: ReturnType<Installation['auditChain']>) => Promise<T>,
): Promise<T> {
  return installation.parts.database.inTransaction((connection) => work(installation.auditChain(tenantId, connection)))
}

/** Seals at most five seconds after the change, and tells the log what it could not seal, each trouble once. */
export function auditSealing(installation: Needs, ship: Ship, log: Log): Job {
  const told = new Map<string, string>()
  let isCaughtUp = false

  async function shipAll(signed: readonly Checkpoint[]): Promise<void> {
    // A crash between the commit and the shipping leaves a checkpoint that only the database knows.
    await ship(isCaughtUp ? signed : [...(await newestCheckpoints(installation.parts.database)), ...signed])
    isCaughtUp = true
  }

  return {
    name: 'seal the audit log',
    everyMs: 3_000,
    async run(signal) {
      const { unproven, failed, shipping } = await sealAudit(installation, shipAll, installation.parts.now(), signal)
      for (const { tenantId, eventId, count } of unproven) {
        const trouble = `${eventId} ${count}`
        if (told.get(tenantId) === trouble) continue
        told.set(tenantId, trouble)
        log.error({ tenantId, eventId, count }, 'audit events that this server did not write')
      }
      for (const { tenantId, error } of failed) log.error({ tenantId, err: error }, 'the audit log of a tenant could not be sealed')
      if (!shipping.done) log.error({ err: shipping.error }, 'audit checkpoints could not be shipped')
    },
  }
}
