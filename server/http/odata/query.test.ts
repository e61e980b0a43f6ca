import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Queryable } from '#contract/graph/queryable.ts'
import type { RefusalCode } from '#contract/refusals.ts'
import type { RefusalDetails } from '#server/domain/refusal.ts'
import { assertRefused, people } from './people.fixture.ts'
import { parseQuery } from './query.ts'

const eventual = { eventual: true }
const plain = { eventual: false }
const supportedOptions = '$filter, $search, $orderby, $select, $expand, $top, $skiptoken, $count'
const selectable = 'id, displayName, mail, accountEnabled'

const bare = {
  filter: undefined,
  search: undefined,
  orderBy: undefined,
  select: undefined,
  expand: [],
  top: 100,
  count: false,
  after: undefined,
  skipToken: undefined,
}

function parse(query: string, context = plain, queryable = people) {
  return parseQuery(queryable, new URLSearchParams(query), context)
}

const anna = { kind: 'compare', property: 'displayName', operator: 'eq', value: 'Anna' } as const

const accepted: [string, { eventual: boolean }, object][] = [
  ['', plain, {}],
  ['$filter=displayName%20eq%20%27Anna%27', plain, { filter: anna }],
  ["filter=displayName+eq+'Anna'", plain, { filter: anna }],
  ["%24FILTER=displayName eq 'Anna'", plain, { filter: anna }],
  [
    '$filter=startsWith(displayName,%27%2B31%27)',
    plain,
    { filter: { kind: 'match', property: 'displayName', how: 'startsWith', value: '+31' } },
  ],
  ['$search="mail:anna"', eventual, { search: { kind: 'word', property: 'mail', value: 'anna' } }],
  ['$orderby=displayName', plain, { orderBy: { property: 'displayName', descending: false } }],
  ['$orderBy=DISPLAYNAME%20Asc', plain, { orderBy: { property: 'displayName', descending: false } }],
  ['orderby= createdDateTime  DESC ', plain, { orderBy: { property: 'createdDateTime', descending: true } }],
  ['$select=id,displayname, MAIL ,id', plain, { select: ['id', 'displayName', 'mail'] }],
  ['$expand=Manager,memberof,manager', plain, { expand: ['manager', 'memberOf'] }],
  ['$top=1', plain, { top: 1 }],
  ['TOP=999', plain, { top: 999 }],
  ['$skiptoken=Opaque-_.%2F', plain, { skipToken: 'Opaque-_./' }],
  ['$count=false', plain, { count: false }],
  ['$count=True', eventual, { count: true }],
  ['$format=json&$Format=JSON', plain, {}],
  ['utm_source=x&filters=y&utm_source=z&format=csv', plain, {}],
  [
    "$filter=displayName eq 'Anna'&$orderby=displayName&$count=true",
    eventual,
    { filter: anna, orderBy: { property: 'displayName', descending: false }, count: true },
  ],
  ["$count=true&$filter=not displayName eq 'Anna'", eventual, { filter: { kind: 'not', of: anna }, count: true }],
]

for (const [query, context, expected] of accepted) {
  test(`?${query} is understood${context.eventual ? ' with ConsistencyLevel: eventual' : ''}`, () => {
    assert.deepEqual(parse(query, context), { ...bare, ...expected })
  })
}

function invalid(option: string, position: number, expected: string, got: string): [RefusalCode, RefusalDetails] {
  return ['query_invalid', { option, position: String(position), expected, got }]
}

function needsEventual(option: string, part: string): [RefusalCode, RefusalDetails] {
  return ['query_needs_eventual', { option, part }]
}

