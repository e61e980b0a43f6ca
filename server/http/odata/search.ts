import type { Queryable } from '#contract/graph/queryable.ts'
import type { Search } from '#server/domain/query.ts'
import { refuse } from '#server/domain/refusal.ts'
import { Cursor } from './cursor.ts'
import { shownName } from './lexer.ts'
import { findSpelling, listed } from './spelling.ts'

const option = '$search'

export function parseSearch(text: string, queryable: Queryable): Search {
  const cursor = new Cursor(option, text, '"')
  const search = readOr(cursor, queryable)
  cursor.expectEnd('AND, OR, end')
  return search
}

function readOr(cursor: Cursor, queryable: Queryable): Search {
  let left = readAnd(cursor, queryable)
  while (cursor.takeWord('or')) {
    cursor.countNode()
    left = { kind: 'or', left, right: readAnd(cursor, queryable) }
  }
  return left
}

function readAnd(cursor: Cursor, queryable: Queryable): Search {
  let left = readClause(cursor, queryable)
  while (cursor.takeWord('and')) {
    cursor.countNode()
    left = { kind: 'and', left, right: readClause(cursor, queryable) }
  }
  return left
}

function readClause(cursor: Cursor, queryable: Queryable): Search {
  if (cursor.takeSymbol('(')) {
    const inner = cursor.deeper(() => readOr(cursor, queryable))
    cursor.expectSymbol(')')
    return inner
  }
  if (cursor.isWord('not')) refuse('query_unsupported', { option, part: 'NOT', supported: 'AND, OR' })
  cursor.countNode()
  const token = cursor.take()
  if (token.kind !== 'text') cursor.refuseAt(token, '"property:text"')

  const colon = token.text.indexOf(':')
  if (colon === -1) refuse('query_unsupported', { option, part: '"…"', supported: searchableIn(queryable, '"', ':…"') })
  const property = getSearchable(queryable, token.text.slice(0, colon).trim())
  const value = token.text.slice(colon + 1)
  if (value.trim() === '') cursor.refuseAt(token, `"${property}:text"`)
  return { kind: 'word', property, value }
}

function getSearchable(queryable: Queryable, typed: string): string {
  const name = findSpelling(queryable.properties, typed)
  if (name === undefined) refuse('query_property_unknown', { option, property: shownName(typed), supported: searchableIn(queryable) })
  if (!queryable.properties[name]?.searchable) refuse('query_unsupported', { option, part: name, supported: searchableIn(queryable) })
  return name
}

function searchableIn({ properties }: Queryable, before = '', after = ''): string {
  const searchable = Object.keys(properties).filter((name) => properties[name]?.searchable)
  return listed(searchable.map((name) => `${before}${name}${after}`))
}
