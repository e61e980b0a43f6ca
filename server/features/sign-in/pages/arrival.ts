import type { FastifyReply } from 'fastify'
import { sessionCookieName } from '#server/domain/interaction.ts'
import { removeCookie } from '#server/http/cookies.ts'
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
export function goOn(visit: Visit, { userId, due, asksToKeepNumber }: Arrival): FastifyReply {
  const { flow, pending, reply, system } = visit
  if (!due && pending.isSomebodyElse(userId)) {
    setAside(visit)
    removeCookie(reply, sessionCookieName(system.organization.id))
  }
  if (asksToKeepNumber && flow) return visit.goTo({ ...flow, step: 'keep-number' })
  return due || system.signInSettings.asksToStaySignedIn ? visit.again() : visit.leave()
}
