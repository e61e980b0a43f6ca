/** The query options of a Graph list call, from text to a tree that only names what the collection's allow-list names. */

import type { Queryable } from '#contract/graph/queryable.ts'
import type { OrderBy, Query } from '#server/domain/query.ts'
import { refuse } from '#server/domain/refusal.ts'
import { Cursor } from './cursor.ts'
import { parseFilter } from './filter.ts'
import { refuseTooLong, shownName } from './lexer.ts'
import { parseSearch } from './search.ts'
import { findSpelling, listed } from './spelling.ts'

export interface QueryContext {
  /** Did the client send `ConsistencyLevel: eventual`? */
  eventual: boolean
}

const options = ['$filter', '$search', '$orderby', '$select', '$expand', '$top', '$skiptoken', '$count'] as const

type Option = (typeof options)[number]
type Given = ReadonlyMap<Option, string>

const supportedOptions = listed(options)
const optionNamed: ReadonlyMap<string, Option> = new Map(
  options.flatMap((option) => [[option, option] as const, [option.slice(1), option] as const]),
)

const nothing: readonly string[] = []

/** `after` stays undefined: whoever holds the keys opens the skip token. */
export function parseQuery(
  queryable: Queryable,
  params: URLSearchParams,
  context: QueryContext,
): Query & { skipToken: string | undefined } {
  const given = givenOptions(params)
  const count = parseCount(given.get('$count'), context)
  const advanced = context.eventual && count
  const filter = given.get('$filter')
  const search = given.get('$search')
  const orderBy = given.get('$orderby')
  const select = given.get('$select')
  const expand = given.get('$expand')

  if (search !== undefined && !context.eventual) refuse('query_needs_eventual', { option: '$search', part: '$search' })
  if (orderBy !== undefined && filter !== undefined && !advanced && !queryable.sortsWhatItFilters) {
    refuse('query_needs_eventual', { option: '$orderby', part: '$orderby + $filter' })
  }
  return {
    filter: filter === undefined ? undefined : parseFilter(filter, queryable, advanced),
    search: search === undefined ? undefined : parseSearch(search, queryable),
    orderBy: orderBy === undefined ? undefined : parseOrderBy(orderBy, queryable),
    select: select === undefined ? undefined : parseNames('$select', select, queryable.selectable),
    expand: expand === undefined ? nothing : parseExpand(expand, queryable.expandable ?? nothing),
    top: parseTop(given.get('$top'), queryable),
    count,
    after: undefined,
    skipToken: parseSkipToken(given.get('$skiptoken')),
  }
}

/** Clients add options of their own without `$`; those are none of our business. */
function givenOptions(params: URLSearchParams): Given {
  const given = new Map<Option, string>()
  for (const [typed, value] of params) {
    const name = typed.toLowerCase()
    const option = optionNamed.get(name)
    if (option !== undefined) {
      if (given.has(option)) refuse('query_invalid', { option, position: '1', expected: `1 × ${option}`, got: `2 × ${option}` })
      given.set(option, value)
    } else if (name === '$format') {
      if (value.toLowerCase() !== 'json') refuse('query_unsupported', { option: name, part: shownName(value), supported: 'json' })
    } else if (name.startsWith('$') || name === 'skip') {
      // A `skip` without `$` means the same to Graph; ignored, it would give a paging client the first page for ever.
      refuse('query_option_unknown', { option: shownName(typed), supported: supportedOptions })
    }
  }
  return given
}

function parseCount(text: string | undefined, { eventual }: QueryContext): boolean {
  const word = text?.toLowerCase()
  if (word === undefined || word === 'false') return false
  if (word !== 'true') refuse('query_invalid', { option: '$count', position: '1', expected: 'true, false', got: shownName(word) })
  if (!eventual) refuse('query_needs_eventual', { option: '$count', part: '$count=true' })
  return true
}

function parseTop(text: string | undefined, { topMax, topDefault }: Queryable): number {
  if (text === undefined) return topDefault
  const top = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0
  if (top < 1 || top > topMax) refuse('top_out_of_range', { max: String(topMax) })
  return top
}

function parseSkipToken(text: string | undefined): string | undefined {
  // An empty token is easily mistaken for none, which would answer with the first page again.
  if (text === '') refuse('skip_token_invalid')
  return text
}

function parseOrderBy(text: string, { properties }: Queryable): OrderBy {
  const option = '$orderby'
  const cursor = new Cursor(option, text, "'")
  const sortable = listed(Object.keys(properties).filter((name) => properties[name]?.sortable))
  const { typed } = cursor.takeName()
  const property = findSpelling(properties, typed)
  if (property === undefined) refuse('query_property_unknown', { option, property: shownName(typed), supported: sortable })
  if (!properties[property]?.sortable) refuse('query_unsupported', { option, part: property, supported: sortable })

  const descending = cursor.takeWord('desc')
  if (!descending) cursor.takeWord('asc')
  if (cursor.isSymbol(',')) refuse('query_unsupported', { option, part: `${property}, …`, supported: sortable })
  cursor.expectEnd('asc, desc, end')
  return { property, descending }
}

function parseExpand(text: string, expandable: readonly string[]): readonly string[] {
  if (text.includes('(')) refuse('query_unsupported', { option: '$expand', part: '(…)', supported: listed(expandable) })
  return parseNames('$expand', text, expandable)
}

function parseNames(option: Option, text: string, declared: readonly string[]): readonly string[] {
  refuseTooLong(option, text)
  const names = new Set<string>()
  let position = 1
  for (const part of text.split(',')) {
    const typed = part.trim()
    if (typed === '') refuse('query_invalid', { option, position: String(position), expected: listed(declared), got: 'nothing' })
    const name = findSpelling(declared, typed)
    if (name === undefined) refuse('query_property_unknown', { option, property: shownName(typed), supported: listed(declared) })
    names.add(name)
    position += part.length + 1
  }
  return [...names]
}
