import type { Locale } from '#contract/locale.ts'
import type en from '#locales/en.json'

type KeysOf<Tree> = { [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${KeysOf<Tree[Key]>}` }[keyof Tree & string]

/** Every sentence of the web apps, by its place in the language files. The bundle carries only their section of them. */
export type MessageKey = `web.${KeysOf<(typeof en)['web']>}`

/** Keys with a `.one` and an `.other` below them. */
export type PluralKey = MessageKey extends infer Key ? (Key extends `${infer Stem}.other` ? Stem : never) : never

interface Words {
  readonly [key: string]: string | Words
}

const files: Readonly<Record<Locale, () => Promise<{ default: { web: Words } }>>> = {
  en: () => import('#locales/en.json'),
  nl: () => import('#locales/nl.json'),
  sv: () => import('#locales/sv.json'),
}

/** Each language is a file of its own, and a page loads one. */
export async function loadWords(locale: Locale): Promise<ReadonlyMap<string, string>> {
  const { web } = (await files[locale]()).default
  return new Map(flat(web, 'web.'))
}

function flat(words: Words, prefix: string): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  )
}
