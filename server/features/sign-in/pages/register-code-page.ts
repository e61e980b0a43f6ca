import type { FastifyReply } from 'fastify'
import { methods } from '#server/methods/index.ts'
import type { CodeError } from '../views/code-view.ts'
import { registerCodeView } from '../views/register-code-view.ts'
import { codeIn, secondsToResend } from './code-page.ts'
import { confirm } from './confirm-page.ts'
import type { Registering } from './registering.ts'

export async function showRegistrationCode(registering: Registering, error?: CodeError): Promise<FastifyReply> {
  const { visit, flow } = registering
  const { system, browser } = visit
  const { way = 'phone', challengeId = '' } = flow
  const challenge =
    way === 'email'
      ? await methods.email.viewChallenge(system, challengeId, browser, 'add-email')
      : await methods.sms.viewChallenge(system, challengeId, browser, 'add-phone')
  const isExpired = challenge !== undefined && challenge.expiresAt <= system.now()
  const page = registerCodeView({
    ...registering.step,
    way,
    sentTo: flow.sentTo ?? '',
    error: error ?? (isExpired ? { kind: 'expired' } : undefined),
    isResent: flow.isResent === true,
    resendInSeconds: secondsToResend(challenge, system.now()),
  })
  return visit.show(error ? { ...page, status: error.kind === 'slow-down' ? 429 : 400 } : page)
}

export async function takeRegistrationCode(registering: Registering): Promise<FastifyReply> {
  const code = codeIn(registering.visit)
  if (typeof code !== 'string') return showRegistrationCode(registering, code)
  return confirm(registering, code, (because) =>
    showRegistrationCode(registering, because.kind === 'wrong' && because.triesLeft > 0 ? because : { kind: 'over' }),
  )
}

export async function resendRegistrationCode(registering: Registering): Promise<FastifyReply> {
  const { visit, flow } = registering
  const { system, browser } = visit
  const { way, challengeId = '' } = flow
  const outcome = await (way === 'email'
    ? methods.email.resendCode(system, challengeId, browser, 'add-email')
    : methods.sms.resendCode(system, challengeId, browser, 'add-phone'))
  switch (outcome.kind) {
    case 'sent':
      return registering.goTo('register-code', { ...flow, isResent: true })
    case 'slow_down':
      visit.reply.header('retry-after', String(outcome.retryAfterSeconds))
      return showRegistrationCode(registering, { kind: 'slow-down' })
    case 'too_soon':
    case 'no_more':
      return visit.again()
    case 'over':
      return showRegistrationCode(registering, { kind: 'over' })
  }
}
