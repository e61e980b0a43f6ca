import { settledBefore, talliesKeptDays, tallySubjects } from '#server/domain/tally.ts'
import type { Installation, System } from '#server/system.ts'
import type { Job, Log } from './schedule.ts'

type Needs = Pick<Installation, 'parts' | 'tenants' | 'systemOf'>

/** One round: counts every hour that is over and not counted yet, an hour at a time, so that nobody who signs in meanwhile waits. */
export async function keepTallies(installation: Needs, now: Date, signal?: AbortSignal): Promise<{ tenantId: string; error: unknown }[]> {
  const failed: { tenantId: string; error: unknown }[] = []
  for (const tenantId of await installation.tenants.ids()) {
    if (signal?.aborted) break
    try {
      const system = await installation.systemOf(tenantId)
      if (system) await keepTenant(system, now, signal)
    } catch (error) {
      // One tenant's trouble must not leave the others without reports.
      failed.push({ tenantId, error })
    }
  }
  return failed
}

async function keepTenant({ writing }: System, now: Date, signal: AbortSignal | undefined): Promise<void> {
  const before = settledBefore(now)
  const tooOld = new Date(now.getTime() - talliesKeptDays * 24 * 60 * 60 * 1000)
  for (const subject of tallySubjects) {
    while (!signal?.aborted && (await writing(({ tallies }) => tallies.settle(subject, before)))) {
      // The next hour is counted in a transaction of its own.
    }
    await writing(({ tallies }) => tallies.forget(subject, tooOld))
  }
}

export function talliesKeeping(installation: Needs, log: Log): Job {
  return {
    name: 'count the hours that are over',
    everyMs: 5 * 60 * 1000,
    async run(signal) {
      for (const { tenantId, error } of await keepTallies(installation, installation.parts.now(), signal)) {
        log.error({ tenantId, err: error }, 'what a tenant’s reports are made of could not be counted')
      }
    },
  }
}
