import { randomUUID } from 'node:crypto'
import { Refusal } from '#server/domain/refusal.ts'
import { ImportTakenOver } from '#server/features/imports/import-batch.ts'
import { runImport } from '#server/features/imports/run-import.ts'
import { recordsIn } from '#server/features/imports/start-import.ts'
import type { Installation, System } from '#server/system.ts'
import type { Job, Log } from './schedule.ts'

type Needs = Pick<Installation, 'parts' | 'tenants' | 'systemOf'>

/** From the beginning to the first batch, numbers are looked through; each batch then asks for another minute. */
const leaseMs = 60_000

/** Carries out what came by the API, one import of a tenant at a time, and goes on with those another node left unfinished. */
export async function carryOutImports(installation: Needs, log: Log, signal?: AbortSignal): Promise<number> {
  let ended = 0
  for (const tenantId of await installation.tenants.idsWithWaitingImports(installation.parts.now())) {
    try {
      const system = await installation.systemOf(tenantId)
      while (system && !signal?.aborted && (await carryOutNext(system, signal))) ended += 1
    } catch (error) {
      // One tenant's trouble must not keep the others waiting.
      if (!isPassing(error)) log.error({ tenantId, err: error }, 'an import failed')
    }
  }
  return ended
}

async function carryOutNext(system: System, signal: AbortSignal | undefined): Promise<boolean> {
  const now = system.now()
  const run = await system.imports.findWaiting(now)
  if (!run) return false
  const lease = randomUUID()
  const isMine = await system.inTransaction(({ imports }) => imports.lease(run.id, lease, new Date(now.getTime() + leaseMs), now))
  const source = isMine ? await system.imports.sourceOf(run.id) : undefined
  if (source === undefined) return false
  const ending = await runImport(system, run, lease, recordsIn(source), signal ? { signal } : {}).catch((error) =>
    giveUp(system, run.id, error),
  )
  if (ending === 'stopped') await system.inTransaction(({ imports }) => imports.letGo(run.id))
  return true
}

/** The store was away, or another node was quicker: the import goes on when its turn comes again. */
function isPassing(error: unknown): boolean {
  return error instanceof Refusal || error instanceof ImportTakenOver
}

/** A mistake of ours would come again with every try. */
async function giveUp(system: System, id: string, error: unknown): Promise<never> {
  if (!isPassing(error))
    await system.inTransaction(({ imports }) => imports.finish(id, { code: 'internal_error', details: {} }, system.now()))
  throw error
}

export function importsCarryingOut(installation: Needs, log: Log): Job {
  return {
    name: 'carry out imports',
    everyMs: 2_000,
    async run(signal) {
      await carryOutImports(installation, log, signal)
    },
  }
}
