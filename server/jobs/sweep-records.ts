import { forgetEndedRecords } from '#server/store/oidc-records.ts'
import type { Installation } from '#server/system.ts'
import type { Job } from './schedule.ts'

const everyMs = 60_000
const atATime = 200

/** Forgets sessions, codes and tokens that ran out, and what was remembered only so that it is not used twice. */
export function recordsSweeping({ parts: { database, now } }: Installation): Job {
  return {
    name: 'sweep records',
    everyMs,
    async run(signal) {
      for (let forgotten = atATime; forgotten === atATime && !signal.aborted; ) {
        forgotten = await database.inTransaction((connection) => forgetEndedRecords(connection, now(), atATime))
      }
    },
  }
}
