import { randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { conclude } from '../conclude.ts'
import { provePassword } from '../prove-password.ts'
import { type PasswordError, passwordView } from '../views/password-view.ts'
import { goOn } from './arrival.ts'
import { identify } from './identify-page.ts'
import type { Visit } from './visit.ts'

const deviceBytes = 16

const uselessPass = {
  NotYetValid: 'pass-not-yet',
  DisabledByPolicy: 'pass-not-allowed',
  Expired: 'pass-expired',
  OneTimeUsed: 'pass-used',
} as const

/** The same for every name, known or not: it says what people here may have, and of nobody what they do have. */
export function showPassword(visit: Visit, error?: PasswordError): FastifyReply {
  const { flow, ways, asks = 'password' } = visit
  const page = passwordView({ ...visit.step, typed: flow?.typed ?? '', typedMasked: flow?.typedMasked ?? '', error, ways, asks })
  return visit.show(error ? { ...page, status: error.kind === 'slow-down' || error.kind === 'locked' ? 429 : 400 } : page)
}

export async function takePassword(visit: Visit): Promise<FastifyReply> {
  const { browser, fields, flow, pending, request, system } = visit
  const { typed = '', country, attemptId } = flow ?? {}
  if (fields['do'] === 'text') return identify(visit, typed, country, 'code')
  const password = fields['password'] ?? ''
  if (password === '') return showPassword(visit, { kind: 'missing' })
  const device = browser.device ?? randomBytes(deviceBytes).toString('base64url')
  const answer = {
    typed,
    country,
    password,
    attemptId,
    interaction: pending.view,
    knownAs: browser.device,
    device,
    address: browser.address,
    userAgent: request.headers['user-agent'] ?? '',
    requestId: request.id,
  }
  const proven = await provePassword(system, answer, async (stores, proof) => {
    // Pressed twice, the same right password came twice: whoever comes second goes on as the first does.
    return (await pending.isSettled(stores, system.now()))
      ? undefined
      : conclude(stores, pending, proof, { ...visit.moment, mayOffer: true })
  })
  const { outcome, due } = proven
  if (flow) visit.keep({ ...flow, attemptId: proven.attemptId })
  switch (outcome.kind) {
    case 'passed':
      visit.rememberDevice(device)
      return goOn(visit, { userId: outcome.userId, due, asksToKeepNumber: false })
    case 'locked':
      return showPassword(visit, {
        kind: 'locked',
        minutes: Math.max(1, Math.ceil((outcome.until.getTime() - system.now().getTime()) / 60_000)),
      })
    case 'slow_down':
      visit.reply.header('retry-after', String(outcome.retryAfterSeconds))
      return showPassword(visit, { kind: 'slow-down' })
    case 'unusable':
      // Pressed twice, a pass for one sign-in came twice: whoever comes second goes on as the first does.
      return (await visit.isProvenByNow()) ? visit.again() : showPassword(visit, { kind: uselessPass[outcome.because] })
    case 'wrong':
    case 'expired':
      return showPassword(visit, { kind: outcome.kind })
  }
}
