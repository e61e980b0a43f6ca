/** A quoted string, or one stretch of a template: `${` ends a stretch and `}` begins the next. Escapes stay as they are written. */
export interface Literal {
  start: number
  text: string
  opens: boolean
  closes: boolean
}

export interface Comment {
  start: number
  text: string
}

/** The code keeps its length and its lines: comments, patterns and the insides of strings and templates become blanks. */
export interface Scan {
  code: string
  literals: Literal[]
  comments: Comment[]
}

interface Reading extends Scan {
  text: string
  jsx: boolean
  at: number
  /** The last token that is neither blank nor comment; it tells a pattern from a division. */
  last: string
  /** Open `{` and open templates, so a `}` knows which of the two it closes. */
  open: ('{' | '`')[]
  /** For each open `(`: does it hold the condition of a statement, after which a new expression begins? */
  conditions: boolean[]
}

const space = /\s+/y
const comment = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y
const quoted = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y
const templateText = /(?:[^`\\$]+|\\[\s\S]|\$(?!\{))*/y
const pattern = /\/(?![/*])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y
const word = /[\w$]+/y
const sign = /\+\+|--|=>|[\s\S]/y

const conditionWords = /^(?:if|while|for|with)$/
const expressionFollows = /^(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield|instanceof|=>|[}({[,;:=!?&|<>+*/%^~-]|)$/

/**
 * Tells code from comments and strings. It knows no grammar beyond tokens; in JSX a text with two apostrophes on a line reads as
 * a string, which is harmless where every phrase comes from locales.
 */
export function scan(text: string, jsx = false): Scan {
  const reading: Reading = { text, jsx, at: 0, last: '', open: [], conditions: [], code: '', literals: [], comments: [] }
  while (reading.at < text.length) step(reading)
  return { code: reading.code, literals: reading.literals, comments: reading.comments }
}

function step(reading: Reading): void {
  const char = reading.text.charAt(reading.at)
  if (char === '`' || (char === '}' && reading.open.at(-1) === '`')) readTemplate(reading)
  else if (char === '/') readSlash(reading)
  else if (char === "'" || char === '"') readQuoted(reading, char)
  else if (/[\w$]/.test(char)) readWord(reading)
  else if (/\s/.test(char)) keep(reading, match(space, reading) ?? char)
  else readSign(reading)
}

function readWord(reading: Reading): void {
  const isProperty = reading.last === '.'
  const found = match(word, reading) ?? ''
  keep(reading, found)
  reading.last = isProperty ? 'property' : found
}

function readSlash(reading: Reading): void {
  const remark = match(comment, reading)
  if (remark) {
    reading.comments.push({ start: reading.at, text: remark })
    hide(reading, remark)
    return
  }
  // `</p>` and `<br />` are tags: no pattern follows `<` directly or begins with `>`.
  const isTag = reading.jsx && (reading.text.charAt(reading.at - 1) === '<' || reading.text.charAt(reading.at + 1) === '>')
  const found = !isTag && expressionFollows.test(reading.last) ? match(pattern, reading) : undefined
  if (!found) {
    readSign(reading)
    return
  }
  hide(reading, found)
  reading.last = 'pattern'
}

function readQuoted(reading: Reading, quote: string): void {
  const found = match(quoted, reading)
  if (!found) {
    readSign(reading)
    return
  }
  const inside = found.slice(1, -1)
  reading.literals.push({ start: reading.at, text: inside, opens: true, closes: true })
  keep(reading, quote)
  hide(reading, inside)
  keep(reading, quote)
  reading.last = 'string'
}

function readTemplate(reading: Reading): void {
  const start = reading.at
  const opens = reading.text.charAt(start) === '`'
  if (!opens) reading.open.pop()
  keep(reading, opens ? '`' : '}')
  const inside = match(templateText, reading) ?? ''
  hide(reading, inside)
  const closes = reading.text.charAt(reading.at) !== '$'
  reading.literals.push({ start, text: inside, opens, closes })
  if (!closes) reading.open.push('`')
  keep(reading, reading.text.slice(reading.at, reading.at + (closes ? 1 : 2)))
  reading.last = closes ? 'template' : '{'
}

function readSign(reading: Reading): void {
  const found = match(sign, reading) ?? ''
  let last = found
  if (found === '{') reading.open.push('{')
  if (found === '}') reading.open.pop()
  if (found === '(') reading.conditions.push(conditionWords.test(reading.last))
  if (found === ')' && reading.conditions.pop()) last = ';'
  keep(reading, found)
  reading.last = last
}

function match(expression: RegExp, reading: Reading): string | undefined {
  expression.lastIndex = reading.at
  return expression.exec(reading.text)?.[0]
}

function keep(reading: Reading, found: string): void {
  reading.code += found
  reading.at += found.length
}

function hide(reading: Reading, found: string): void {
  reading.code += found.replace(/[^\n]/g, ' ')
  reading.at += found.length
}
