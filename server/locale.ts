import { type Locale, locales } from '#contract/locale.ts'
import en from '#locales/en.json' with { type: 'json' }
import nl from '#locales/nl.json' with { type: 'json' }
import sv from '#locales/sv.json' with { type: 'json' }

type KeysOf<Tree> = { [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${KeysOf<Tree[Key]>}` }[keyof Tree & string]

/** Every sentence we can say, by its place in the language files. */
export type MessageKey = KeysOf<typeof en>

interface Words {
  readonly [key: string]: string | Words
}

const messages: Readonly<Record<Locale, ReadonlyMap<string, string>>> = { en: flat(en), nl: flat(nl), sv: flat(sv) }

export function message(locale: Locale, key: MessageKey, values: Readonly<Record<string, string>> = {}): string {
  const text = messages[locale].get(key)
  if (text === undefined) throw new Error(`no words for ${key} in ${locale}`)
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder)
}

/** The first language of `Accept-Language` that we speak, by its weights; English when there is none. */
export function preferredLocale(header: string | undefined): Locale {
  if (!header || header.length > 500) return 'en'
  const wanted = header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean)
      return { language: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  for (const { language } of wanted) {
    const spoken = locales.find((locale) => locale === language)
    if (spoken) return spoken
  }
  return 'en'
}

function flat(words: Words, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') found.set(prefix + key, value)
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text)
  }
  return found
}
