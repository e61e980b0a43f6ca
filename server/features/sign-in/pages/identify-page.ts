import type { FastifyReply } from 'fastify'
import { type PhoneNumber, parsePhoneNumber } from '#server/domain/phone-number.ts'
import { findHomes, findNameHome } from '../find-homes.ts'
import { type Claim, identifyPerson } from '../identify-person.ts'
import { type IdentifyError, identifierMaxLength, identifyView } from '../views/identify-view.ts'
import { countryMissing, showCountry } from './country-page.ts'
import type { Visit } from './visit.ts'

export function showIdentify(visit: Visit, error?: IdentifyError, typed?: string): FastifyReply {
  const { pending, ways } = visit
  const identifier = typed ?? visit.flow?.typed ?? pending.view.loginHint?.slice(0, identifierMaxLength) ?? ''
  const page = identifyView({ ...visit.step, appName: pending.view.appName, identifier, error, ways })
  return visit.show(error ? { ...page, status: error === 'slow-down' ? 429 : 400 } : page)
}

export async function takeIdentifier(visit: Visit): Promise<FastifyReply> {
  const typed = visit.fields['identifier'] ?? ''
  if (typed.length > identifierMaxLength) return showIdentify(visit, 'too-long', '')
  if (typed.trim() === '') return showIdentify(visit, 'missing', '')
  const { pending, reply } = visit
  const home = pending.view.isAnywhere ? await findNameHome(visit.doors.installation, pending.view.appId, typed) : undefined
  if (home) return reply.redirect(`/${home}/oauth2/v2.0/authorize?${questionWith(pending.question, typed)}`, 303)
  return identify(visit, typed, undefined, asksForSecret(visit, typed) ? 'password' : 'code')
}

export async function takeCountry(visit: Visit): Promise<FastifyReply> {
  const { country = '', national = '' } = visit.fields
  if (national.length > identifierMaxLength) return showIdentify(visit, 'too-long', '')
  if (!/^[A-Z]{2}$/.test(country)) return countryMissing(visit, national)
  return identify(visit, national, country, 'code')
}

/** The same question at the organisation whose name it is, which fills in the name. */
function questionWith(question: URLSearchParams, typed: string): URLSearchParams {
  question.set('login_hint', typed.trim())
  return question
}

/** Who types a name is asked for a password or a pass where the organisation has them, and who types a number never is: nothing is looked up for that. */
function asksForSecret({ asks, system }: Visit, typed: string): boolean {
  if (!asks) return false
  return parsePhoneNumber(typed, system.organization.defaultCountry).kind === 'not_a_number'
}

/** Goes on with what somebody says they are: to the code that is on its way from now on, or to the password first. */
export async function identify(visit: Visit, typed: string, country: string | undefined, by: 'code' | 'password'): Promise<FastifyReply> {
  if (by === 'password') return visit.goTo({ step: 'password', typed, typedMasked: typed.trim() })
  const { pending, browser, locale, request, system } = visit
  const userAgent = request.headers['user-agent'] ?? ''
  const { isAnywhere, appId } = pending.view
  const homesOf = isAnywhere ? (number: PhoneNumber) => findHomes(visit.doors.installation, appId, number) : undefined
  const claim: Claim = { typed, country, interaction: pending.view, browser, locale, userAgent, requestId: request.id, findHomes: homesOf }
  const outcome = await identifyPerson(system, claim)
  switch (outcome.kind) {
    case 'code': {
      const { challengeId, attemptId, typedMasked } = outcome
      return visit.goTo({ step: 'code', typed, country, typedMasked, challengeId, attemptId })
    }
    case 'needs_country':
      return visit.goTo({ step: 'country', typed })
    case 'malformed':
      return country === undefined ? showIdentify(visit, 'malformed', typed) : showCountry(visit, 'malformed', { country, national: typed })
    case 'slow_down':
      visit.reply.header('retry-after', String(outcome.retryAfterSeconds))
      return showIdentify(visit, 'slow-down', typed)
  }
}
