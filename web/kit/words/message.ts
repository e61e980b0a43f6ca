import { currentLocale, currentWords } from './locale.ts'
import type { MessageKey, PluralKey } from './words.ts'

export type { MessageKey } from './words.ts'

type Values = Readonly<Record<string, string>>

/** A sentence in the language of the page. Components that use it are drawn anew when the language changes. */
export function message(key: MessageKey, values: Values = {}): string {
  return said(key, values)
}

/** The same for a number of things: the sentence below `.one` or `.other`, with the number as `{count}`. */
export function countMessage(key: PluralKey, count: number, values: Values = {}): string {
  const form = new Intl.PluralRules(currentLocale()).select(count) === 'one' ? 'one' : 'other'
  return said(`${key}.${form}`, { count: new Intl.NumberFormat(currentLocale()).format(count), ...values })
}

function said(key: string, values: Values): string {
  const text = currentWords().get(key)
  if (text === undefined) throw new Error(`no words for ${key} in ${currentLocale()}`)
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder)
}
