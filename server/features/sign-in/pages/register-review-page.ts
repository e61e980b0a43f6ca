import type { FastifyReply } from 'fastify'
import { maskedAddress } from '#server/domain/email-address.ts'
import { maskedNumber } from '#server/domain/phone-number.ts'
import { registerReviewView } from '../views/register-review-view.ts'
import { behindAnswer } from './arrival.ts'
import type { Visit } from './visit.ts'

/** The app may hear already; this only says what was set up on the way. */
export async function showReview(visit: Visit): Promise<FastifyReply> {
  const { system, pending, flow } = visit
  const { added = [], notice, isInUse = false } = flow?.registering ?? {}
  const userId = pending.answeredFor ?? ''
  const phones = await system.phones.ofUser(userId)
  const email = await system.emailMethods.ofUser(userId)
  const number = phones.find(({ type }) => type === 'mobile')?.number
  const shown = { phone: number && maskedNumber(number), email: email && maskedAddress(email.address) }
  return visit.show(
    registerReviewView({
      ...visit.step,
      notice,
      isInUse,
      progress: undefined,
      hasOther: false,
      canWait: false,
      added: added.map((way) => ({ way, masked: shown[way] ?? '' })),
    }),
  )
}

export async function takeReview(visit: Visit): Promise<FastifyReply> {
  if (visit.fields['do'] !== 'next') return visit.again()
  return behindAnswer(visit, visit.flow?.asksToKeepNumber === true)
}
