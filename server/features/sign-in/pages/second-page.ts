import type { FastifyReply } from 'fastify'
import type { HeldProof } from '#server/domain/interaction.ts'
import { maskedNumber } from '#server/domain/phone-number.ts'
import { kindsOf } from '#server/domain/proof-strength.ts'
import { receiverLocale } from '#server/domain/receiver-locale.ts'
import { methods } from '#server/methods/index.ts'
import { findSecondFactors, type SecondFactorOption } from '../find-second-factors.ts'
import { resumeSession } from '../resume-session.ts'
import { secondChoiceView } from '../views/second-choice-view.ts'
import { secondMissingView } from '../views/second-missing-view.ts'
import { callSecondAgain, showSecondCall, takeSecondCall } from './second-call-page.ts'
import { resendSecondCode, showSecondCode, takeSecondCode } from './second-code-page.ts'
import { showSecondPassword, takeSecondPassword } from './second-password-page.ts'
import type { Visit } from './visit.ts'

/** One request of somebody whose proof so far is one factor, of two. */
export interface Second {
  visit: Visit
  held: HeldProof
  options: readonly SecondFactorOption[]
  /** The one that is under way. */
  current: PhoneOption | undefined
}

type PhoneOption = Exclude<SecondFactorOption, { way: 'password' }>

/** Somebody who is signed in comes for more: straight to what is missing. Undefined when all has to be proven anew. */
export async function resume(visit: Visit): Promise<FastifyReply | undefined> {
  const { pending, system, moment, browser, request } = visit
  if (visit.flow || !pending.sessionProof) return undefined
  const userAgent = request.headers['user-agent'] ?? ''
  const isResumed = await resumeSession(system, pending, pending.sessionProof, { moment, browser, userAgent, requestId: request.id })
  return isResumed ? visit.goTo({ step: 'second' }) : undefined
}

export async function showSecond(visit: Visit, held: HeldProof): Promise<FastifyReply> {
  const second = await open(visit, held)
  if (second.current && visit.flow?.step === 'second-code') return showSecondCode(second)
  if (second.current && visit.flow?.step === 'second-call') return showSecondCall(second)
  return second.options[0]?.way === 'password' ? showSecondPassword(second) : showChoice(second)
}

export async function takeSecond(visit: Visit, held: HeldProof): Promise<FastifyReply> {
  const { fields, flow } = visit
  const left = await leave(visit)
  if (left) return left
  const second = await open(visit, held)
  if (fields['way'] !== undefined) return start(second, fields['way'])
  if (fields['do'] === 'different') return visit.goTo({ ...flow, step: 'second', second: undefined })
  const isAgain = fields['do'] === 'resend'
  if (second.current && flow?.step === 'second-code') return isAgain ? resendSecondCode(second) : takeSecondCode(second)
  if (second.current && flow?.step === 'second-call') return isAgain ? callSecondAgain(second) : takeSecondCall(second)
  return second.options[0]?.way === 'password' ? takeSecondPassword(second) : visit.again()
}

/** There is nothing this person could prove. */
export async function showMissing(visit: Visit, { methods: proven }: HeldProof): Promise<FastifyReply> {
  const { appName } = visit.pending.view
  const { afterSmsSignIn } = visit.system.signInSettings
  const lacks = !kindsOf(proven).has('possession') ? 'phone' : afterSmsSignIn === 'deny' ? 'another-start' : 'password'
  return visit.show(secondMissingView({ ...visit.step, appName, lacks, hasOther: false }))
}

export async function takeMissing(visit: Visit): Promise<FastifyReply> {
  return (await leave(visit)) ?? visit.again()
}

/** Out of it: as somebody else, or back to the app without having signed in. */
async function leave(visit: Visit): Promise<FastifyReply | undefined> {
  const { fields, pending, system } = visit
  switch (fields['do']) {
    case 'back':
      await system.inTransaction((stores) => pending.letGo(stores))
      return visit.goTo({ step: 'identify' })
    case 'cancel':
      await system.inTransaction((stores) => pending.giveUp(stores, 'access_denied'))
      return visit.leave()
    default:
      return undefined
  }
}

async function open(visit: Visit, held: HeldProof): Promise<Second> {
  const options = await findSecondFactors(visit.system, held, visit.system.now())
  const current = options.filter(isByPhone).find(({ way }) => way === visit.flow?.second?.way)
  return { visit, held, options, current }
}

function isByPhone(option: SecondFactorOption): option is PhoneOption {
  return option.way !== 'password'
}

function showChoice({ visit, options }: Second, error?: 'slow-down'): FastifyReply {
  const { appName } = visit.pending.view
  const ways = options.filter(isByPhone).map(({ way, phone }) => ({ way, number: maskedNumber(phone.number) }))
  const page = secondChoiceView({ ...visit.step, appName, ways, error, hasOther: false })
  return visit.show(error ? { ...page, status: 429 } : page)
}

/** A text goes out, or a phone rings. Pressed twice it is one. */
async function start(second: Second, wanted: string): Promise<FastifyReply> {
  const { visit, held, options } = second
  const { system, browser, locale, flow } = visit
  const option = options.filter(isByPhone).find(({ way }) => way === wanted)
  if (!option) return visit.again()
  const { way, phone } = option
  const user = await system.users.find(held.userId)
  const asked = { purpose: 'second-factor', userId: held.userId, locale: receiverLocale(user?.preferredLanguage, locale), browser } as const
  const started =
    way === 'sms'
      ? await methods.sms.startCode(system, { ...asked, receiver: phone.number })
      : await methods.voice.startCall(system, { ...asked, number: phone.number, phoneType: phone.type, extension: phone.extension })
  if (started.kind === 'slow_down') {
    visit.reply.header('retry-after', String(started.retryAfterSeconds))
    return showChoice(second, 'slow-down')
  }
  const challengeId = 'callId' in started ? started.callId : started.challengeId
  return visit.goTo({ ...flow, step: way === 'sms' ? 'second-code' : 'second-call', second: { way, challengeId } })
}
