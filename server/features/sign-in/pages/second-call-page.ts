import type { FastifyReply } from 'fastify'
import { maskedNumber } from '#server/domain/phone-number.ts'
import { methods } from '#server/methods/index.ts'
import { proveSecondByPhone } from '../prove-second.ts'
import type { CallState } from '../views/call-parts.ts'
import { secondCallView } from '../views/second-call-view.ts'
import { arrive } from './arrival.ts'
import type { Second } from './second-page.ts'

/** The page asks again so often what came of the call, since it cannot be told without a script. */
const refreshSeconds = 4

export async function showSecondCall({ visit, options, current }: Second, told?: CallState): Promise<FastifyReply> {
  const { system, browser, reply, flow } = visit
  const call = await methods.voice.viewCall(system, flow?.second?.challengeId ?? '', browser, 'second-factor')
  const state = told ?? call?.state ?? 'expired'
  if (state === 'ringing' || state === 'answered') reply.header('refresh', String(refreshSeconds))
  const page = secondCallView({
    ...visit.step,
    called: current ? maskedNumber(current.phone.number) : '',
    digit: call?.digit ?? '',
    state,
    canCallAgain: call !== undefined && state !== 'passed' && call.callsLeft > 0 && call.canCallAgainAt <= system.now(),
    hasOther: options.length > 1,
  })
  return visit.show(told === 'slow-down' ? { ...page, status: 429 } : page)
}

export async function takeSecondCall(second: Second): Promise<FastifyReply> {
  const { visit, held, current } = second
  const { system, pending, moment, browser, fields, flow } = visit
  if (fields['do'] !== 'next' || !current) return visit.again()
  const answer = { way: current.way, challengeId: flow?.second?.challengeId ?? '', code: '', browser }
  const proven = await proveSecondByPhone(system, { held, pending, moment }, answer)
  // What the phone said so far, or did not, the page shows.
  return proven.kind === 'proven' ? arrive(visit, held, proven.due) : visit.again()
}

export async function callSecondAgain(second: Second): Promise<FastifyReply> {
  const { visit } = second
  const called = await methods.voice.callAgain(visit.system, visit.flow?.second?.challengeId ?? '', visit.browser, 'second-factor')
  if (called.kind !== 'slow_down') return visit.again()
  visit.reply.header('retry-after', String(called.retryAfterSeconds))
  return showSecondCall(second, 'slow-down')
}
