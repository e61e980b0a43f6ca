import { randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { methods } from '#server/methods/index.ts'
import { conclude } from '../conclude.ts'
import { keepNumber } from '../keep-number.ts'
import { type Answer, proveCode, proveNumber } from '../prove-code.ts'
import { type CodeError, codeMaxLength, codeView } from '../views/code-view.ts'
import { type Arrival, goOn } from './arrival.ts'
import { goHome } from './organisation-page.ts'
import type { Visit } from './visit.ts'

const deviceBytes = 16

export async function showCode(visit: Visit, error?: CodeError): Promise<FastifyReply> {
  const { system, browser, ways, flow } = visit
  const challenge = await methods.sms.viewChallenge(system, flow?.challengeId ?? '', browser, 'sign-in')
  const now = system.now()
  const isExpired = challenge !== undefined && challenge.expiresAt <= now
  const page = codeView({
    ...visit.step,
    maskedNumber: undefined,
    typedMasked: flow?.typedMasked ?? '',
    error: error ?? (isExpired ? { kind: 'expired' } : undefined),
    isResent: flow?.isResent === true,
    resendInSeconds: secondsToResend(challenge, now),
    ways,
    offers: visit.asks,
  })
  return visit.show(error ? { ...page, status: error.kind === 'slow-down' ? 429 : 400 } : page)
}

export async function takeCode(visit: Visit): Promise<FastifyReply> {
  const { flow, system, pending, browser } = visit
  if (visit.fields['do'] === 'password' && visit.asks) return toPassword(visit)
  const code = codeIn(visit)
  if (typeof code !== 'string') return showCode(visit, code)
  const { challengeId = '', attemptId = '' } = flow ?? {}
  if (pending.view.isAnywhere) return takeNumber(visit, { challengeId, attemptId, code, browser, device: '' })
  const device = browser.device ?? randomBytes(deviceBytes).toString('base64url')
  let arrival: Arrival | undefined
  const outcome = await proveCode(system, { challengeId, attemptId, code, browser, device }, async (stores, proof, isUnfinished) => {
    const due = await conclude(stores, pending, proof, { ...visit.moment, mayOffer: !isUnfinished })
    arrival = { userId: proof.userId, due, asksToKeepNumber: isUnfinished }
    return due
  })
  switch (outcome.kind) {
    case 'wrong':
      return showCode(visit, outcome.triesLeft > 0 ? outcome : { kind: 'over' })
    case 'over':
      // Pressed twice, the same right code came twice: whoever comes second goes on as the first does.
      return (await visit.isProvenByNow()) ? visit.again() : showCode(visit, { kind: 'over' })
    case 'passed':
      visit.rememberDevice(device)
      return arrival ? goOn(visit, arrival) : visit.again()
  }
}

/** Whether the number is the person's user name from now on; either way they are signed in. */
export async function takeKeeping(visit: Visit): Promise<FastifyReply> {
  const { fields, flow, system, browser, request } = visit
  if (fields.keep === undefined || !flow?.challengeId) return visit.again()
  await keepNumber(system, { challengeId: flow.challengeId, browser, keeps: fields.keep === 'yes', requestId: request.id })
  return visit.asksToStaySignedIn ? visit.goTo({ ...flow, step: 'code' }) : visit.leave()
}

/** Who comes back for the code gets the challenge that is there, and no second text. */
function toPassword(visit: Visit): FastifyReply {
  const { typed, country, typedMasked } = visit.flow ?? {}
  return visit.goTo({ step: 'password', typed, country, typedMasked })
}

async function takeNumber(visit: Visit, answer: Answer): Promise<FastifyReply> {
  const outcome = await proveNumber(visit.system, answer)
  if (outcome.kind === 'wrong') return showCode(visit, outcome.triesLeft > 0 ? outcome : { kind: 'over' })
  return outcome.kind === 'over' ? showCode(visit, { kind: 'over' }) : goHome(visit)
}

export async function resend(visit: Visit): Promise<FastifyReply> {
  const { flow, system, browser } = visit
  const outcome = await methods.sms.resendCode(system, flow?.challengeId ?? '', browser, 'sign-in')
  switch (outcome.kind) {
    case 'sent':
      return flow ? visit.goTo({ ...flow, isResent: true }) : visit.again()
    case 'slow_down':
      visit.reply.header('retry-after', String(outcome.retryAfterSeconds))
      return showCode(visit, { kind: 'slow-down' })
    // The page says when, or that there is no more; asking early changes nothing.
    case 'too_soon':
    case 'no_more':
      return visit.again()
    case 'over':
      return showCode(visit, { kind: 'over' })
  }
}

/** What was typed, or what is wrong with it before anybody has to pay for a try. */
export function codeIn({ fields }: Visit): string | CodeError {
  const code = plainCode(fields['code'] ?? '')
  if (code === '') return { kind: 'missing' }
  return /^\d{6,8}$/.test(code) ? code : { kind: 'malformed' }
}

/** How long the button waits; undefined when nothing is sent any more. */
export function secondsToResend(challenge: { sendsLeft: number; canResendAt: Date } | undefined, now: Date): number | undefined {
  if (!challenge || challenge.sendsLeft === 0) return undefined
  return Math.max(0, Math.ceil((challenge.canResendAt.getTime() - now.getTime()) / 1000))
}

/** As people paste it: with blanks, in groups, in the digits of their own script. */
function plainCode(text: string): string {
  return text
    .slice(0, codeMaxLength * 2)
    .normalize('NFKC')
    .replace(/[\s\p{Cf}-]/gu, '')
}
