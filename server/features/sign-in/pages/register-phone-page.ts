import type { FastifyReply } from 'fastify'
import { graphNumber } from '#server/domain/phone-number.ts'
import { startNumber } from '../start-number.ts'
import { identifierMaxLength } from '../views/identify-view.ts'
import { type RegisterPhoneError, registerPhoneView } from '../views/register-phone-view.ts'
import { countriesOf, guessedCountry } from './country-page.ts'
import type { Registering } from './registering.ts'

interface Entered {
  country: string
  national: string
  channel: string | undefined
}

export function showPhone(registering: Registering, wrong?: RegisterPhoneError, entered?: Entered): FastifyReply {
  const { visit, flow } = registering
  const error = wrong ?? (flow.isTaken ? 'taken' : undefined)
  const { channels } = registering
  const page = registerPhoneView({
    ...registering.step,
    countries: countriesOf(visit),
    chosen: entered?.country ?? flow.country ?? guessedCountry(visit),
    national: entered?.national ?? flow.national ?? '',
    channels,
    channel: channels.find((channel) => channel === (entered?.channel ?? flow.channel)) ?? channels[0] ?? 'sms',
    error,
  })
  return visit.show(wrong ? { ...page, status: wrong === 'slow-down' || wrong === 'too-many' ? 429 : 400 } : page)
}

export async function takePhone(registering: Registering): Promise<FastifyReply> {
  const { visit, held } = registering
  const { country = '', national = '', channel: wanted } = visit.fields
  const entered = { country, national: national.slice(0, identifierMaxLength), channel: wanted }
  const channel = registering.channels.find((each) => each === wanted) ?? registering.channels[0]
  // Nothing of this kind is allowed any more.
  if (!channel) return registering.goElsewhere('not-allowed')
  if (entered.national.trim() === '') return showPhone(registering, 'missing', entered)
  if (!/^[A-Z]{2}$/.test(country) || national.length > identifierMaxLength) return showPhone(registering, 'malformed', entered)
  const { system, browser, locale } = visit
  const started = await startNumber(system, { userId: held.userId, ...entered, channel, browser, locale })
  switch (started.kind) {
    case 'started': {
      const { challengeId, number } = started
      const step = channel === 'sms' ? 'register-code' : 'register-call'
      return registering.goTo(step, { ...entered, way: 'phone', channel, challengeId, sentTo: graphNumber(number) })
    }
    case 'slow-down':
      visit.reply.header('retry-after', String(started.retryAfterSeconds))
      return showPhone(registering, 'slow-down', entered)
    default:
      return showPhone(registering, started.kind, entered)
  }
}
