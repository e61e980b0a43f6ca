import type { ApiPath } from './api.ts'

/** A question to a list, in OData's words. What is empty is left out. */
export interface ListQuestion {
  select?: readonly string[]
  filter?: string | undefined
  search?: string | undefined
  orderBy?: string | undefined
  expand?: string
  top?: number
  /** A filter that Graph answers only together with a count. */
  isAdvanced?: boolean
}

export function listPath(base: ApiPath, { select, filter, search, orderBy, expand, top, isAdvanced }: ListQuestion): ApiPath {
  const options = [
    ['$select', select?.join(',')],
    ['$filter', filter],
    ['$search', search],
    ['$orderby', orderBy],
    ['$expand', expand],
    ['$top', top === undefined ? undefined : String(top)],
    ['$count', isAdvanced ? 'true' : undefined],
  ] as const
  const query = options.flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value)}`] : [])).join('&')
  return query ? `${base}?${query}` : base
}

/** A text inside a filter; a quote is written twice. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Several conditions that all have to hold; none of them that is empty. */
export function all(...conditions: readonly (string | undefined)[]): string | undefined {
  const there = conditions.filter((one): one is string => one !== undefined && one !== '')
  if (there.length < 2) return there[0]
  return there.map((one) => `(${one})`).join(' and ')
}

/** What begins with a text in one of these properties. */
export function beginsWith(text: string, ...properties: readonly string[]): string | undefined {
  const wanted = text.trim()
  return wanted === '' ? undefined : properties.map((property) => `startsWith(${property},${quoted(wanted)})`).join(' or ')
}
