export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'in' | 'startsWith' | 'endsWith' | 'contains' | 'any'

export type ValueKind = 'text' | 'id' | 'boolean' | 'dateTime' | 'word' | 'number'

/**
 * What a client may ask about one property. `text` compares without case, `word` is one of a fixed list,
 * `id` is a GUID, `number` a whole one of 32 bits. Operators under `advanced` need `ConsistencyLevel: eventual` and `$count=true`.
 */
export interface QueryableProperty {
  kind: ValueKind
  operators?: readonly Operator[]
  advanced?: readonly Operator[]
  sortable?: boolean
  searchable?: boolean
  /** Collections: what may stand inside `any(x:…)`; the empty name is the item itself. */
  items?: Readonly<Record<string, { kind: ValueKind; operators: readonly Operator[] }>>
}

/** The query options one Graph collection answers to. Whatever is not listed here is refused with 400. */
export interface Queryable {
  properties: Readonly<Record<string, QueryableProperty>>
  selectable: readonly string[]
  expandable?: readonly string[]
  topMax: number
  topDefault: number
  /** `$orderby` beside `$filter` needs no `ConsistencyLevel: eventual` here; logs are read that way, and so are the lists of the admin center, whose counts nobody waits for. */
  sortsWhatItFilters?: true
}
