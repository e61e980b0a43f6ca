import { type Locale, locales } from '#contract/locale.ts'

/** A text is written in its receiver's own language, where we speak it. */
export function receiverLocale(preferredLanguage: string | undefined, page: Locale): Locale {
  const language = preferredLanguage?.toLowerCase().split('-')[0]
  return locales.find((locale) => locale === language) ?? page
}
