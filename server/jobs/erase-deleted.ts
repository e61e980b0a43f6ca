import { randomUUID } from 'node:crypto'
import type { Author } from '#server/domain/caller.ts'
import { eraseForGood } from '#server/features/users/erase-user.ts'
import type { Installation } from '#server/system.ts'
import type { Job, Log } from './schedule.ts'

type Needs = Pick<Installation, 'parts' | 'tenants' | 'systemOf'>

const keptDays = 30
/** Few enough that nobody who writes meanwhile waits for long. */
const batchMax = 50

export interface SweepingRound {
  erased: number
  failed: { tenantId: string; error: unknown }[]
}

/** One round: erases everybody who was deleted thirty days ago, as Entra does. */
export async function eraseDeleted(installation: Needs, now: Date, signal?: AbortSignal): Promise<SweepingRound> {
  const round: SweepingRound = { erased: 0, failed: [] }
  const before = new Date(now.getTime() - keptDays * 24 * 60 * 60 * 1000)
  const author: Author = { author: { kind: 'server', name: 'sweep' }, requestId: randomUUID() }
  for (const tenantId of await installation.tenants.idsWithDeletedBy(before)) {
    try {
      let erased: number
      do {
        if (signal?.aborted) return round
        erased = await eraseBatch(installation, tenantId, author, before, now)
        round.erased += erased
      } while (erased === batchMax)
    } catch (error) {
      // One tenant's trouble must not keep the others' people for ever.
      round.failed.push({ tenantId, error })
    }
  }
  return round
}

/** Who is erased is asked for in the same transaction, so that of two servers that sweep at once only one writes it down. */
async function eraseBatch(installation: Needs, tenantId: string, author: Author, before: Date, now: Date): Promise<number> {
  const system = await installation.systemOf(tenantId)
  if (!system) return 0
  return system.inTransaction(async (stores) => {
    const batch = await stores.users.findDeletedBy(before, batchMax)
    for (const user of batch) await eraseForGood(stores, author, user, now)
    return batch.length
  })
}

export function deletedErasing(installation: Needs, log: Log): Job {
  return {
    name: 'erase who was deleted thirty days ago',
    everyMs: 60 * 60 * 1000,
    async run(signal) {
      const { failed } = await eraseDeleted(installation, installation.parts.now(), signal)
      for (const { tenantId, error } of failed) log.error({ tenantId, err: error }, 'the deleted people of a tenant could not be erased')
    },
  }
}
