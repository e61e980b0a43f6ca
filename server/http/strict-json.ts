import { isUtf8 } from 'node:buffer'
import { refuse } from '#server/domain/refusal.ts'

const depthMax = 20

/** Names that would reach behind an object instead of into it. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** A body as it came. Bytes that are no UTF-8 would be read as other characters than were meant, and two names as one. */
export function jsonIn(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined
  return isUtf8(bytes) ? strictJson(bytes.toString()) : refuse('body_not_json')
}

/**
 * Reads JSON. Two readers that treat a repeated key differently can be played against each other, so a body that has one is
 * refused, and so are keys that mean something to JavaScript and nesting nobody needs.
 */
export function strictJson(text: string): unknown {
  const value = parsed(text)
  refuseTrickyKeys(text)
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    refuse('body_not_json')
  }
}

/** Walks over text that is known to be JSON, so only strings and brackets need to be told apart. */
function refuseTrickyKeys(text: string): void {
  const open: (Set<string> | undefined)[] = []
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '{':
      case '[':
        open.push(text[at] === '{' ? new Set() : undefined)
        if (open.length > depthMax) refuse('body_too_deep', { limit: String(depthMax) })
        break
      case '}':
      case ']':
        open.pop()
        break
      case '"': {
        const end = endOfString(text, at)
        const keys = open.at(-1)
        if (keys && isFollowedByColon(text, end)) noteKey(keys, keyIn(text, at, end))
        at = end
      }
    }
  }
}

function noteKey(keys: Set<string>, key: string): void {
  if (forbiddenKeys.has(key)) refuse('body_key_forbidden', { key })
  if (keys.has(key)) refuse('body_key_twice', { key: key.slice(0, 100) })
  keys.add(key)
}

function keyIn(text: string, start: number, end: number): string {
  const key = text.slice(start + 1, end)
  return key.includes('\\') ? JSON.parse(`"${key}"`) : key
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

function isFollowedByColon(text: string, end: number): boolean {
  let at = end + 1
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++
  return text[at] === ':'
}
