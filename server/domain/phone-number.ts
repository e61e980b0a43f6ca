import { hash } from 'node:crypto'
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  type NumberType,
  type PhoneNumber as Parsed,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import plans from 'libphonenumber-js/max/metadata'

declare const canonical: unique symbol

/** A number as E.164 writes it: one spelling for one number, which is what budgets, uniqueness and look-ups count by. */
export type PhoneNumber = string & { readonly [canonical]: true }

export type ParsedPhone =
  | { kind: 'number'; number: PhoneNumber }
  /** It could be a number in many countries. */
  | { kind: 'needs_country' }
  | { kind: 'malformed' }
  /** It plainly is a user name. */
  | { kind: 'not_a_number' }

const textMaxLength = 64
const userNameMaxLength = 256
const digitsMin = 4
/** E.164 has at most 15; a prefix to dial abroad and a trunk zero may come with them. */
const digitsMax = 20

const e164 = /^\+[1-9]\d{6,14}$/
const blanksAndMarks = /[\s().[\]\-#*/\p{Pd}]/gu
/** What cannot be seen: zero-width blanks, marks of direction (a number copied from a contact card often has them). */
const invisible = /[\p{Cf}\p{Cc}]/gu
const extension = /^(.*\d.*?)[\s,;]*(?:x|ext(?:ension|n)?[.:]?|;ext=)[\s.:]*(\d{1,9})#?$/iu

const malformed: ParsedPhone = { kind: 'malformed' }
const needsCountry: ParsedPhone = { kind: 'needs_country' }
const notANumber: ParsedPhone = { kind: 'not_a_number' }

/**
 * What somebody typed, in any of the spellings people use. With a country that does not fit, the answer is `malformed`; asking again
 * without it tells whether another country might fit.
 */
export function parsePhoneNumber(text: string, country?: string): ParsedPhone {
  if (text.length > textMaxLength) return text.length <= userNameMaxLength && text.includes('@') ? notANumber : malformed
  const cleaned = plainDigits(text.normalize('NFKC')).replace(invisible, '').trim()
  if (cleaned.includes('@')) return notANumber
  const dialled = withoutExtension(withoutScheme(cleaned))
  if (/^\p{L}/u.test(dialled)) return notANumber
  const digits = dialled.replace(blanksAndMarks, '')
  if (!/^\+?\d+$/.test(digits) || digits.length < digitsMin || digits.length > digitsMax) return malformed

  const home = country !== undefined && isSupportedCountry(country) ? country : undefined
  const found = firstValid(spellings(dialled), home)
  if (found) return { kind: 'number', number: canonicalNumber(found.number) }
  return home || digits.startsWith('+') || digits.startsWith('00') ? malformed : needsCountry
}

/** A number that was parsed before, such as one a store kept. */
export function canonicalNumber(text: string): PhoneNumber {
  if (!isCanonical(text)) throw new Error('expected a number as E.164 writes it')
  return text
}

function isCanonical(text: string): text is PhoneNumber {
  return e164.test(text)
}

function withoutScheme(text: string): string {
  if (!/^tel:/i.test(text)) return text
  // What follows the number in such an address is about dialling; only the extension is known to people, and it is dropped as well.
  return text.slice('tel:'.length).replace(/;.*$/, '').trim()
}

function withoutExtension(text: string): string {
  return extension.exec(text)?.[1]?.trim() ?? text
}

/** What is dialled behind the number, as in `+1 4255551234x12`. */
export function extensionIn(text: string): string | undefined {
  if (text.length > textMaxLength) return undefined
  return extension.exec(plainDigits(text.normalize('NFKC')).replace(invisible, '').trim())?.[2]
}

/** The ways to read it, the likeliest first. */
function spellings(dialled: string): string[] {
  const beforeHash = /^(.*\d.*)#\s*\d{1,7}$/.exec(dialled)?.[1]
  const withoutTrunk = dialled.replace(/[([]\s*0\s*[)\]]/, '')
  const readings = [...(beforeHash ? [beforeHash] : []), dialled, withoutTrunk].map((reading) => reading.replace(blanksAndMarks, ''))
  return [...readings, ...readings.filter((reading) => reading.startsWith('00')).map((reading) => `+${reading.slice(2)}`)]
}

function firstValid(readings: readonly string[], country: CountryCode | undefined): Parsed | undefined {
  for (const reading of new Set(readings)) {
    const parsed = parsePhoneNumberFromString(reading, { extract: false, ...(country && { defaultCountry: country }) })
    if (parsed && judged(parsed)?.isValid()) return parsed
  }
}

/**
 * In North America no exchange begins with 0 or 1, so that is what manuals print ("+1 4251234567"), and what scripts are tried with.
 * Such a number is judged as its neighbour would be.
 */
function judged(number: Parsed): Parsed | undefined {
  if (number.countryCallingCode !== '1') return number
  return parsePhoneNumberFromString(number.number.replace(/^(\+1\d{3})[01]/, '$12'), { extract: false })
}

/** Digits of every script. Unicode keeps the ten of a script in one run, in order, so a digit's worth is its place behind the zero. */
function plainDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0
    let worth = 0
    while (worth < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - worth - 1))) worth++
    return String(worth)
  })
}

