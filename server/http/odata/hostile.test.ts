import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Filter, Value } from '#server/domain/query.ts'
import { Refusal } from '#server/domain/refusal.ts'
import { parseFilter } from './filter.ts'
import { assertRefused, people } from './people.fixture.ts'
import { parseQuery } from './query.ts'

const option = '$filter'

function clause(index: number): string {
  return `mail eq '${index}'`
}

function clauses(count: number): string {
  return Array.from({ length: count }, (_, index) => clause(index)).join(' or ')
}

test('SQL that stays inside its quotes is nothing but text', () => {
  for (const text of ["'; drop table users; --", "' or '1'='1", '/* */', '\\', '%_', '$1', '?', '\u2019 or 1=1', '\uff07', '{{x}}']) {
    const tree = parseFilter(`displayName eq '${text.replaceAll("'", "''")}'`, people, false)
    assert.deepEqual(tree, { kind: 'compare', property: 'displayName', operator: 'eq', value: text })
  }
})

test('text that leaves its quotes is refused where it does', () => {
  const attacks: [string, number, string, string][] = [
    [`displayName eq ''; drop table users; --'`, 18, 'and, or, end', ';'],
    [`displayName eq '' or '1'='1'`, 22, 'property', "'…'"],
    [`displayName eq 'a' -- '`, 20, 'and, or, end', '-'],
    [`displayName eq 'a'/**/`, 19, 'and, or, end', '/'],
    [`displayName eq 'a' union select 1`, 20, 'and, or, end', 'word'],
    [`displayName eq ’’ or 1=1`, 16, `'text', null`, '’'],
    [`displayName eq 'a\\'' or mail eq 'b'`, 34, 'and, or, end', 'word'],
    [`displayName eq 'a'#`, 19, 'and, or, end', '#'],
  ]
  for (const [text, position, expected, got] of attacks) {
    assertRefused(() => parseFilter(text, people, false), 'query_invalid', { option, position: String(position), expected, got })
  }
})

test('a backslash escapes nothing in a filter', () => {
  assert.deepEqual(parseFilter(`displayName eq 'a\\' or mail eq 'b'`, people, false), {
    kind: 'or',
    left: { kind: 'compare', property: 'displayName', operator: 'eq', value: 'a\\' },
    right: { kind: 'compare', property: 'mail', operator: 'eq', value: 'b' },
  })
})

test('a name that is no property is never carried into the tree', () => {
  for (const name of ['hasOwnProperty', 'toString', 'password_hash', 'users.id', 'tenant_id', '$it', '$root/users']) {
    assert.throws(() => parseFilter(`${name} eq 'a'`, people, false), { code: 'query_property_unknown' })
    assert.throws(() => parseFilter(`identities/any(x:x/${name} eq 'a')`, people, false), { code: 'query_property_unknown' })
  }
})

test('a refusal never repeats the content of a value', () => {
  const secret = 'Hunter2'
  const texts = [
    `mail eq ${secret}`,
    `mail eq '${secret}`,
    `mail gt '${secret}'`,
    `mail eq 'a'${secret}`,
    `mail eq "${secret}"`,
    `mail eq 1${secret}`,
    `id eq '${secret}'`,
    `'${secret}'`,
    `startsWith(mail,${secret})`,
    `accountEnabled in ('${secret}')`,
  ]
  for (const text of texts) {
    assert.throws(
      () => parseFilter(text, people, true),
      (thrown) => thrown instanceof Refusal && !JSON.stringify(thrown.details).includes(secret),
      text,
    )
  }
})

test('2,000 characters pass and 2,001 do not', () => {
  const start = "displayName eq '"
  const text = (length: number) => `${start}${'a'.repeat(length - start.length - 1)}'`
  assert.equal(parseFilter(text(2000), people, false).kind, 'compare')
  assertRefused(() => parseFilter(text(2001), people, false), 'query_too_long', { option, limit: '2000 characters' })
  assertRefused(() => parseFilter(text(3000), people, false), 'query_too_long', { option, limit: '2000 characters' })
})

