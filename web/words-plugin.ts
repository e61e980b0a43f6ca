import type { Plugin } from 'vite'

/** The part of the language files that is said in the browser. */
const section = 'web'
/** What every app says: the kit's words and the methods'. */
const shared = ['kit', 'methods']

const spoken = ['en-US', 'nl-NL', 'sv-SE']
const strings = /[\\/](?:react-aria|react-aria-components|react-stately)[\\/]dist[\\/].*[\\/]intl[\\/].*[\\/]([a-z]{2}-[A-Z]{2})\.mjs$/
/** As an app asks for its own words: `#locales/en.json?admin`. */
const asked = /^#locales\/(\w+\.json)\?(\w+)$/
const wordsOfApp = /[\\/]locales[\\/]\w+\.json\?(\w+)$/

/** Leaves out of the bundle what nobody reads: words that only the server or another app says, and React Aria's in languages we do not speak. */
export function onlySpokenWords(): Plugin {
  return {
    name: 'only-spoken-words',
    enforce: 'pre',
    async resolveId(id, importer) {
      const [, file, app] = asked.exec(id) ?? []
      const found = file && (await this.resolve(`#locales/${file}`, importer))
      return found ? `${found.id}?${app}` : undefined
    },
    load(id) {
      const language = strings.exec(id)?.[1]
      return language && !spoken.includes(language) ? 'export default {}' : undefined
    },
    transform(code, id) {
      const app = wordsOfApp.exec(id)?.[1]
      if (app === undefined) return undefined
      const words: Record<string, unknown> = JSON.parse(code)[section]
      const said = Object.fromEntries(Object.entries(words).filter(([name]) => name === app || shared.includes(name)))
      return { code: `export default ${JSON.stringify({ [section]: said })}`, moduleType: 'js' }
    },
  }
}
