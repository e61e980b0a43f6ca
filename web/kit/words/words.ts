import type { Locale } from '#contract/locale.ts'
import type { WebAppName } from '#contract/web-apps.ts'
import type en from '#locales/en.json'

type KeysOf<Tree> = { [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${KeysOf<Tree[Key]>}` }[keyof Tree & string]

/** Every sentence of the web apps, by its place in the language files. The bundle carries only their section of them. */
export type MessageKey = `web.${KeysOf<(typeof en)['web']>}`

/** Keys with a `.one` and an `.other` below them. */
export type PluralKey = MessageKey extends infer Key ? (Key extends `${infer Stem}.other` ? Stem : never) : never

interface Words {
  readonly [key: string]: string | Words
}

type Load = () => Promise<{ default: unknown }>

/** Each app says its own words and the shared ones; the build makes a file of them for each language. */
const files: Readonly<Record<WebAppName, Readonly<Record<Locale, Load>>>> = {
  account: {
    en: () => import('#locales/en.json?account'),
    nl: () => import('#locales/nl.json?account'),
    sv: () => import('#locales/sv.json?account'),
  },
  admin: {
    en: () => import('#locales/en.json?admin'),
    nl: () => import('#locales/nl.json?admin'),
    sv: () => import('#locales/sv.json?admin'),
  },
  staff: {
    en: () => import('#locales/en.json?staff'),
    nl: () => import('#locales/nl.json?staff'),
    sv: () => import('#locales/sv.json?staff'),
  },
}

/** A page loads one file, and an app never those of another. */
export async function loadWords(app: WebAppName, locale: Locale): Promise<ReadonlyMap<string, string>> {
  const { web } = (await files[app][locale]()).default as { web: Words } // The plugin wrote it; see words-plugin.ts.
  return new Map(flat(web, 'web.'))
}

function flat(words: Words, prefix: string): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  )
}
