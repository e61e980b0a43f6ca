import type { User } from './user.ts'

const hour = 60 * 60 * 1_000
/** So long a password that somebody else chose opens the page where its person chooses their own. */
export const temporaryLifeMs = 24 * hour

export const passwordLengthMax = 256
const bytesMax = 1_024

/** NIST SP 800-63B-4: a password that opens a session by itself has to be longer than one beside which something else is always asked. */
const lengths = { alone: 15, besideAnother: 8 } as const
/** What has to be left when everything that is easily guessed counts for little; see `weightOf`. */
const weights = { alone: 9, besideAnother: 5 } as const
const ownWordsMin = 5

/** What a page can tell before anybody has typed a letter. */
export interface PasswordRules {
  minLength: number
  maxLength: number
}

export interface PasswordUse {
  /** Nothing else is asked of whoever knows it. */
  opensAlone: boolean
}

/** While no second factor is asked of anybody, a password opens a session by itself; one that must be changed first opens nothing. */
export function passwordUse(mustChange: boolean): PasswordUse {
  return { opensAlone: !mustChange }
}

export function passwordRules({ opensAlone }: PasswordUse): PasswordRules {
  return { minLength: opensAlone ? lengths.alone : lengths.besideAnother, maxLength: passwordLengthMax }
}

/** Whether it is worth any work at all. Every letter there is, and blanks too; only half characters are no text. */
export function mayBePassword(text: string): boolean {
  return text !== '' && text.isWellFormed() && [...text].length <= passwordLengthMax && Buffer.byteLength(text) <= bytesMax
}

export type PasswordProblem = 'password_too_short' | 'password_too_long' | 'password_of_names' | 'password_common' | 'password_too_simple'

export interface PasswordFacts extends PasswordUse {
  /** Words anybody who wants in would try first: see `wordsAround`. */
  ownWords: readonly string[]
  /** Whether so many people have this for a password, written as `folded` writes it. */
  isCommon(word: string): boolean
}

/** The first reason against a new password. There are no rules of composition: they make passwords alike, not strong. */
export function problemWith(text: string, { opensAlone, ownWords, isCommon }: PasswordFacts): PasswordProblem | undefined {
  const { minLength } = passwordRules({ opensAlone })
  const password = text.normalize('NFC')
  if (password !== '' && !mayBePassword(password)) return 'password_too_long'
  if ([...password].length < minLength) return 'password_too_short'
  const plain = folded(password)
  const own = new Set(ownWords.map(folded))
  if (scoreOf(plain, own) < ownWordsMin) return 'password_of_names'
  const least = opensAlone ? weights.alone : weights.besideAnother
  const isEnough = (words: ReadonlySet<string>, common: PasswordFacts['isCommon']) => weightOf(plain, words, common) >= least
  if (isEnough(own, isCommon)) return undefined
  if (!isEnough(new Set(), () => false)) return 'password_too_simple'
  return isEnough(own, () => false) ? 'password_common' : 'password_of_names'
}

const lookalikes: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', $: 's', '@': 'a' }

/** In small letters, and with the signs people put for letters read as those. */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[013457$@]/g, (sign) => lookalikes[sign] ?? sign)
}

/** One for each of these words that is in it and one for every other letter, at least: how Microsoft counts banned words. */
export function scoreOf(plain: string, words: ReadonlySet<string>): number {
  return cheapest(
    plain,
    () => 1,
    (part) => (words.has(part) ? 1 : undefined),
  )
}

/** A common password is worth three letters, however long it is. */
const commonWeight = 3
const wordMin = 4

/** How much is in it for somebody who guesses with a list of common passwords and knows what runs over a keyboard and what repeats. */
function weightOf(plain: string, own: ReadonlySet<string>, isCommon: PasswordFacts['isCommon']): number {
  const unit = unitOf(plain)
  const costOf = (part: string) => (own.has(part) ? 1 : isCommon(part) ? commonWeight : undefined)
  return cheapest(unit, (at) => (isRun(unit, at) ? 0 : 1), costOf)
}

const wordMax = 32

/** The least it costs to put the text together out of letters and words. */
function cheapest(text: string, letterCost: (at: number) => number, wordCost: (part: string) => number | undefined): number {
  const costs = [0]
  for (let end = 1; end <= text.length; end++) {
    let least = (costs[end - 1] ?? 0) + letterCost(end - 1)
    for (let start = Math.max(0, end - wordMax); start <= end - wordMin; start++) {
      const cost = wordCost(text.slice(start, end))
      if (cost !== undefined) least = Math.min(least, (costs[start] ?? 0) + cost)
    }
    costs.push(least)
  }
  return costs[text.length] ?? 0
}

/** The same letter again, or one more step up or down the alphabet: `aaaa`, `abcd`, `4321`. */
function isRun(text: string, at: number): boolean {
  const step = (index: number) => text.charCodeAt(index) - text.charCodeAt(index - 1)
  if (at < 1) return false
  return step(at) === 0 || (at > 1 && Math.abs(step(at)) === 1 && step(at) === step(at - 1))
}

/** What is written over and over again: `abc` of `abcabcabc`. */
function unitOf(text: string): string {
  const period = (text + text).indexOf(text, 1)
  return text.slice(0, period > 0 ? period : text.length)
}

/** As much of somebody's record as there is when their password is judged, which may be before they are in it. */
export type Named = Pick<User, 'displayName' | 'userPrincipalName' | 'mailNickname'> & Partial<Pick<User, 'givenName' | 'surname'>>

/** What stands around a person and their organisation, for anybody to read. */
export function wordsAround(user: Named, organisationName: string, numbers: readonly string[]): string[] {
  const { displayName, userPrincipalName, mailNickname, givenName = '', surname = '' } = user
  const names = [displayName, givenName, surname, userPrincipalName, mailNickname, organisationName, 'Sesam'].flatMap((name) => [
    name,
    name.replace(/[^\p{L}\p{N}]/gu, ''),
    ...name.split(/[^\p{L}\p{N}]+/u),
  ])
  const digits = numbers
    .map((number) => number.replace(/\D/g, ''))
    .flatMap((all) => [all, all.slice(2), all.slice(3), all.slice(-8), all.slice(-6)])
  return [...new Set([...names, ...digits])].filter((word) => word.length >= wordMin)
}

interface Kept {
  mustChange: boolean
  changedAt: Date
}

export function isTemporaryOver({ mustChange, changedAt }: Kept, now: Date): boolean {
  return mustChange && now.getTime() - changedAt.getTime() > temporaryLifeMs
}
