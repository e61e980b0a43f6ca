import type { FastifyReply } from 'fastify'
import { sessionCookieName } from '#server/domain/interaction.ts'
import { canonicalNumber, type PhoneNumber } from '#server/domain/phone-number.ts'
import { setCookie } from '#server/http/cookies.ts'
import { enterHome } from '../enter-home.ts'
import { findHomes, type Home } from '../find-homes.ts'
import { organisationsView } from '../views/organisations-view.ts'
import { showIdentify } from './identify-page.ts'
import type { Visit } from './visit.ts'

/** How long a proven number may wait for its owner to choose. */
const chooseMs = 5 * 60_000

interface Proven {
  number: PhoneNumber
  provenAt: Date
}

/** Straight to the organisation that knows the number, or to the choice among several. */
export async function goHome(visit: Visit): Promise<FastifyReply> {
  const proven = await provenNumber(visit)
  const homes = proven ? await homesOf(visit, proven) : []
  const [only] = homes
  if (proven && only && homes.length === 1) return enter(visit, proven, only)
  return homes.length > 1 && visit.flow ? visit.goTo({ ...visit.flow, step: 'organisation' }) : showIdentify(visit, 'gone')
}

export async function showOrganisations(visit: Visit): Promise<FastifyReply> {
  const proven = await provenNumber(visit)
  if (!proven) return showIdentify(visit, 'gone')
  const homes = await homesOf(visit, proven)
  const organisations = await Promise.all(
    homes.map(async ({ system }) => {
      const [domain] = await system.domains.all()
      return { id: system.organization.id, displayName: system.organization.displayName, domain: domain?.name ?? '' }
    }),
  )
  return visit.show(organisationsView({ ...visit.step, organisations }))
}

export async function takeOrganisation(visit: Visit): Promise<FastifyReply> {
  const proven = await provenNumber(visit)
  const homes = proven ? await homesOf(visit, proven) : []
  const chosen = homes.find(({ system }) => system.organization.id === visit.fields['organisation'])
  return proven && chosen ? enter(visit, proven, chosen) : visit.again()
}

/** The fact stands with the challenge: passed, in this browser, a moment ago. */
async function provenNumber({ system, flow, browser }: Visit): Promise<Proven | undefined> {
  const challenge = await system.challenges.find(flow?.challengeId ?? '')
  const isOwn = challenge?.binding === browser.binding && challenge.purpose === 'sign-in' && challenge.method === 'sms'
  if (!isOwn || !challenge.passedAt) return undefined
  const isFresh = system.now().getTime() - challenge.passedAt.getTime() < chooseMs
  return isFresh ? { number: canonicalNumber(challenge.receiver), provenAt: challenge.passedAt } : undefined
}

function homesOf({ doors, pending }: Visit, { number }: Proven): Promise<Home[]> {
  return findHomes(doors.installation, pending.view.appId, number)
}

async function enter(visit: Visit, proven: Proven, home: Home): Promise<FastifyReply> {
  const { doors, pending, request, reply, browser } = visit
  const tenantId = home.system.organization.id
  const userAgent = request.headers['user-agent'] ?? ''
  const entering = { home, ...proven, interaction: pending.view, browser, userAgent, requestId: request.id }
  const entered = await enterHome(entering, (stores, proof) => doors.interactions.begin(tenantId, stores, proof))
  if (entered.kind === 'gone') return showIdentify(visit, 'gone')
  const question = pending.question
  if (entered.kind === 'due') {
    question.set('login_hint', proven.number)
  } else {
    setCookie(reply, sessionCookieName(tenantId), entered.sessionId)
    visit.rememberDevice(entered.device)
  }
  return reply.redirect(`/${tenantId}/oauth2/v2.0/authorize?${question}`, 303)
}
