import { type Locale, locales } from '#contract/locale.ts'

/** Which of our languages a tag such as `nl-NL` asks for. */
export function spokenIn(tag: string | null): Locale | undefined {
  const language = tag?.toLowerCase().split('-')[0]
  return locales.find((locale) => locale === language)
}
