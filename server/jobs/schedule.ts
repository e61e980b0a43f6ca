import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { CheckpointFile } from '#server/gateways/checkpoint-file.ts'
import type { Installation } from '#server/system.ts'
import { importsCarryingOut } from './carry-out-imports.ts'
import { deletedErasing } from './erase-deleted.ts'
import { signInsForgetting } from './forget-sign-ins.ts'
import { talliesKeeping } from './keep-tallies.ts'
import { keyRotating } from './rotate-keys.ts'
import { auditSealing } from './seal-audit.ts'
import { codesSweeping } from './sweep-codes.ts'
import { recordsSweeping } from './sweep-records.ts'

export type Log = Pick<Logger, 'error'>

/** What happens by itself, again and again. */
export interface Job {
  name: string
  /** From the end of one run to the beginning of the next, so that runs never overlap. */
  everyMs: number
  /** A long run looks at the signal and ends where it can. */
  run(signal: AbortSignal): Promise<void>
}

export interface Running {
  /** Resolves when no run is under way any more. */
  stop(): Promise<void>
}

export function startJobs(installation: Installation, { dataDirectory, log }: { dataDirectory: string; log: Log }): Running {
  const checkpoints = new CheckpointFile(dataDirectory)
  const jobs = [
    auditSealing(installation, (signed) => checkpoints.ship(signed), log),
    deletedErasing(installation, log),
    codesSweeping(installation),
    recordsSweeping(installation),
    // Before what it counts is forgotten.
    talliesKeeping(installation, log),
    signInsForgetting(installation, log),
    keyRotating(installation, log),
    importsCarryingOut(installation, log),
  ]
  return startSchedule(jobs, log)
}

export function startSchedule(jobs: readonly Job[], log: Log): Running {
  const stopping = new AbortController()
  const running = jobs.map((job) => repeat(job, log, stopping.signal))
  return {
    async stop() {
      stopping.abort()
      await Promise.all(running)
    },
  }
}

async function repeat(job: Job, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await job.run(signal)
    } catch (error) {
      log.error({ err: error, job: job.name }, 'a job failed')
    }
    // The only way this pause fails is by the signal that ends the loop.
    await pause(job.everyMs, undefined, { signal }).catch(() => {})
  }
}
