import type { Plugin } from 'vite'

/** The part of the language files that is said in the browser. */
const section = 'web'

const spoken = ['en-US', 'nl-NL', 'sv-SE']
const strings = /[\\/](?:react-aria|react-aria-components|react-stately)[\\/]dist[\\/].*[\\/]intl[\\/].*[\\/]([a-z]{2}-[A-Z]{2})\.mjs$/
const languageFile = /[\\/]locales[\\/]\w+\.json$/

/** Leaves out of the bundle what nobody reads: words that only the server says, and React Aria's in languages we do not speak. */
export function onlySpokenWords(): Plugin {
  return {
    name: 'only-spoken-words',
    enforce: 'pre',
    load(id) {
      const language = strings.exec(id)?.[1]
      return language && !spoken.includes(language) ? 'export default {}' : undefined
    },
    transform(code, id) {
      return languageFile.test(id) ? JSON.stringify({ [section]: JSON.parse(code)[section] }) : undefined
    },
  }
}
