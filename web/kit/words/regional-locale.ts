import { currentLocale } from './locale.ts'

/** English without a region would be American, and the rest of our English is not. */
const usualRegions: Readonly<Record<string, string>> = { en: 'en-GB' }

const languageAndRegion = /^[a-z]{2,3}-[A-Z]{2}$/

/** For dates, times and numbers: the language of the page, as it is written where this browser is at home. */
export function regionalLocale(): string {
  const language = currentLocale()
  // Browsers pass on what the system says, and some systems say things like `en-US@posix`, which nothing that formats would take.
  const atHome = navigator.languages.find((tag) => tag.startsWith(`${language}-`) && languageAndRegion.test(tag))
  return atHome ?? usualRegions[language] ?? language
}
