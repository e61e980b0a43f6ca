import type { Page } from '#server/domain/query.ts'
import type { Answer, Call } from './route.ts'

export type Properties = Readonly<Record<string, unknown>>

/** One object, with only the properties the caller asked for. */
export function one(call: Call<unknown>, kind: string, properties: Properties, status: 200 | 201 = 200): Answer {
  return { status, body: { '@odata.context': `${call.base}/$metadata#${kind}/$entity`, ...selected(call, properties) } }
}

export function list<Item>(call: Call<unknown>, kind: string, page: Page<Item>, present: (item: Item) => Properties): Answer {
  return {
    status: 200,
    body: {
      '@odata.context': `${call.base}/$metadata#${kind}`,
      ...(page.count !== undefined && { '@odata.count': page.count }),
      ...(page.end && { '@odata.nextLink': call.nextLink(page.end) }),
      value: page.items.map((item) => selected(call, present(item))),
    },
  }
}

/** A list that is always short enough to be told in one go. */
export function wholeList(call: Call<unknown>, kind: string, items: readonly Properties[]): Answer {
  return list(call, kind, { items: [...items], count: call.query.count ? items.length : undefined, end: undefined }, (item) => item)
}

export const noContent: Answer = { status: 204 }

function selected(call: Call<unknown>, properties: Properties): Properties {
  const { select } = call.query
  if (!select) return properties
  const kept: Record<string, unknown> = {}
  if ('@odata.type' in properties) kept['@odata.type'] = properties['@odata.type']
  kept.id = properties.id
  for (const name of select) kept[name] = properties[name]
  for (const name of call.query.expand) kept[name] = properties[name]
  return kept
}
