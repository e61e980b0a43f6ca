import type { FastifyReply } from 'fastify'
import { callingCodes } from '#server/domain/phone-number.ts'
import { type CountryModel, countryView } from '../views/country-view.ts'
import type { Visit } from './visit.ts'

interface Entered {
  country: string | undefined
  national: string
}

export function showCountry(visit: Visit, error?: CountryModel['error'], entered?: Entered): FastifyReply {
  const { system, request, flow } = visit
  const allowed = system.signInSettings.textCountries
  const countries = callingCodes().filter(({ country }) => allowed?.includes(country) ?? true)
  const page = countryView({
    ...visit.step,
    countries: countries.map(({ country, callingCode }) => ({ region: country, callingCode })),
    chosen: entered?.country ?? system.organization.defaultCountry ?? regionOf(request.headers['accept-language']),
    national: entered?.national ?? flow?.typed ?? '',
    error,
  })
  return visit.show(error ? { ...page, status: 400 } : page)
}

export function countryMissing(visit: Visit, national: string): FastifyReply {
  return showCountry(visit, 'missing', { country: undefined, national })
}

/** `sv-FI` is spoken in Finland: the best guess there is when the organisation has none. */
function regionOf(acceptLanguage: string | undefined): string | undefined {
  return /^[a-z]{2,3}-([A-Z]{2})\b/.exec(acceptLanguage ?? '')?.[1]
}
