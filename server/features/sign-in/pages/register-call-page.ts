import type { FastifyReply } from 'fastify'
import { methods } from '#server/methods/index.ts'
import type { CallState } from '../views/call-parts.ts'
import { registerCallView } from '../views/register-call-view.ts'
import { confirm } from './confirm-page.ts'
import type { Registering } from './registering.ts'

/** The page asks again so often what came of the call, since it cannot be told without a script. */
const refreshSeconds = 4

export async function showCall(registering: Registering, told?: CallState): Promise<FastifyReply> {
  const { visit, flow } = registering
  const { system, browser, reply } = visit
  const call = await methods.voice.viewCall(system, flow.challengeId ?? '', browser, 'add-phone')
  const state = told ?? call?.state ?? 'expired'
  if (state === 'ringing' || state === 'answered') reply.header('refresh', String(refreshSeconds))
  const page = registerCallView({
    ...registering.step,
    called: flow.sentTo ?? '',
    digit: call?.digit ?? '',
    state,
    canCallAgain: call !== undefined && state !== 'passed' && call.callsLeft > 0 && call.canCallAgainAt <= system.now(),
  })
  return visit.show(told === 'slow-down' ? { ...page, status: 429 } : page)
}

export async function takeCall(registering: Registering): Promise<FastifyReply> {
  const { fields } = registering.visit
  if (fields['do'] !== 'next') return registering.visit.again()
  // What the phone said so far, or did not, the page shows.
  return confirm(registering, '', () => showCall(registering))
}

export async function callAgain(registering: Registering): Promise<FastifyReply> {
  const { visit, flow } = registering
  const called = await methods.voice.callAgain(visit.system, flow.challengeId ?? '', visit.browser, 'add-phone')
  if (called.kind !== 'slow_down') return visit.again()
  visit.reply.header('retry-after', String(called.retryAfterSeconds))
  return showCall(registering, 'slow-down')
}
