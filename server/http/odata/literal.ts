import type { ValueKind } from '#contract/graph/queryable.ts'
import type { Value } from '#server/domain/query.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Cursor } from './cursor.ts'

const numberMax = 2 ** 31 - 1
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const dateTime = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?Z)?$/i

const expectedOf: Readonly<Record<ValueKind, string>> = {
  text: "'text'",
  word: "'text'",
  id: 'GUID',
  boolean: 'true, false',
  dateTime: '2026-01-31T08:00:00Z',
  number: '50126',
}

/** Reads one value that fits the property. `null` only where it is asked for: SQL compares it with nothing but `is null`. */
export function readValue(cursor: Cursor, kind: ValueKind, nullable: boolean): Value {
  const canBeNull = nullable && kind !== 'boolean' && kind !== 'dateTime' && kind !== 'number'
  const expected = canBeNull ? `${expectedOf[kind]}, null` : expectedOf[kind]
  if (canBeNull && cursor.takeWord('null')) return null
  if (kind === 'boolean' && cursor.takeWord('true')) return true
  if (kind === 'boolean' && cursor.takeWord('false')) return false

  const token = cursor.take()
  if (kind === 'number') return (token.kind === 'number' ? parseNumber(token.text) : undefined) ?? cursor.refuseAt(token, expected)
  if (token.kind === 'number') refuse('query_unsupported', { option: cursor.option, part: 'number', supported: expected })
  if (token.kind === 'text' && (kind === 'text' || kind === 'word')) return token.text
  if (kind === 'id' && (token.kind === 'guid' || (token.kind === 'text' && guid.test(token.text)))) return token.text.toLowerCase()
  const instant = kind === 'dateTime' && token.kind === 'dateTime' ? parseInstant(token.text) : undefined
  return instant ?? cursor.refuseAt(token, expected)
}

/** Parts of a text are compared as text, whatever the property's kind. */
export function readPartOfText(cursor: Cursor, kind: ValueKind): string {
  const token = cursor.take()
  if (token.kind === 'number') refuse('query_unsupported', { option: cursor.option, part: 'number', supported: expectedOf.text })
  if (token.kind !== 'text') cursor.refuseAt(token, expectedOf.text)
  return kind === 'id' ? token.text.toLowerCase() : token.text
}

/** Larger ones are in none of our columns, and PostgreSQL fails when asked for one. */
function parseNumber(text: string): number | undefined {
  const number = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  return Math.abs(number) <= numberMax ? number : undefined
}

/** A day alone is its first instant. Our instants are milliseconds, so finer fractions are cut off. */
function parseInstant(text: string): Date | undefined {
  const [, day, minute = '00:00', second = '00', fraction = ''] = dateTime.exec(text) ?? []
  if (day === undefined) return undefined
  const written = `${day}T${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`
  const instant = new Date(written)
  // JavaScript turns 30 February and 24:00 into other days; what does not read back as written was no date.
  return Number.isNaN(instant.getTime()) || instant.toISOString() !== written ? undefined : instant
}
