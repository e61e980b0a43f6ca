import type { FastifyReply } from 'fastify'
import type { LivingSession } from '#server/domain/interaction.ts'
import { sessionCookieName } from '#server/domain/interaction.ts'
import { readCookie, removeCookie, setCookie } from '#server/http/cookies.ts'
import { accountsView } from '../views/accounts-view.ts'
import type { Visit } from './visit.ts'

const besidesMax = 4
const besidesLifeSeconds = 24 * 3_600

/** The sessions that are alive in this browser, the present one first. */
export async function livingSessions({ doors, request, system }: Visit): Promise<LivingSession[]> {
  const tenantId = system.organization.id
  const current = readCookie(request, sessionCookieName(tenantId))
  const ids = [...(current ? [current] : []), ...setAsideIn(request, tenantId)]
  return doors.interactions.sessions(tenantId, ids)
}

export async function showAccounts(visit: Visit, sessions: readonly LivingSession[]): Promise<FastifyReply> {
  const people = await visit.system.users.findMany(sessions.map(({ userId }) => userId))
  const accounts = sessions.flatMap(({ uid, userId }) => {
    const user = people.get(userId)
    return user?.accountEnabled ? [{ id: uid, displayName: user.displayName, userName: user.userPrincipalName }] : []
  })
  return visit.show(accountsView({ ...visit.step, appName: visit.pending.view.appName, accounts }))
}

export async function takeAccount(visit: Visit): Promise<FastifyReply> {
  const { fields, system, pending, reply } = visit
  if (fields['do'] === 'another') return visit.goTo({ step: 'identify' })
  const sessions = await livingSessions(visit)
  const leaving = sessions.find(({ uid }) => uid === fields['sign_out'])
  if (leaving) return signOutOf(visit, leaving)
  const chosen = sessions.find(({ uid }) => uid === fields['account'])
  if (!chosen) return visit.again()
  const isCurrent = chosen.id === readCookie(visit.request, sessionCookieName(system.organization.id))
  if (!isCurrent) {
    setAside(visit, chosen.id)
    setCookie(reply, sessionCookieName(system.organization.id), chosen.id)
  }
  await system.inTransaction((stores) => pending.choose(stores, isCurrent ? undefined : chosen))
  return visit.leave()
}

/** Keeps the present session in this browser while another one takes its place. */
export function setAside({ request, reply, system }: Visit, without?: string): void {
  const tenantId = system.organization.id
  const current = readCookie(request, sessionCookieName(tenantId))
  const ids = [...(current ? [current] : []), ...setAsideIn(request, tenantId)].filter((id) => id !== without)
  setCookie(reply, besidesCookie(tenantId), ids.slice(0, besidesMax).join('.'), { maxAgeSeconds: besidesLifeSeconds })
}

async function signOutOf(visit: Visit, { id }: LivingSession): Promise<FastifyReply> {
  const { system, request, reply } = visit
  const tenantId = system.organization.id
  await system.inTransaction(({ oidcRecords }) => oidcRecords.remove('Session', id))
  if (id === readCookie(request, sessionCookieName(tenantId))) removeCookie(reply, sessionCookieName(tenantId))
  const besides = setAsideIn(request, tenantId).filter((one) => one !== id)
  setCookie(reply, besidesCookie(tenantId), besides.join('.'), { maxAgeSeconds: besidesLifeSeconds })
  return visit.again()
}

function setAsideIn(request: Visit['request'], tenantId: string): string[] {
  return readCookie(request, besidesCookie(tenantId))?.split('.').filter(Boolean).slice(0, besidesMax) ?? []
}

function besidesCookie(tenantId: string): string {
  return `b-${tenantId.slice(0, 8)}`
}
