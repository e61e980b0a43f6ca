import type { Filter, Page, Query } from '#server/domain/query.ts'
import type { Columns } from './query-sql.ts'

type Match = Extract<Filter, { kind: 'match' }>
type Ask<Item> = (query: Query) => Promise<Page<Item>>

/**
 * What begins with a text in one property or another has no order of its own. Sorted by one of them, a list would walk past everybody who matches in
 * none; so the alternatives are asked in turn, each along its own index, and whoever was found in an earlier one is not told again.
 */
export function turnsOf({ filter, orderBy, search }: Query, columns: Columns): readonly Filter[] | undefined {
  if (!filter || orderBy || search) return undefined
  const conditions = flattened(filter, 'and')
  const choices = conditions.filter(({ kind }) => kind === 'or')
  const [choice] = choices
  if (!choice || choices.length > 1) return undefined
  const matches = flattened(choice, 'or')
  if (!matches.every((one): one is Match => one.kind === 'match' && one.how === 'startsWith' && columns[one.property]?.kind === 'text'))
    return undefined
  const others = conditions.filter((one) => one !== choice)
  return matches.map((match, at) =>
    // The match stands first: a list without an order follows the first property of its filter.
    [...matches.slice(0, at).map((of): Filter => ({ kind: 'not', of })), ...others].reduce<Filter>(
      (left, right) => ({ kind: 'and', left, right }),
      match,
    ),
  )
}

/**
 * Whoever holds a rare licence is found by the licence, and whoever holds a common one by walking along the names; the store says which, since no
 * engine knows it beforehand.
 */
export async function narrowed(query: Query, holdersOf: (skuId: string) => Promise<readonly string[] | undefined>): Promise<Query> {
  if (!query.filter) return query
  const conditions = flattened(query.filter, 'and')
  const skuId = conditions.map(licenceIn).find((one) => one !== undefined)
  const holders = skuId === undefined ? undefined : await holdersOf(skuId)
  if (!holders) return query
  const among: Filter = { kind: 'in', property: 'id', values: holders }
  return { ...query, filter: { kind: 'and', left: query.filter, right: among } }
}

function licenceIn(filter: Filter): string | undefined {
  const of = filter.kind === 'any' && filter.property === 'assignedLicenses' ? filter.of : undefined
  return of?.kind === 'compare' && of.operator === 'eq' && typeof of.value === 'string' ? of.value : undefined
}

/** One page, from as many turns as it takes to fill it. */
export async function pageInTurn<Item>(turns: readonly Filter[], query: Query, ask: Ask<Item>): Promise<Page<Item>> {
  const items: Item[] = []
  for (let turn = query.after?.turn ?? 0; turn < turns.length; turn++) {
    const left = query.top - items.length
    const begun = query.after?.turn ?? 0
    const after = turn === begun && query.after?.id ? query.after : undefined
    const page = await ask({ ...query, filter: turns[turn], top: Math.max(left, 1), after, count: false })
    if (left === 0) {
      // Only to know whether anybody follows.
      if (page.items.length > 0) return { items, count: undefined, end: { sort: null, id: '', turn } }
      continue
    }
    items.push(...page.items)
    if (page.end) return { items, count: undefined, end: { ...page.end, turn } }
  }
  return { items, count: undefined, end: undefined }
}

function flattened(filter: Filter, by: 'and' | 'or'): Filter[] {
  return filter.kind === by ? [...flattened(filter.left, by), ...flattened(filter.right, by)] : [filter]
}
