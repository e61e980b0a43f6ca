import { useSyncExternalStore } from 'react'
import { type Locale, locales } from '#contract/locale.ts'
import { thisApp } from '../session/tokens.ts'
import { setting } from '../setting.ts'
import { loadWords } from './words.ts'

let locale: Locale | undefined
let spoken: ReadonlyMap<string, string> = new Map()
const listeners = new Set<() => void>()
const rightToLeft = /^(?:ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/

export function currentLocale(): Locale {
  locale ??= locales.find((one) => one === setting().locale) ?? 'en'
  return locale
}

export function currentWords(): ReadonlyMap<string, string> {
  return spoken
}

/** The words of the page's first language. */
export async function startSpeaking(): Promise<void> {
  spoken = await loadWords(setting().app, currentLocale())
}

/** Another language for this page and the next ones; see set-locale.ts. */
export async function speak(wanted: Locale): Promise<void> {
  // The cookie is the server's to set: scripts cannot touch it.
  const [words] = await Promise.all([loadWords(setting().app, wanted), fetch(`${thisApp().path}?ui_locales=${wanted}`)])
  locale = wanted
  spoken = words
  document.documentElement.lang = wanted
  document.documentElement.dir = rightToLeft.test(wanted) ? 'rtl' : 'ltr'
  for (const listener of listeners) listener()
}

export function useLocale(): Locale {
  return useSyncExternalStore(watch, currentLocale)
}

function watch(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A language by its own name: English, Nederlands, svenska. */
export function nameOfLanguage(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1)
}
