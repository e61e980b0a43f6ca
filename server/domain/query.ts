/** A client's `$filter`, `$search`, `$orderby`… after parsing: every property in it stands on the collection's allow-list. */

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'

export type Match = 'startsWith' | 'endsWith' | 'contains'

export type Value = string | number | boolean | Date | null

export type Filter =
  | { kind: 'and'; left: Filter; right: Filter }
  | { kind: 'or'; left: Filter; right: Filter }
  | { kind: 'not'; of: Filter }
  | { kind: 'compare'; property: string; operator: Comparison; value: Value }
  | { kind: 'in'; property: string; values: readonly Value[] }
  | { kind: 'match'; property: string; how: Match; value: string }
  /** `property/any(x:…)`; inside, properties are named relative to the item and '' is the item itself. No `of`: any item at all. */
  | { kind: 'any'; property: string; of: Filter | undefined }

export type Search =
  | { kind: 'and'; left: Search; right: Search }
  | { kind: 'or'; left: Search; right: Search }
  | { kind: 'word'; property: string; value: string }

export interface OrderBy {
  property: string
  descending: boolean
}

export interface Query {
  filter: Filter | undefined
  search: Search | undefined
  orderBy: OrderBy | undefined
  select: readonly string[] | undefined
  expand: readonly string[]
  top: number
  count: boolean
  /** Where the page before this one ended. */
  after: PageEnd | undefined
}

/** The last row of a page: its sort value and its id, so the next page starts right behind it whatever was added meanwhile. */
export interface PageEnd {
  sort: string | number | null
  /** Empty where a turn has only begun. */
  id: string
  /** Of a list whose alternatives are asked one after the other: which of them. */
  turn?: number | undefined
}

export interface Page<Item> {
  items: Item[]
  count: number | undefined
  end: PageEnd | undefined
}

/** Everything an answer to this question depends on, told or not: who may not see a property may not find people by it either. */
export function propertiesAsked({ filter, search, orderBy }: Pick<Query, 'filter' | 'search' | 'orderBy'>): string[] {
  return [...(filter ? namesIn(filter) : []), ...(search ? namesIn(search) : []), ...(orderBy ? [orderBy.property] : [])]
}

function namesIn(asked: Filter | Search): string[] {
  switch (asked.kind) {
    case 'and':
    case 'or':
      return [...namesIn(asked.left), ...namesIn(asked.right)]
    case 'not':
      return namesIn(asked.of)
    default:
      return [asked.property]
  }
}
