import type { FastifyReply } from 'fastify'
import type { HeldProof } from '#server/domain/interaction.ts'
import { sessionCookieName } from '#server/domain/interaction.ts'
import { removeCookie } from '#server/http/cookies.ts'
import type { Flow } from '#server/http/sign-in-flow.ts'
import type { Due } from '../rules.ts'
import { setAside } from './account-page.ts'
import type { Visit } from './visit.ts'

/** Somebody has proven who they are. */
export interface Arrival {
  userId: string
  /** What they have to do first. */
  due: Due | undefined
  /** Asked after the answer, since it is no condition. */
  asksToKeepNumber: boolean
}

/** Once something is done: on to the next page of this kind, or to what comes behind the answer. */
export function arrive(visit: Visit, { userId }: HeldProof, due: Due | undefined): FastifyReply {
  return goOn(visit, { userId, due, asksToKeepNumber: visit.flow?.asksToKeepNumber === true })
}

/** On to what comes first, or to the questions behind the answer, or to the app. */
export function goOn(visit: Visit, arrival: Arrival, registering?: Flow['registering']): FastifyReply {
  const { pending, reply, system } = visit
  const { userId, due, asksToKeepNumber } = arrival
  const { flow } = visit
  if (due) return visit.goTo({ ...flow, step: due === 'second-factor' ? 'second' : 'register', asksToKeepNumber, registering })
  if (pending.isSomebodyElse(userId)) {
    setAside(visit)
    removeCookie(reply, sessionCookieName(system.organization.id))
  }
  if (registering) return visit.goTo({ ...flow, step: 'register-review', asksToKeepNumber, registering })
  return behindAnswer(visit, asksToKeepNumber)
}

/** What is asked when the app may hear already. */
export function behindAnswer(visit: Visit, asksToKeepNumber: boolean): FastifyReply {
  const { flow } = visit
  if (asksToKeepNumber) return visit.goTo({ ...flow, step: 'keep-number' })
  return visit.asksToStaySignedIn ? visit.goTo({ ...flow, step: 'code' }) : visit.leave()
}
