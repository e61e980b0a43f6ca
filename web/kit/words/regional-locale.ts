import { currentLocale } from './locale.ts'

/** English without a region would be American, and the rest of our English is not. */
const usualRegions: Readonly<Record<string, string>> = { en: 'en-GB' }

/** For dates, times and numbers: the language of the page, as it is written where this browser is at home. */
export function regionalLocale(): string {
  const language = currentLocale()
  const atHome = navigator.languages.find((tag) => tag.startsWith(`${language}-`))
  return atHome ?? usualRegions[language] ?? language
}
