import type { Brackets } from './brackets.ts'

interface TypeRead {
  end: number
  /** The last object of a function type's result, which may turn out to be a body. */
  resultObject: number | undefined
}

interface Reading extends TypeRead {
  /** Does the grammar want a type here? Then `{` opens an object type; otherwise it opens a body. */
  wanted: boolean
  /** The type just read was in round brackets, so `=>` makes it the parameters of a function type. */
  wasRound: boolean
  isResult: boolean
  conditional: boolean
}

const before = /^(?:keyof|typeof|readonly|unique|infer|asserts|new|abstract)$/
const joins = /^(?:is|extends)$/

/** Reads the type that starts at `from` and answers where it ends; undefined when no type stands there. */
export function endOfType(code: string, from: number, brackets: Brackets): TypeRead | undefined {
  const reading: Reading = { end: from, resultObject: undefined, wanted: true, wasRound: false, isResult: false, conditional: false }
  for (;;) {
    while (/\s/.test(code.charAt(reading.end))) reading.end++
    const next = reading.wanted ? operand(code, reading, brackets) : operator(code, reading, brackets)
    if (next === undefined) return reading.wanted ? undefined : reading
    reading.end = next
  }
}

function operand(code: string, reading: Reading, { partner }: Brackets): number | undefined {
  const at = reading.end
  const char = code.charAt(at)
  if (char === '|' || char === '&' || char === '-') return at + 1
  if (char === '<') return afterAngles(code, at)
  const name = wordAt(code, at)
  reading.wanted = before.test(name)
  reading.wasRound = char === '('
  if (name) return at + name.length
  const close = char === '{' || char === '[' || char === '(' ? partner.get(at) : quoteEnd(code, at, char)
  reading.wanted = close === undefined
  if (char === '{' && reading.isResult) reading.resultObject = at
  return close === undefined ? undefined : close + 1
}

function operator(code: string, reading: Reading, { partner }: Brackets): number | undefined {
  const at = reading.end
  const char = code.charAt(at)
  const name = wordAt(code, at)
  if (char === '<') return afterAngles(code, at)
  if (char === '[') return (partner.get(at) ?? at) + 1
  reading.wanted = true
  if (name === 'extends') reading.conditional = true
  if (joins.test(name)) return at + name.length
  if (char === '|' || char === '&' || char === '.') return at + 1
  if (reading.conditional && (char === '?' || char === ':')) return at + 1
  if (reading.wasRound && code.startsWith('=>', at)) {
    reading.isResult = true
    return at + 2
  }
  reading.wanted = false
  return undefined
}

function afterAngles(code: string, from: number): number {
  let depth = 0
  for (const { 0: sign, index } of code.slice(from).matchAll(/=>|[<>]/g)) {
    if (sign === '<') depth++
    if (sign === '>' && --depth === 0) return from + index + 1
  }
  return code.length
}

function quoteEnd(code: string, at: number, char: string): number | undefined {
  if (char !== "'" && char !== '"' && char !== '`') return
  const end = code.indexOf(char, at + 1)
  return end < 0 ? undefined : end
}

function wordAt(code: string, at: number): string {
  const word = /[\w$]+/y
  word.lastIndex = at
  return word.exec(code)?.[0] ?? ''
}
