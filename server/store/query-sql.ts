import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Comparison, Filter, OrderBy, Page, PageEnd, Query, Search, Value } from '#server/domain/query.ts'
import { fold } from '#server/domain/user.ts'

type Condition = Expression<SqlBool>

/**
 * How one property of the query language is kept. `text` has a lowered twin that is never null; `word` is of ASCII letters only, which both
 * engines lower alike; `instant` is milliseconds. A flag and one
 * of the `few` words that are asked for are written into the statement, so that an index of the rare ones is found.
 */
export type Column =
  | { kind: 'text'; column: string; lowered: string }
  | { kind: 'plain'; column: string }
  | { kind: 'word'; column: string; few?: readonly string[] }
  | { kind: 'flag'; column: string }
  | { kind: 'instant'; column: string }
  /** Not kept, but worked out of what is: is it this? */
  | { kind: 'worked out'; is: (value: string) => Condition }
  | { kind: 'items'; matches: (of: Filter | undefined) => Condition }

export type Columns = Readonly<Record<string, Column>>

/** Larger than any character that can follow a prefix. */
const behindEverything = '\u{10ffff}'

const operators: Readonly<Record<Comparison, RawBuilder<unknown>>> = {
  eq: sql`=`,
  ne: sql`<>`,
  gt: sql`>`,
  ge: sql`>=`,
  lt: sql`<`,
  le: sql`<=`,
}

export function conditionOf(filter: Filter, columns: Columns): Condition {
  switch (filter.kind) {
    case 'and':
      return sql`(${conditionOf(filter.left, columns)} and ${conditionOf(filter.right, columns)})`
    case 'or':
      return sql`(${conditionOf(filter.left, columns)} or ${conditionOf(filter.right, columns)})`
    case 'not':
      // A comparison with a value that is not there is neither true nor false to SQL; to whoever asks, it is not true.
      return sql`(${conditionOf(filter.of, columns)}) is not true`
    case 'compare':
      return compared(columnOf(columns, filter.property), filter.operator, filter.value)
    case 'in': {
      const among = columnOf(columns, filter.property)
      if (among.kind === 'plain' && !filter.values.includes(null)) return sql`${sql.ref(among.column)} in (${sql.join(filter.values)})`
      return sql`(${sql.join(
        filter.values.map((value) => compared(columnOf(columns, filter.property), 'eq', value)),
        sql` or `,
      )})`
    }
    case 'match':
      return matched(columnOf(columns, filter.property), filter.how, filter.value)
    case 'any': {
      const column = columnOf(columns, filter.property)
      if (column.kind !== 'items') throw new Error(`${filter.property} is not a collection`)
      return column.matches(filter.of)
    }
  }
}

function compared(column: Column, operator: Comparison, value: Value): Condition {
  if (column.kind === 'items') throw new Error('a collection cannot be compared')
  if (column.kind === 'worked out') return operator === 'ne' ? sql`not ${column.is(String(value))}` : column.is(String(value))
  const ref = sql.ref(column.column)
  if (value === null) return operator === 'eq' ? sql`${ref} is null` : sql`${ref} is not null`
  if (column.kind === 'text') return sql`${sql.ref(column.lowered)} ${operators[operator]} ${fold(String(value))}`
  const held = column.kind === 'word' ? sql`lower(${ref})` : ref
  const wanted = kept(column, value)
  // Never what somebody typed: only a number of ours, or a word of ours.
  const isWritten = column.kind === 'flag' || (column.kind === 'word' && column.few?.includes(String(wanted)))
  const comparison = sql<SqlBool>`${held} ${operators[operator]} ${isWritten ? sql.lit(wanted) : wanted}`
  // "Not this value" includes having no value at all.
  return operator === 'ne' ? sql`(${comparison} or ${ref} is null)` : comparison
}

function kept(column: Column, value: Exclude<Value, null>): string | number {
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'boolean') return value ? 1 : 0
  if (column.kind === 'word') return String(value).toLowerCase()
  return column.kind === 'flag' || column.kind === 'instant' ? Number(value) : value
}