test('50 conditions and connectives pass and more do not', () => {
  const long = { option, limit: '50 conditions' }
  assert.equal(parseFilter(clauses(25), people, false).kind, 'or')
  assert.equal(parseFilter(`not(${clauses(25)})`, people, true).kind, 'not')
  assertRefused(() => parseFilter(`not(not(${clauses(25)}))`, people, true), 'query_too_long', long)
  assertRefused(() => parseFilter(clauses(26), people, false), 'query_too_long', long)
  assertRefused(() => parseFilter(clauses(26).replaceAll(' or ', ' and '), people, false), 'query_too_long', long)
  assertRefused(() => parseFilter(clauses(60), people, false), 'query_too_long', long)
  assertRefused(
    () => parseFilter(`displayName eq 'a' or proxyAddresses/any(x:${clauses(30).replaceAll('mail', 'x')})`, people, false),
    ...['query_too_long' as const, long],
  )
})

test('every value of a list counts as a condition', () => {
  const list = (count: number) => `displayName in (${Array.from({ length: count }, () => "'a'").join(',')})`
  const tree = parseFilter(list(49), people, false)
  assert.equal(tree.kind === 'in' && tree.values.length, 49)
  assertRefused(() => parseFilter(list(50), people, false), 'query_too_long', { option, limit: '50 conditions' })
})

test('20 levels pass and more do not, whatever they are made of', () => {
  const deep = { option, limit: '20 levels' }
  const nested = (levels: number) => `${'('.repeat(levels)}mail eq 'a'${')'.repeat(levels)}`
  assert.equal(parseFilter(nested(20), people, false).kind, 'compare')
  assertRefused(() => parseFilter(nested(21), people, false), 'query_too_long', deep)
  assertRefused(() => parseFilter('('.repeat(2000), people, false), 'query_too_long', deep)
  assertRefused(() => parseFilter(`${'not '.repeat(21)}mail eq 'a'`, people, true), 'query_too_long', deep)
  assertRefused(() => parseFilter(`proxyAddresses/any(x:${nested(20).replace('mail', 'x')})`, people, false), 'query_too_long', deep)
  assertRefused(() => parseQuery(people, new URLSearchParams({ $search: '('.repeat(2000) }), { eventual: true }), 'query_too_long', {
    option: '$search',
    limit: '20 levels',
  })
})

test('levels side by side do not add up', () => {
  const text = Array.from({ length: 22 }, (_, index) => `(((${clause(index)})))`).join(' or ')
  assert.equal(parseFilter(text, people, false).kind, 'or')
})

