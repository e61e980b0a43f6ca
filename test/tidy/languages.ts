import { locales } from '#contract/locale.ts'
import type { SourceTree, Violation } from './tree.ts'

interface DynamicKeys {
  prefix: string
  endings: (tree: SourceTree) => string[]
}

/** Keys that no string of the source holds whole, because the program puts them together. */
const dynamicKeys: readonly DynamicKeys[] = [
  { prefix: 'refusals.', endings: refusalCodes },
  { prefix: 'web.admin.role-words.', endings: roleWords },
]

/** English is the list of keys; the others have its keys, no more and no fewer. */
export function languagesHaveTheSameKeys({ phrases }: SourceTree): Violation[] {
  const english = phrases.get('en') ?? new Map<string, string>()
  return locales.flatMap((locale) => {
    const words = phrases.get(locale)
    if (!words) return [`locales/${locale}.json is missing`]
    const lacking = [...english.keys()].filter((key) => !words.has(key)).map((key) => `locales/${locale}.json lacks ${key}`)
    const extra = [...words.keys()].filter((key) => !english.has(key))
    return [...lacking, ...extra.map((key) => `locales/${locale}.json has ${key}, which locales/en.json lacks`)]
  })
}

export function languagesHaveTheSamePlaceholders({ phrases }: SourceTree): Violation[] {
  const english = phrases.get('en') ?? new Map<string, string>()
  return [...phrases].flatMap(([locale, words]) =>
    [...words].flatMap(([key, text]) => {
      const wanted = english.get(key)
      if (wanted === undefined || placeholders(wanted) === placeholders(text)) return []
      return [`locales/${locale}.json says ${placeholders(text)} in ${key}, locales/en.json says ${placeholders(wanted)}`]
    }),
  )
}

export function noPhraseIsUnused(tree: SourceTree): Violation[] {
  const used = new Set(dynamicKeys.flatMap(({ prefix, endings }) => endings(tree).map((ending) => prefix + ending)))
  for (const file of tree.files) {
    if (!file.isTest) for (const { text } of file.literals) used.add(text)
  }
  const keys = tree.phrases.get('en') ?? new Map<string, string>()
  return [...keys.keys()]
    .filter((key) => !used.has(key) && !used.has(pluralStem(key, keys)))
    .map((key) => `locales/en.json has ${key}, which no source uses`)
}

export function refusalsHaveWords(tree: SourceTree): Violation[] {
  const codes = refusalCodes(tree)
  if (codes.length === 0) return ['contract/refusals.ts has no rows that can be read']
  const english = tree.phrases.get('en')
  return codes.filter((code) => !english?.has(`refusals.${code}`)).map((code) => `locales/en.json lacks refusals.${code}`)
}

function refusalCodes({ files }: SourceTree): string[] {
  const table = files.find(({ path }) => path === 'contract/refusals.ts')?.code ?? ''
  return [...table.matchAll(/^ {2}(\w+): \{ status/gm)].flatMap(([, code]) => code ?? [])
}

/** Every role of the contract has a name, and is told what it may do. */
function roleWords({ files }: SourceTree): string[] {
  const table = files.find(({ path }) => path === 'contract/graph/role-templates.ts')?.text ?? ''
  return [...table.matchAll(/^ {4}displayName: '([^']+)'/gm)].flatMap(([, name = '']) => [`${name}.name`, `${name}.told`])
}

/** `inbox.count.one` belongs to `inbox.count` where it has a sibling `inbox.count.other`. */
function pluralStem(key: string, keys: ReadonlyMap<string, string>): string {
  const stem = key.replace(/\.(?:one|other)$/, '')
  return keys.has(`${stem}.one`) && keys.has(`${stem}.other`) ? stem : key
}

function placeholders(text: string): string {
  const found = [...new Set(text.match(/\{[^{}]*\}/g))].sort()
  return found.join(' ') || 'nothing in braces'
}
