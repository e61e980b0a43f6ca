import { type Html, html, type Part } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { button, described, errorOf, form, type Step, stepPage } from './form.ts'

export type CountryError = 'missing' | 'malformed' | 'slow-down'

/** One of those the organisation sends texts to. */
export interface Country {
  region: string
  callingCode: string
}

export interface CountryModel extends Step {
  countries: readonly Country[]
  /** The best guess, an ISO 3166 region. */
  chosen: string | undefined
  /** The number as it was typed. */
  national: string
  error: CountryError | undefined
}

const errors: Readonly<Record<CountryError, MessageKey>> = {
  missing: 'features.sign-in.country.missing',
  malformed: 'features.sign-in.country.malformed',
  'slow-down': 'features.sign-in.slow-down',
}

export function countryView(model: CountryModel): Page {
  const { locale } = model
  const error = model.error && message(locale, errors[model.error])
  const heading = message(locale, 'features.sign-in.country.heading')
  const main = html`<h1>${heading}</h1>
<p class="lead">${message(locale, 'features.sign-in.country.why')}</p>
${form(model, [countryField(model), numberField(model, error), button(model, 'country', 'features.sign-in.next')])}
${form(model, button(model, 'back', 'features.sign-in.country.back', 'plain'))}`
  return stepPage(model, heading, main, error !== undefined)
}

type Countries = Pick<CountryModel, 'locale' | 'countries' | 'chosen'>

export function countryField(model: Countries): Html {
  return html`<div class="field"><label for="country">${message(model.locale, 'features.sign-in.country.country')}</label>
<select id="country" name="country" autocomplete="tel-country-code">${options(model)}</select></div>
`
}

function options({ locale, countries, chosen }: Countries): Part {
  const names = new Intl.DisplayNames(locale, { type: 'region' })
  const { compare } = new Intl.Collator(locale)
  return countries
    .map(({ region, callingCode }) => ({ region, callingCode, name: names.of(region) ?? region }))
    .sort((one, other) => compare(one.name, other.name))
    .map(({ region, callingCode, name }) => {
      // The isolates keep "+31" in one piece where the name reads from right to left; an option cannot hold markup.
      return html`<option value="${region}"${region === chosen && html` selected`}>${name} (\u2066+${callingCode}\u2069)</option>`
    })
}

export function numberField({ locale, national }: Pick<CountryModel, 'locale' | 'national'>, error: string | undefined): Html {
  return html`<div class="field"><label for="national">${message(locale, 'features.sign-in.country.number')}</label>
${errorOf('national', error)}<input id="national" name="national" type="tel" dir="ltr" value="${national}" maxlength="64" autocomplete="tel-national" enterkeyhint="next" required${error !== undefined && html` autofocus`}${described('national', { error })}></div>
`
}
