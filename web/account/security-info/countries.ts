import type { SecurityInfoBody } from '#contract/graph/security-info.ts'
import { currentLocale } from '../../kit/words/locale.ts'

type Countries = SecurityInfoBody['countries']

export interface Country {
  id: string
  name: string
  callingCode: string
}

/** Those a code or a call may go to, by their names in the language of the page. */
export function countriesFor({ callingCodes }: Countries, allowed: ReadonlySet<string>): Country[] {
  const names = new Intl.DisplayNames([currentLocale()], { type: 'region' })
  const { compare } = new Intl.Collator(currentLocale())
  return callingCodes
    .filter(({ country }) => allowed.has(country))
    .map(({ country, callingCode }) => ({ id: country, callingCode, name: names.of(country) ?? country }))
    .sort((one, other) => compare(one.name, other.name))
}

export function countryText({ name, callingCode }: Country): string {
  return `${name} (+${callingCode})`
}

/** `ned`, `31` and `+31` all mean the Netherlands. */
export function isCountryMeant(optionText: string, typed: string): boolean {
  const wanted = plain(typed)
  if (wanted === '' || wanted === plain(optionText)) return true
  const digits = /^\+?(\d+)$/.exec(wanted)?.[1]
  if (digits !== undefined) return optionText.includes(`(+${digits}`)
  return plain(optionText)
    .split(/[\s-]+/)
    .some((word, index, words) => word.startsWith(wanted) || words.slice(index).join(' ').startsWith(wanted))
}

/** A number that brings its own country: the rest of it and where it is, when we go there at all. */
export function splitNumber(typed: string, { callingCodes }: Countries, chosen: string | undefined) {
  const digits = /^\s*(?:\+|00)([\d\s().-]+)$/.exec(typed)?.[1]
  if (digits === undefined) return undefined
  const dialled = digits.replace(/\D/g, '')
  const fitting = callingCodes.filter(({ callingCode }) => dialled.startsWith(callingCode))
  const found = fitting.find(({ country }) => country === chosen) ?? fitting[0]
  return found && { country: found.country, rest: withoutDigits(digits, found.callingCode.length) }
}

function withoutDigits(text: string, count: number): string {
  let left = count
  let from = 0
  while (left > 0 && from < text.length) {
    if (/\d/.test(text.charAt(from))) left--
    from++
  }
  return text.slice(from).trim()
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase(currentLocale()).trim()
}
