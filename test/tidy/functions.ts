import { type Brackets, bracketsOf } from './brackets.ts'
import { endOfType } from './return-type.ts'

export interface FunctionFound {
  name: string
  line: number
  lines: number
  /** The callback of `test(…)` or `describe(…)`: a story or a list of stories, not a function anybody calls. */
  isStory: boolean
}

const control = /(?:^|[^\w$.])(?:if|for|while|switch|catch|await)\s*$/
const superclass = /\bextends\s+[\w$.]+\s*$/
const storyCall = /(?:^|[^\w$])(?:test|describe)(?:\.\w+)?\s*$/
const calledName = /([\w$]+|\[[^[\]]*\]|['"*])\s*$/
const givenName = /([\w$]+)\s*(?::\s*[^=;{}]*)?[=:]\s*(?:async\s*)?$/

/** Every function with a body in braces, found by its list of parameters: `(…) {`, `(…): T {`, `(…) => {` or `(…): T => {`. */
export function functionsOf(code: string): FunctionFound[] {
  const brackets = bracketsOf(code)
  const lineOf = lineCounter(code)
  const found = new Map<number, FunctionFound>()
  for (const [open, close] of brackets.partner) {
    if (code.charAt(open) !== '(' || close < open) continue
    const body = bodyAfter(code, close, brackets)
    if (!body || found.has(body.at)) continue
    const before = textBefore(code, open)
    if (!body.arrow && (control.test(before) || superclass.test(before))) continue
    const name = (body.arrow ? givenName : calledName).exec(before)?.[1]
    if (!name && !body.arrow) continue
    const end = brackets.partner.get(body.at) ?? code.length
    // No body stands before these; it was the object that a function type answers.
    if (body.arrow && /^\s*[=>|&[]/.test(code.slice(end + 1, end + 50))) continue
    const line = lineOf(open)
    const lines = lineOf(end) - line + 1
    found.set(body.at, { name: name ?? 'a function', line, lines, isStory: isStory(code, open, brackets) })
  }
  return [...found.values()]
}

function bodyAfter(code: string, close: number, brackets: Brackets): { at: number; arrow: boolean } | undefined {
  let at = skipSpace(code, close + 1)
  let lastObject: number | undefined
  if (code.charAt(at) === ':') {
    const type = endOfType(code, at + 1, brackets)
    if (!type) return
    at = type.end
    lastObject = type.resultObject
  }
  if (code.charAt(at) === '{') return { at, arrow: false }
  if (code.startsWith('=>', at)) {
    const after = skipSpace(code, at + 2)
    if (code.charAt(after) === '{') return { at: after, arrow: true }
  }
  // `(x): (A | B) => {` reads like a function type that answers an object; nothing follows, so the object was the body.
  return lastObject === undefined ? undefined : { at: lastObject, arrow: true }
}

/** What stands before the parameters and their type parameters. */
function textBefore(code: string, open: number): string {
  let depth = 0
  let at = open
  while (at > 0) {
    at--
    const char = code.charAt(at)
    if (char === '>' && code.charAt(at - 1) !== '=') depth++
    else if (char === '<') depth--
    else if (depth <= 0 && !/\s/.test(char)) return code.slice(Math.max(0, at - 200), at + 1)
  }
  return ''
}

function isStory(code: string, open: number, { parent }: Brackets): boolean {
  const around = parent.get(open)
  return around !== undefined && code.charAt(around) === '(' && storyCall.test(code.slice(Math.max(0, around - 40), around))
}

function skipSpace(code: string, from: number): number {
  let at = from
  while (at < code.length && code.charCodeAt(at) <= 32) at++
  return at
}

function lineCounter(code: string): (offset: number) => number {
  const ends: number[] = []
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) ends.push(at)
  return (offset) => {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] ?? 0) < offset) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}
