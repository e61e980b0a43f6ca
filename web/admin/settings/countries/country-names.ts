import { currentLocale } from '../../../kit/words/locale.ts'

export function countryName(country: string): string {
  return new Intl.DisplayNames([currentLocale()], { type: 'region' }).of(country) ?? country
}

/** By their names, in the order of the alphabet that the reader knows. */
export function byName(countries: readonly string[]): string[] {
  const { compare } = new Intl.Collator(currentLocale())
  return [...countries].sort((one, other) => compare(countryName(one), countryName(other)))
}
