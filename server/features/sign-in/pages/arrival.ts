import type { FastifyReply } from 'fastify'
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

/** On to what comes first, or to the questions behind the answer, or to the app. */
export function goOn(visit: Visit, arrival: Arrival, registering?: Flow['registering']): FastifyReply {
  const { pending, reply, system } = visit
  const { userId, due, asksToKeepNumber } = arrival
  const { flow } = visit
  if (due) return visit.goTo({ ...flow, step: 'register', asksToKeepNumber, registering })
  if (pending.isSomebodyElse(userId)) {
    setAside(visit)
    removeCookie(reply, sessionCookieName(system.organization.id))
  }
  if (registering) return visit.goTo({ ...flow, step: 'register-review', asksToKeepNumber, registering })
  return behindAnswer(visit, asksToKeepNumber)
}

/** What is asked when the app may hear already. */
export function behindAnswer(visit: Visit, asksToKeepNumber: boolean): FastifyReply {
  const { flow, system } = visit
  if (asksToKeepNumber) return visit.goTo({ ...flow, step: 'keep-number' })
  return system.signInSettings.asksToStaySignedIn ? visit.goTo({ ...flow, step: 'code' }) : visit.leave()
}
