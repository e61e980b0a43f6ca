/** Lists so short that they never stand in a table of their own, asked in the same words and with the same answers as one. */

import type { Comparison, Filter, OrderBy, Page, PageEnd, Query, Value } from './query.ts'
import { fold } from './user.ts'

interface Item {
  id: string
}

export function queryShortList<Row extends Item>(rows: readonly Row[], query: Query, usualOrder: string): Page<Row> {
  const order = query.orderBy ?? { property: usualOrder, descending: false }
  const found = rows
    .filter((row) => !query.filter || fits(row, query.filter))
    .sort((a, b) => compared(endAt(a, order), endAt(b, order), order))
  const { after } = query
  const following = after ? found.filter((row) => compared(endAt(row, order), after, order) > 0) : found
  const items = following.slice(0, query.top)
  const last = items.at(-1)
  return {
    items,
    count: query.count ? found.length : undefined,
    end: last && following.length > items.length ? endAt(last, order) : undefined,
  }
}

function fits(row: Item, filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
      return fits(row, filter.left) && fits(row, filter.right)
    case 'or':
      return fits(row, filter.left) || fits(row, filter.right)
    case 'not':
      return !fits(row, filter.of)
    case 'compare':
      return isSo(comparable(row, filter.property), filter.operator, comparableValue(filter.value))
    case 'in':
      return filter.values.some((value) => isSo(comparable(row, filter.property), 'eq', comparableValue(value)))
    case 'match': {
      const text = String(comparable(row, filter.property) ?? '')
      const part = fold(filter.value)
      if (filter.how === 'contains') return text.includes(part)
      return filter.how === 'startsWith' ? text.startsWith(part) : text.endsWith(part)
    }
    case 'any':
      throw new Error('collections in a short list are not asked')
  }
}

function isSo(kept: PageEnd['sort'], operator: Comparison, value: PageEnd['sort']): boolean {
  if (operator === 'eq') return kept === value
  if (operator === 'ne') return kept !== value
  if (kept === null || value === null) return false
  const sign = kept < value ? -1 : kept > value ? 1 : 0
  if (operator === 'gt') return sign > 0
  if (operator === 'ge') return sign >= 0
  return operator === 'lt' ? sign < 0 : sign <= 0
}

function endAt(row: Item, { property }: OrderBy): PageEnd {
  return { sort: comparable(row, property), id: row.id }
}

function compared(a: PageEnd, b: PageEnd, { descending }: OrderBy): number {
  const [first, second] = descending ? [b, a] : [a, b]
  const left = first.sort ?? ''
  const right = second.sort ?? ''
  if (left === right) return first.id < second.id ? -1 : first.id > second.id ? 1 : 0
  return left < right ? -1 : 1
}

/** Texts without case and flags as 0 and 1, as the tables keep them. */
function comparable(row: Item, property: string): PageEnd['sort'] {
  const value: unknown = Reflect.get(row, property)
  return value === undefined || value === null ? null : comparableValue(typeof value === 'boolean' ? value : String(value))
}

function comparableValue(value: Value): PageEnd['sort'] {
  if (value === null) return null
  if (value instanceof Date) return value.getTime()
  return typeof value === 'string' ? fold(value) : Number(value)
}
