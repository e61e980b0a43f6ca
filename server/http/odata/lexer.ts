import { refuse } from '#server/domain/refusal.ts'

const charactersMax = 2000

/** `$filter` quotes with `'` and doubles it inside, `$search` quotes with `"` and escapes with a backslash. */
export type Quote = "'" | '"'

export type TokenKind = 'word' | 'text' | 'guid' | 'dateTime' | 'number' | 'symbol' | 'odd' | 'unclosed' | 'end'

export interface Token {
  kind: TokenKind
  text: string
  /** In characters of the decoded option, the first being 1. */
  position: number
}

// Every rule is linear: no repetition of open length stands inside another. What starts like a value but is none becomes one odd token.
const rules: readonly (readonly [TokenKind, RegExp])[] = [
  ['guid', /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w.$:+-])/iy],
  ['dateTime', /\d{4}-\d\d-\d\d(?:T[\d:.]*Z?)?(?![\w.$:+-])/iy],
  ['number', /[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.$:+-])/iy],
  ['odd', /[+-]?\d[\w.$:+-]*/y],
  ['word', /[A-Za-z_$][\w.$]*/y],
  ['symbol', /[(),:/]/y],
]

const keywords = new Set('and or not in eq ne gt ge lt le any true false null asc desc'.split(' '))

/** Cuts an option into tokens; the last one is always `end`. */
export function tokensOf(option: string, text: string, quote: Quote): readonly Token[] {
  refuseTooLong(option, text)
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const start = text.charAt(at)
    if (start === ' ' || start === '\t') {
      at++
    } else if (start === quote) {
      const quoted = readQuoted(text, at, quote)
      tokens.push(quoted.token)
      at = quoted.end
    } else {
      const token = readPlain(text, at)
      tokens.push(token)
      at += token.text.length
    }
  }
  tokens.push({ kind: 'end', text: '', position: text.length + 1 })
  return tokens
}

export function refuseTooLong(option: string, text: string): void {
  if (text.length > charactersMax) refuse('query_too_long', { option, limit: `${charactersMax} characters` })
}

function readPlain(text: string, at: number): Token {
  for (const [kind, rule] of rules) {
    rule.lastIndex = at
    const found = rule.exec(text)?.[0]
    if (found !== undefined) return { kind, text: found, position: at + 1 }
  }
  // One whole code point, so that a refusal never shows half a character.
  return { kind: 'odd', text: String.fromCodePoint(text.codePointAt(at) ?? 0), position: at + 1 }
}

/** Text without an end, or with a control character in it, becomes a token that no grammar accepts; nothing is read behind it. */
function readQuoted(text: string, start: number, quote: Quote): { token: Token; end: number } {
  let value = ''
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at)
    const next = text.charAt(at + 1)
    if (quote === "'" ? character === quote && next === quote : character === '\\' && (next === quote || next === '\\')) {
      value += next
      at++
    } else if (character === quote) {
      return { token: { kind: 'text', text: value, position: start + 1 }, end: at + 1 }
    } else if (isControl(character)) {
      return { token: { kind: 'odd', text: character, position: at + 1 }, end: text.length }
    } else {
      value += character
    }
  }
  return { token: { kind: 'unclosed', text: value, position: start + 1 }, end: text.length }
}

/**
 * What a refusal says it met: keywords and punctuation, never the content of a value, which may be a phone number
 * or a secret. Any other word may be one that lost its quotes.
 */
export function shownToken(token: Token, quote: Quote): string {
  switch (token.kind) {
    case 'word':
      return keywords.has(token.text.toLowerCase()) ? token.text : 'word'
    case 'text':
      return `${quote}…${quote}`
    case 'unclosed':
      return `${quote}…`
    case 'guid':
      return 'GUID'
    case 'odd':
      return shownOdd(token.text)
    case 'symbol':
      return token.text
    default:
      return token.kind
  }
}

/** Invisible characters are told by their number: they are found nowhere else than in a copied text that looks right. */
function shownOdd(text: string): string {
  if (text.length > String.fromCodePoint(text.codePointAt(0) ?? 0).length) return '…'
  return /[\p{C}\p{Z}]/u.test(text) ? codePointName(text) : text
}

/** Names of properties, options and functions are repeated; anything that cannot be one is not. */
export function shownName(name: string): string {
  if (name === '') return 'nothing'
  if (!/^[A-Za-z_$][\w.$/]*$/.test(name)) return '…'
  return name.length > 64 ? `${name.slice(0, 64)}…` : name
}

function isControl(character: string): boolean {
  const code = character.charCodeAt(0)
  return code < 0x20 || (code >= 0x7f && code <= 0x9f)
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
