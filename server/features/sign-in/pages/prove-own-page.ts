import type { FastifyReply } from 'fastify'
import { maskedNumber } from '#server/domain/phone-number.ts'
import { receiverLocale } from '#server/domain/receiver-locale.ts'
import { methods } from '#server/methods/index.ts'
import { proveOwn } from '../prove-own.ts'
import type { CallState } from '../views/call-parts.ts'
import type { CodeError } from '../views/code-view.ts'
import { registerCallView } from '../views/register-call-view.ts'
import { registerCodeView } from '../views/register-code-view.ts'
import { codeIn, secondsToResend } from './code-page.ts'
import type { Registering } from './registering.ts'

const refreshSeconds = 4

/** Sends a code to a number they have, or calls it: only its owner may add anything beside it. */
export async function startOwnProof(registering: Registering): Promise<FastifyReply> {
  const { visit, held, ownProof } = registering
  if (!ownProof) return registering.goToWay()
  const { system, browser, locale } = visit
  const { channel, phone } = ownProof
  const user = await system.users.find(held.userId)
  const asked = { purpose: 'second-factor', userId: held.userId, locale: receiverLocale(user?.preferredLanguage, locale), browser } as const
  const started =
    channel === 'sms'
      ? await methods.sms.startCode(system, { ...asked, receiver: phone.number })
      : await methods.voice.startCall(system, { ...asked, number: phone.number, phoneType: phone.type, extension: phone.extension })
  if (started.kind === 'slow_down') {
    visit.reply.header('retry-after', String(started.retryAfterSeconds))
    return showOwnProof(registering, { kind: 'slow-down' })
  }
  const challengeId = 'callId' in started ? started.callId : started.challengeId
  return registering.goTo('register-prove', { channel, challengeId, sentTo: maskedNumber(phone.number) })
}

export async function showOwnProof(registering: Registering, error?: CodeError): Promise<FastifyReply> {
  const { visit, flow } = registering
  const { system, browser, reply } = visit
  const { challengeId = '', channel, sentTo = '' } = flow
  const shared = { ...registering.step, notice: 'first-you', progress: undefined, hasOther: false, isOwn: true } as const
  if (channel === 'voice') {
    const call = await methods.voice.viewCall(system, challengeId, browser, 'second-factor')
    const state: CallState = error ? 'slow-down' : (call?.state ?? 'expired')
    if (state === 'ringing' || state === 'answered') reply.header('refresh', String(refreshSeconds))
    const canCallAgain = call !== undefined && state !== 'passed' && call.callsLeft > 0 && call.canCallAgainAt <= system.now()
    return visit.show(registerCallView({ ...shared, called: sentTo, digit: call?.digit ?? '', state, canCallAgain }))
  }
  const challenge = await methods.sms.viewChallenge(system, challengeId, browser, 'second-factor')
  const isExpired = challenge !== undefined && challenge.expiresAt <= system.now()
  const page = registerCodeView({
    ...shared,
    way: 'phone',
    sentTo,
    error: error ?? (isExpired ? { kind: 'expired' } : undefined),
    isResent: flow.isResent === true,
    resendInSeconds: secondsToResend(challenge, system.now()),
  })
  return visit.show(error ? { ...page, status: error.kind === 'slow-down' ? 429 : 400 } : page)
}

export async function takeOwnProof(registering: Registering): Promise<FastifyReply> {
  const { visit, held, flow } = registering
  const { fields, system, pending, browser } = visit
  if (fields['do'] === 'resend') return sendOwnAgain(registering)
  const { challengeId = '', channel = 'sms' } = flow
  const code = channel === 'voice' ? '' : codeIn(visit)
  if (typeof code !== 'string') return showOwnProof(registering, code)
  const proven = await proveOwn(system, pending, held, { channel, challengeId, code, browser })
  switch (proven.kind) {
    case 'proven':
      return registering.goToWay()
    case 'wrong':
      return showOwnProof(registering, proven.triesLeft > 0 ? proven : { kind: 'over' })
    case 'not-yet':
      return showOwnProof(registering)
    case 'over': {
      // Pressed twice, the same proof came twice: whoever comes second goes on as the first does.
      const now = await visit.pendingByNow()
      const isDone = !now?.held || now.held.methods.length > held.methods.length
      return isDone || channel === 'voice' ? visit.again() : showOwnProof(registering, { kind: 'over' })
    }
  }
}

async function sendOwnAgain(registering: Registering): Promise<FastifyReply> {
  const { visit, flow } = registering
  const { challengeId = '', channel } = flow
  const again =
    channel === 'voice'
      ? await methods.voice.callAgain(visit.system, challengeId, visit.browser, 'second-factor')
      : await methods.sms.resendCode(visit.system, challengeId, visit.browser, 'second-factor')
  if (again.kind === 'sent') return registering.goTo('register-prove', { ...flow, isResent: true })
  return again.kind === 'slow_down' ? showOwnProof(registering, { kind: 'slow-down' }) : visit.again()
}