function parsed(number: string): Parsed | undefined {
  const found = isCanonical(number) ? parsePhoneNumberFromString(number, { extract: false }) : undefined
  return found && judged(found)
}

export function countryOf(number: string): string | undefined {
  return parsed(number)?.country
}

export function numberTypeOf(number: string): Exclude<NumberType, undefined> | undefined {
  return parsed(number)?.getType()
}

/**
 * Numbers that earn somebody money by being texted, that belong to nobody in particular, or that no text reaches, never get one.
 * A number without a country is a satellite's or an international service's.
 */
export function mayReceiveTexts(number: string, { allowsVoip = false } = {}): boolean {
  const found = parsed(number)
  if (!found?.country || found.isNonGeographic()) return false
  const type = found.getType()
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE' || (type === 'VOIP' && allowsVoip)
}

/** Calls reach the line at a desk as well; what earns somebody money by being called, or belongs to nobody in particular, is never called. */
export function mayReceiveCalls(number: string): boolean {
  const found = parsed(number)
  if (!found?.country || found.isNonGeographic()) return false
  const type = found.getType()
  return type === 'MOBILE' || type === 'FIXED_LINE' || type === 'FIXED_LINE_OR_MOBILE'
}

/** For pages: enough to recognise one's own number, too little to learn another's. */
export function maskedNumber(number: string): string {
  return masked(number, '•')
}

export function maskedForLog(number: string): string {
  return masked(number, 'X')
}

function masked(number: string, mark: string): string {
  const { callingCode, rest } = split(number)
  if (!callingCode) return mark.repeat(Math.min(number.length, digitsMax))
  return `+${callingCode} ${mark.repeat(Math.max(0, rest.length - 2))}${rest.slice(-2)}`
}

/** As Microsoft Graph writes a number: a blank behind the calling code, an x before the extension. */
export function graphNumber(number: string, ownExtension?: string): string {
  const { callingCode, rest } = split(number)
  const behind = ownExtension === undefined ? '' : `x${ownExtension}`
  return (callingCode ? `+${callingCode} ${rest}` : number) + behind
}

/** The range a number stands in. Whoever pumps texts for money owns a range, not one number. */
export function prefixOf(number: string): string {
  return number.slice(0, -4)
}

function split(number: string): { callingCode: string | undefined; rest: string } {
  const callingCode = parsed(number)?.countryCallingCode
  return { callingCode, rest: number.slice(1 + (callingCode?.length ?? 0)) }
}

export interface CallingCode {
  country: string
  callingCode: string
}

/** Every country a number can be of, for a list to choose from. Where several share a code, the one people think of comes first. */
export function callingCodes(): CallingCode[] {
  return getCountries()
    .map((country) => ({ country, callingCode: getCountryCallingCode(country).toString() }))
    .sort((one, other) => isSecondary(one) - isSecondary(other) || (one.country < other.country ? -1 : 1))
}

function isSecondary({ country, callingCode }: CallingCode): number {
  return plans.country_calling_codes[callingCode]?.[0] === country ? 0 : 1
}

/** Stands in for the number of a name nobody has. +999 belongs to no country, so nobody's budgets are touched and nobody is ever texted. */
export function decoyNumber(name: string): PhoneNumber {
  const digits = BigInt(`0x${hash('sha256', name).slice(0, 16)}`) % 10n ** 11n
  return canonicalNumber(`+999${String(digits).padStart(11, '0')}`)
}