const refused: [string, { eventual: boolean }, [RefusalCode, RefusalDetails]][] = [
  ['$skip=10', eventual, ['query_option_unknown', { option: '$skip', supported: supportedOptions }]],
  ['skip=10', eventual, ['query_option_unknown', { option: 'skip', supported: supportedOptions }]],
  ['$apply=aggregate(x)', eventual, ['query_option_unknown', { option: '$apply', supported: supportedOptions }]],
  ['$=x', eventual, ['query_option_unknown', { option: '$', supported: supportedOptions }]],
  ['$filter%20=x', eventual, ['query_option_unknown', { option: '…', supported: supportedOptions }]],
  ['$format=xml', eventual, ['query_unsupported', { option: '$format', part: 'xml', supported: 'json' }]],
  ['$top=1&$top=1', eventual, invalid('$top', 1, '1 × $top', '2 × $top')],
  ['$select=id&SELECT=mail', eventual, invalid('$select', 1, '1 × $select', '2 × $select')],
  ['$filter=', eventual, invalid('$filter', 1, 'property', 'end')],
  ['$search=', eventual, invalid('$search', 1, '"property:text"', 'end')],
  ['$search="mail:anna"', plain, needsEventual('$search', '$search')],
  ['$count=true', plain, needsEventual('$count', '$count=true')],
  ['$count=1', eventual, invalid('$count', 1, 'true, false', '…')],
  ['$count=', eventual, invalid('$count', 1, 'true, false', 'nothing')],
  ["$filter=displayName ne 'a'", eventual, needsEventual('$filter', 'displayName ne')],
  ["$filter=displayName ne 'a'&$count=false", eventual, needsEventual('$filter', 'displayName ne')],
  ["$filter=displayName eq 'a'&$orderby=displayName", eventual, needsEventual('$orderby', '$orderby + $filter')],
  ["$filter=displayName eq 'a'&$orderby=displayName", plain, needsEventual('$orderby', '$orderby + $filter')],
  ['$orderby=', plain, invalid('$orderby', 1, 'property', 'end')],
  ['$orderby=displayName down', plain, invalid('$orderby', 13, 'asc, desc, end', 'word')],
  ['$orderby=displayName desc asc', plain, invalid('$orderby', 18, 'asc, desc, end', 'asc')],
  [
    '$orderby=displayName desc,createdDateTime',
    plain,
    ['query_unsupported', { option: '$orderby', part: 'displayName, …', supported: 'displayName, createdDateTime' }],
  ],
  ['$orderby=mail', plain, ['query_unsupported', { option: '$orderby', part: 'mail', supported: 'displayName, createdDateTime' }]],
  [
    '$orderby=passwordHash',
    plain,
    ['query_property_unknown', { option: '$orderby', property: 'passwordHash', supported: 'displayName, createdDateTime' }],
  ],
  ['$select=', plain, invalid('$select', 1, selectable, 'nothing')],
  ['$select=id,,mail', plain, invalid('$select', 4, selectable, 'nothing')],
  ['$select=passwordHash', plain, ['query_property_unknown', { option: '$select', property: 'passwordHash', supported: selectable }]],
  ['$select=constructor', plain, ['query_property_unknown', { option: '$select', property: 'constructor', supported: selectable }]],
  ['$select=*', plain, ['query_property_unknown', { option: '$select', property: '…', supported: selectable }]],
  ['$select=0', plain, ['query_property_unknown', { option: '$select', property: '…', supported: selectable }]],
  [
    '$expand=manager($select=id,displayName)',
    plain,
    ['query_unsupported', { option: '$expand', part: '(…)', supported: 'manager, memberOf' }],
  ],
  ['$expand=owner', plain, ['query_property_unknown', { option: '$expand', property: 'owner', supported: 'manager, memberOf' }]],
  ['$expand=manager,', plain, invalid('$expand', 9, 'manager, memberOf', 'nothing')],
  ['$skiptoken=', plain, ['skip_token_invalid', {}]],
  ...['0', '05', '1000', '100000', '-1', '+1', '1.0', '1e2', '0x10', '', ' 1', '9'.repeat(400)].map(
    (top): [string, { eventual: boolean }, [RefusalCode, RefusalDetails]] => [`$top=${top}`, plain, ['top_out_of_range', { max: '999' }]],
  ),
]

for (const [query, context, [code, details]] of refused) {
  test(`?${query} is refused as ${code}${context.eventual ? ' though ConsistencyLevel: eventual was sent' : ''}`, () => {
    assertRefused(() => parse(query, context), code, details)
  })
}

test('a collection that expands, sorts and searches nothing says so', () => {
  const closed: Queryable = { properties: { id: { kind: 'id' } }, selectable: ['id'], topMax: 20, topDefault: 20 }
  assertRefused(() => parse('$expand=manager', eventual, closed), 'query_property_unknown', {
    option: '$expand',
    property: 'manager',
    supported: 'none',
  })
  assertRefused(() => parse('$orderby=id', eventual, closed), 'query_unsupported', { option: '$orderby', part: 'id', supported: 'none' })
  assertRefused(() => parse('$search="id:a"', eventual, closed), 'query_unsupported', { option: '$search', part: 'id', supported: 'none' })
  assertRefused(() => parse('$top=21', eventual, closed), 'top_out_of_range', { max: '20' })
})

test('a list call without options never looks at the allow-list', () => {
  const closed: Queryable = {
    get properties(): never {
      throw new Error('The properties were read.')
    },
    get selectable(): never {
      throw new Error('The names were read.')
    },
    topMax: 999,
    topDefault: 100,
  }
  assert.deepEqual(parse('', plain, closed), bare)
  assert.deepEqual(parse('$top=5&$skiptoken=t', plain, closed), { ...bare, top: 5, skipToken: 't' })
})

test('every option but the skip token is refused beyond 2,000 characters', () => {
  const values = { $filter: ' ', $search: ' ', $orderby: ' ', $select: 'id,', $expand: 'manager,' }
  for (const [option, part] of Object.entries(values)) {
    const params = new URLSearchParams({ [option]: part.repeat(2001 / part.length + 1) })
    assertRefused(() => parseQuery(people, params, eventual), 'query_too_long', { option, limit: '2000 characters' })
  }
  assert.equal(parse(`$skiptoken=${'a'.repeat(3000)}`).skipToken?.length, 3000)
})
