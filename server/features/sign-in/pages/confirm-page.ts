import type { FastifyReply } from 'fastify'
import { completeRegistration } from '../complete-registration.ts'
import { confirmAddress } from '../confirm-address.ts'
import { type Confirmed, type ConfirmedThen, confirmNumber } from '../confirm-number.ts'
import type { RegistrationNotice } from '../views/register-frame.ts'
import { type Arrival, goOn } from './arrival.ts'
import { Registering } from './registering.ts'

/** As RFC 8176 names it. */
const amr = { sms: 'sms', voice: 'tel' } as const
const notices = { sms: 'phone-texted', voice: 'phone-called' } as const satisfies Record<string, RegistrationNotice>

/** What keeps somebody at the page of the proof. */
export type NotConfirmed = Extract<Confirmed, { kind: 'wrong' | 'not-yet' | 'over' }>

/** What was proven is kept, and the sign-in goes on. */
export async function confirm(
  registering: Registering,
  code: string,
  stay: (because: NotConfirmed) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const { visit, held, flow, registration } = registering
  const { system, pending } = visit
  const { way = 'phone', channel = 'sms', challengeId = '' } = flow
  const notice = way === 'email' ? 'email' : notices[channel]
  let arrival: Arrival | undefined
  const proof = { ...registering.registrant, challengeId, code }
  const goOnThere: ConfirmedThen = async (stores, by, user) => {
    const completion = { held, by, user, isDemanded: !registration.offer, proven: way === 'email' ? undefined : amr[channel] }
    const due = await completeRegistration(stores, pending, completion, system.now())
    arrival = { userId: held.userId, due, asksToKeepNumber: visit.flow?.asksToKeepNumber === true }
  }
  const confirmed = await (way === 'email'
    ? confirmAddress(system, proof, goOnThere)
    : confirmNumber(system, { ...proof, channel }, goOnThere))
  switch (confirmed.kind) {
    case 'kept':
      return arrival ? goOnWith(registering, arrival, { notice, isInUse: confirmed.isInUse }) : visit.again()
    case 'taken':
      return registering.goToWay('phone', { channel, country: flow.country, national: flow.national, isTaken: true })
    case 'not-allowed':
    case 'elsewhere':
      return registering.goElsewhere(confirmed.kind)
    case 'over':
      // Pressed twice, the same proof came twice: whoever comes second goes on as the first does.
      return (await registering.isDoneByNow()) ? visit.again() : stay(confirmed)
    default:
      return stay(confirmed)
  }
}

/** What was added is said at the top of the page that follows: what is still asked, or the review of it all. */
async function goOnWith(
  registering: Registering,
  arrival: Arrival,
  said: { notice: RegistrationNotice; isInUse: boolean },
): Promise<FastifyReply> {
  const { visit, flow } = registering
  const held = visit.pending.held ?? registering.held
  const added = { added: [...(flow.added ?? []), flow.way ?? 'phone'], ...said }
  const next = arrival.due === 'register' ? await Registering.open(visit, held) : undefined
  return next ? next.goToWay(undefined, added) : goOn(visit, arrival, added)
}
