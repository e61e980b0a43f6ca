import type { FastifyReply } from 'fastify'
import { callingCodes } from '#server/domain/phone-number.ts'
import { type Country, type CountryModel, countryView } from '../views/country-view.ts'
import type { Visit } from './visit.ts'

interface Entered {
  country: string | undefined
  national: string
}

export function showCountry(visit: Visit, error?: CountryModel['error'], entered?: Entered): FastifyReply {
  const page = countryView({
    ...visit.step,
    countries: countriesOf(visit),
    chosen: entered?.country ?? guessedCountry(visit),
    national: entered?.national ?? visit.flow?.typed ?? '',
    error,
  })
  return visit.show(error ? { ...page, status: 400 } : page)
}

/** Those the organisation sends texts to. */
export function countriesOf({ system }: Visit): Country[] {
  const allowed = system.signInSettings.textCountries
  const countries = callingCodes().filter(({ country }) => allowed?.includes(country) ?? true)
  return countries.map(({ country, callingCode }) => ({ region: country, callingCode }))
}

export function guessedCountry({ system, request }: Visit): string | undefined {
  return system.organization.defaultCountry ?? regionOf(request.headers['accept-language'])
}

export function countryMissing(visit: Visit, national: string): FastifyReply {
  return showCountry(visit, 'missing', { country: undefined, national })
}

/** `sv-FI` is spoken in Finland: the best guess there is when the organisation has none. */
function regionOf(acceptLanguage: string | undefined): string | undefined {
  return /^[a-z]{2,3}-([A-Z]{2})\b/.exec(acceptLanguage ?? '')?.[1]
}
