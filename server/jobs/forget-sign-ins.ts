import type { Installation } from '#server/system.ts'
import type { Job, Log } from './schedule.ts'

type Needs = Pick<Installation, 'parts' | 'tenants' | 'systemOf'>

const keptDays = 30
/** Few enough that nobody who signs in meanwhile waits for long. */
const batchMax = 500

export interface ForgettingRound {
  forgotten: number
  failed: { tenantId: string; error: unknown }[]
}

/** One round: takes out of the log every sign-in that began more than thirty days ago. */
export async function forgetSignIns(installation: Needs, now: Date, signal?: AbortSignal): Promise<ForgettingRound> {
  const round: ForgettingRound = { forgotten: 0, failed: [] }
  const before = new Date(now.getTime() - keptDays * 24 * 60 * 60 * 1000)
  for (const tenantId of await installation.tenants.idsWithSignInsBefore(before)) {
    try {
      const system = await installation.systemOf(tenantId)
      let forgotten = system ? batchMax : 0
      while (system && forgotten === batchMax) {
        if (signal?.aborted) return round
        forgotten = await system.inTransaction(({ signIns }) => signIns.forget(before, batchMax))
        round.forgotten += forgotten
      }
    } catch (error) {
      // One tenant's trouble must not make the others' logs grow for ever.
      round.failed.push({ tenantId, error })
    }
  }
  return round
}

export function signInsForgetting(installation: Needs, log: Log): Job {
  return {
    name: 'forget sign-ins of more than thirty days ago',
    everyMs: 60 * 60 * 1000,
    async run(signal) {
      const { failed } = await forgetSignIns(installation, installation.parts.now(), signal)
      for (const { tenantId, error } of failed) log.error({ tenantId, err: error }, 'the old sign-ins of a tenant could not be forgotten')
    },
  }
}