/** The same numbers in every run (mulberry32), so that a failure can be repeated. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

function picker(random: (below: number) => number) {
  return <Item>(items: readonly Item[]): Item => {
    const item = items[random(items.length)]
    assert.ok(item !== undefined)
    return item
  }
}

const scraps = [
  ...Object.keys(people.properties),
  ...['x', 'x/skuId', 'eq', 'ne', 'ge', 'in', 'and', 'or', 'not', 'startsWith', 'contains', 'any', 'all', 'asc', 'desc', 'AND', 'OR'],
  ...['null', 'true', 'false', '7', '-1.5e9', '2026-11-20', '2026-99-99T99:99:99Z', '66b55226-6b4f-492c-910c-a3b7a3c9d993', '66b55226-'],
  ...[
    "'a'",
    "''",
    "'",
    '"displayName:a"',
    '"',
    '\\',
    '(',
    ')',
    ',',
    ':',
    '/',
    '$',
    ';',
    '--',
    '/*',
    '%',
    '__proto__',
    '\u0000',
    '\ud800',
    '🌻',
    '’',
  ],
]

test('2,000 random queries end in a tree or a refusal, quickly', () => {
  const random = seeded(20261120)
  const pick = picker(random)
  const options = ['$filter', '$filter', '$search', '$orderby', '$select', '$expand', '$top', '$count', '$skiptoken', '$odd', 'other']
  const outcomes = { parsed: 0, refused: 0 }
  const before = performance.now()
  for (let run = 0; run < 2000; run++) {
    const value = Array.from({ length: random(40) }, () =>
      random(8) === 0 ? String.fromCodePoint(random(0x3000)) : pick(scraps) + ' '.repeat(random(2)),
    ).join('')
    try {
      parseQuery(
        people,
        new URLSearchParams([
          ['$count', 'true'],
          [pick(options), value],
        ]),
        { eventual: random(4) > 0 },
      )
      outcomes.parsed++
    } catch (thrown) {
      assert.ok(thrown instanceof Refusal, `${JSON.stringify(value)} threw ${String(thrown)}`)
      outcomes.refused++
    }
  }
  assert.ok(outcomes.parsed > 0 && outcomes.refused > 1000, JSON.stringify(outcomes))
  assert.ok(performance.now() - before < 2000)
})

test('the longest odd texts take no longer than plain ones', () => {
  const starts = [
    '(',
    "'",
    ' ',
    'a',
    '1',
    '-',
    '.',
    'a/',
    '1.1',
    '1e',
    '2026-11-20',
    'not ',
    'mail ',
    '66b55226-6b4f-',
    '\u0000',
    '🌻',
    '"\\',
  ]
  const before = performance.now()
  for (const start of starts) {
    const text = start.repeat(2000 / start.length).slice(0, 2000)
    for (const whole of [text, `mail eq ${text.slice(20)}`, `mail eq '${text.slice(20)}`, `id in (${text.slice(20)}`]) {
      assert.throws(() => parseFilter(`${whole.slice(0, 1999)};`, people, true), Refusal)
    }
  }
  assert.ok(performance.now() - before < 500)
})

function write(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${write(filter.left)}) ${filter.kind} (${write(filter.right)})`
    case 'not':
      return `not (${write(filter.of)})`
    case 'compare':
      return `${filter.property} ${filter.operator} ${writeValue(filter.value)}`
    case 'in':
      return `${filter.property} in (${filter.values.map(writeValue).join(',')})`
    case 'match':
      return `${filter.how}(${filter.property},${writeValue(filter.value)})`
    case 'any':
      return `${filter.property}/any(${filter.of === undefined ? '' : `x:${write(filter.of).replaceAll('skuId', 'x/skuId')}`})`
  }
}

function writeValue(value: Value): string {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

test('500 random trees come back from their own text unchanged', () => {
  const random = seeded(7)
  const pick = picker(random)
  const text = () => Array.from({ length: random(6) }, () => pick(["'", ' ', 'a', 'Å', '(', ')', ' or ', '\\', '"', '🌻', '%'])).join('')
  const sku = { kind: 'compare', property: 'skuId', operator: 'eq', value: '66b55226-6b4f-492c-910c-a3b7a3c9d993' } as const
  const leaf = (): Filter =>
    pick<() => Filter>([
      () => ({ kind: 'compare', property: 'displayName', operator: pick(['eq', 'ne'] as const), value: pick([null, text()]) }),
      () => ({ kind: 'compare', property: 'accountEnabled', operator: 'eq', value: pick([true, false]) }),
      () => ({
        kind: 'compare',
        property: 'createdDateTime',
        operator: pick(['gt', 'le'] as const),
        value: new Date(random(2 ** 31) * 1000),
      }),
      () => ({ kind: 'match', property: 'displayName', how: pick(['startsWith', 'endsWith', 'contains'] as const), value: text() }),
      () => ({ kind: 'in', property: 'displayName', values: [text(), text()] }),
      () => ({
        kind: 'any',
        property: 'assignedLicenses',
        of: random(3) === 0 ? undefined : pick<Filter>([sku, { kind: 'not', of: sku }]),
      }),
    ])()
  const tree = (levels: number): Filter => {
    if (levels === 0 || random(4) === 0) return leaf()
    const kind = pick(['and', 'or', 'not'] as const)
    return kind === 'not' ? { kind, of: tree(levels - 1) } : { kind, left: tree(levels - 1), right: tree(levels - 1) }
  }
  for (let run = 0; run < 500; run++) {
    const filter = tree(3)
    assert.deepEqual(parseFilter(write(filter), people, true), filter)
  }
})