function matched(column: Column, how: 'startsWith' | 'endsWith' | 'contains', value: string): Condition {
  if (column.kind !== 'text') throw new Error('only texts can be matched in part')
  const ref = sql.ref(column.lowered)
  const text = fold(value)
  if (how === 'startsWith') return sql`(${ref} >= ${text} and ${ref} < ${text + behindEverything})`
  return like(ref, how === 'endsWith' ? `%${escaped(text)}` : `%${escaped(text)}%`)
}

export function searchCondition(search: Search, columns: Columns): Condition {
  if (search.kind !== 'word') {
    const joined = search.kind === 'and' ? sql` and ` : sql` or `
    return sql`(${sql.join([searchCondition(search.left, columns), searchCondition(search.right, columns)], joined)})`
  }
  const column = columnOf(columns, search.property)
  if (column.kind !== 'text') throw new Error('only texts can be searched')
  const ref = sql.ref(column.lowered)
  const word = escaped(fold(search.value))
  // Graph's search looks at the beginning of every word.
  return sql`(${sql.join(
    [`${word}%`, `% ${word}%`, `%-${word}%`, `%.${word}%`].map((pattern) => like(ref, pattern)),
    sql` or `,
  )})`
}

function like(ref: RawBuilder<unknown>, pattern: string): Condition {
  return sql`${ref} like ${pattern} escape '\\'`
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`)
}

/**
 * A list without its own order follows the index its filter uses, so that a page is a range and not a sort:
 * the property of the first comparison every row must satisfy, or else the name people look for.
 */
export function orderOf(query: Query, columns: Columns, usual: string): OrderBy {
  return query.orderBy ?? { property: leadingProperty(query.filter, columns) ?? usual, descending: false }
}

function leadingProperty(filter: Filter | undefined, columns: Columns): string | undefined {
  if (filter?.kind === 'and') return leadingProperty(filter.left, columns) ?? leadingProperty(filter.right, columns)
  const narrow = (filter?.kind === 'compare' && filter.operator === 'eq' && filter.value !== null) || filter?.kind === 'match'
  if (!narrow || (filter.kind === 'match' && filter.how !== 'startsWith')) return undefined
  return columns[filter.property]?.kind === 'text' ? filter.property : undefined
}

/** What rows are sorted by: the lowered twin of a text, or the column itself. */
export function sortColumn(columns: Columns, property: string): string {
  const column = columnOf(columns, property)
  if (column.kind === 'items' || column.kind === 'worked out') throw new Error('only what is kept can be sorted by')
  return column.kind === 'text' ? column.lowered : column.column
}

export function sortValue(row: Readonly<Record<string, unknown>>, sortedBy: string): PageEnd['sort'] {
  const value = row[sortedBy.split('.').at(-1) ?? sortedBy]
  return typeof value === 'number' || typeof value === 'string' ? value : null
}

/** Everything behind the place where the page before this one ended. */
export function behind(end: PageEnd, sortedBy: string, id: string, descending: boolean): Condition {
  const sign = descending ? sql`<` : sql`>`
  return sql`(${sql.ref(sortedBy)}, ${sql.ref(id)}) ${sign} (${end.sort}, ${end.id})`
}

/** Rows are read one past the page, which tells whether another page follows. */
export function pageOf<Row extends { id: string }, Item>(
  rows: Row[],
  query: Query,
  count: number | undefined,
  item: (row: Row) => Item,
  sort: (row: Row) => PageEnd['sort'],
): Page<Item> {
  const onPage = rows.slice(0, query.top)
  const last = onPage.at(-1)
  return { items: onPage.map(item), count, end: rows.length > query.top && last ? { sort: sort(last), id: last.id } : undefined }
}

function columnOf(columns: Columns, property: string): Column {
  const column = columns[property]
  if (!column) throw new Error(`no column for ${property}`)
  return column
}
