import { sweepCallBacks } from '#server/store/call-backs.ts'
import { sweepCalls } from '#server/store/calls.ts'
import { sweepChallenges } from '#server/store/challenges.ts'
import { sweepKnownBrowsers } from '#server/store/known-browsers.ts'
import { sweepMessageCounts } from '#server/store/message-counts.ts'
import { sweepMethodPauses } from '#server/store/method-pauses.ts'
import { sweepNotices } from '#server/store/notices.ts'
import { sweepOutbox } from '#server/store/outbox.ts'
import { sweepPasswordTries } from '#server/store/password-tries.ts'
import type { Installation } from '#server/system.ts'
import type { Job } from './schedule.ts'

const hour = 60 * 60 * 1_000
const keptMs = 24 * hour
const countsKeptMs = 400 * 24 * hour
const failuresKeptMs = 365 * 24 * hour

/** Forgets what was asked and sent a day ago: there are numbers in it, and nobody needs it any more. */
export function codesSweeping({ parts: { database, now }, budgets }: Installation): Job {
  return {
    name: 'sweep codes',
    everyMs: hour,
    async run() {
      const before = new Date(now().getTime() - keptMs)
      await sweepOutbox(database.alone, before)
      await sweepCalls(database.alone, before)
      await sweepChallenges(database.alone, before)
      await sweepCallBacks(database.alone, before)
      await sweepNotices(database.alone, before)
      await budgets.sweep(before)
      await sweepPasswordTries(database.alone, before)
      await sweepKnownBrowsers(database.alone, now())
      await sweepMessageCounts(database.alone, new Date(now().getTime() - countsKeptMs))
      await sweepMethodPauses(database.alone, new Date(now().getTime() - failuresKeptMs))
    },
  }
}
