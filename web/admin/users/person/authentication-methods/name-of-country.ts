import { currentLocale } from '../../../../kit/words/locale.ts'

export function nameOfCountry(country: string | null): string {
  if (country === null) return ''
  return new Intl.DisplayNames([currentLocale()], { type: 'region' }).of(country) ?? country
}
