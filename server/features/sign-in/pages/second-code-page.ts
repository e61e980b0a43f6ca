import type { FastifyReply } from 'fastify'
import { maskedNumber } from '#server/domain/phone-number.ts'
import { methods } from '#server/methods/index.ts'
import { proveSecondByPhone } from '../prove-second.ts'
import type { CodeError } from '../views/code-view.ts'
import { secondCodeView } from '../views/second-code-view.ts'
import { arrive } from './arrival.ts'
import { codeIn, secondsToResend } from './code-page.ts'
import type { Second } from './second-page.ts'

export async function showSecondCode({ visit, options, current }: Second, error?: CodeError): Promise<FastifyReply> {
  const { system, browser, flow } = visit
  const challenge = await methods.sms.viewChallenge(system, flow?.second?.challengeId ?? '', browser, 'second-factor')
  const isExpired = challenge !== undefined && challenge.expiresAt <= system.now()
  const page = secondCodeView({
    ...visit.step,
    sentTo: current ? maskedNumber(current.phone.number) : '',
    error: error ?? (isExpired ? { kind: 'expired' } : undefined),
    isResent: flow?.second?.isResent === true,
    resendInSeconds: secondsToResend(challenge, system.now()),
    hasOther: options.length > 1,
  })
  return visit.show(error ? { ...page, status: error.kind === 'slow-down' ? 429 : 400 } : page)
}

export async function takeSecondCode(second: Second): Promise<FastifyReply> {
  const { visit, held } = second
  const { system, pending, moment, browser, flow } = visit
  const code = codeIn(visit)
  if (typeof code !== 'string') return showSecondCode(second, code)
  const { challengeId = '' } = flow?.second ?? {}
  const proven = await proveSecondByPhone(system, { held, pending, moment }, { way: 'sms', challengeId, code, browser })
  switch (proven.kind) {
    case 'proven':
      return arrive(visit, held, proven.due)
    case 'wrong':
      return showSecondCode(second, proven.triesLeft > 0 ? proven : { kind: 'over' })
    default:
      // Pressed twice, the same right code came twice: whoever comes second goes on as the first does.
      return (await isDoneByNow(second)) ? visit.again() : showSecondCode(second, { kind: 'over' })
  }
}

/** Whether more is proven by now than when this request began, or the way here is over. */
async function isDoneByNow({ visit, held }: Second): Promise<boolean> {
  const now = await visit.pendingByNow()
  return !now?.held || now.held.methods.length > held.methods.length
}

export async function resendSecondCode(second: Second): Promise<FastifyReply> {
  const { visit } = second
  const { system, browser, flow } = visit
  const { way = 'sms', challengeId = '' } = flow?.second ?? {}
  const outcome = await methods.sms.resendCode(system, challengeId, browser, 'second-factor')
  switch (outcome.kind) {
    case 'sent':
      return visit.goTo({ ...flow, step: 'second-code', second: { way, challengeId, isResent: true } })
    case 'slow_down':
      visit.reply.header('retry-after', String(outcome.retryAfterSeconds))
      return showSecondCode(second, { kind: 'slow-down' })
    case 'too_soon':
    case 'no_more':
      return visit.again()
    case 'over':
      return showSecondCode(second, { kind: 'over' })
  }
}
