import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RefusalCode } from '#contract/refusals.ts'
import type { Filter } from '#server/domain/query.ts'
import type { RefusalDetails } from '#server/domain/refusal.ts'
import { parseFilter } from './filter.ts'
import { assertRefused, people } from './people.fixture.ts'

const option = '$filter'
const sku = '66b55226-6b4f-492c-910c-a3b7a3c9d993'
const other = 'efccb6f7-5641-4e0e-bd10-b4976e1bf68e'

function named(value: string): Filter {
  return { kind: 'compare', property: 'displayName', operator: 'eq', value }
}

const [a, b, c] = [named('a'), named('b'), named('c')]

const accepted: [string, Filter][] = [
  [`displayName eq 'Anna'`, named('Anna')],
  [`DISPLAYNAME EQ 'Anna'`, named('Anna')],
  [`  displayName\teq  'Anna' `, named('Anna')],
  [`displayName eq ''`, named('')],
  [`displayName eq 'O''Brien'`, named("O'Brien")],
  [`displayName eq ''''`, named("'")],
  [`displayName eq 'Zoë Åström 🌻 “x”'`, named('Zoë Åström 🌻 “x”')],
  [`displayName eq 'a) or (b eq ''c'`, named("a) or (b eq 'c")],
  [`mail eq null`, { kind: 'compare', property: 'mail', operator: 'eq', value: null }],
  [`userType eq 'Member'`, { kind: 'compare', property: 'userType', operator: 'eq', value: 'Member' }],
  [`status/errorCode ne '50126'`, { kind: 'compare', property: 'status/errorCode', operator: 'ne', value: '50126' }],
  [`STATUS / ErrorCode eq null`, { kind: 'compare', property: 'status/errorCode', operator: 'eq', value: null }],
  [`accountEnabled eq True`, { kind: 'compare', property: 'accountEnabled', operator: 'eq', value: true }],
  [`accountEnabled eq false`, { kind: 'compare', property: 'accountEnabled', operator: 'eq', value: false }],
  [`id eq ${sku.toUpperCase()}`, { kind: 'compare', property: 'id', operator: 'eq', value: sku }],
  [`id eq '${sku.toUpperCase()}'`, { kind: 'compare', property: 'id', operator: 'eq', value: sku }],
  [`id eq null`, { kind: 'compare', property: 'id', operator: 'eq', value: null }],
  [`id in (${other}, '${sku}')`, { kind: 'in', property: 'id', values: [other, sku] }],
  [`displayName in('a','b')`, { kind: 'in', property: 'displayName', values: ['a', 'b'] }],
  [`accountEnabled in (true)`, { kind: 'in', property: 'accountEnabled', values: [true] }],
  [`startsWith(displayName,'An')`, { kind: 'match', property: 'displayName', how: 'startsWith', value: 'An' }],
  [`STARTSWITH ( displayname , 'An' ) eq TRUE`, { kind: 'match', property: 'displayName', how: 'startsWith', value: 'An' }],
  [`displayName eq 'a' or displayName eq 'b' and displayName eq 'c'`, { kind: 'or', left: a, right: { kind: 'and', left: b, right: c } }],
  [`(displayName eq 'a' or displayName eq 'b')and(displayName eq 'c')`, { kind: 'and', left: { kind: 'or', left: a, right: b }, right: c }],
  [`displayName eq 'a' OR displayName eq 'b' Or displayName eq 'c'`, { kind: 'or', left: { kind: 'or', left: a, right: b }, right: c }],
  [
    `assignedLicenses/any(x:x/skuId eq ${sku})`,
    { kind: 'any', property: 'assignedLicenses', of: { kind: 'compare', property: 'skuId', operator: 'eq', value: sku } },
  ],
  [
    `proxyaddresses/Any(p: p eq 'smtp:a@x.example' or startsWith(p,'SMTP:'))`,
    {
      kind: 'any',
      property: 'proxyAddresses',
      of: {
        kind: 'or',
        left: { kind: 'compare', property: '', operator: 'eq', value: 'smtp:a@x.example' },
        right: { kind: 'match', property: '', how: 'startsWith', value: 'SMTP:' },
      },
    },
  ],
  [
    `identities/any(c:(c/issuerAssignedId eq '+31612345678' and c/Issuer eq 'contoso.example'))`,
    {
      kind: 'any',
      property: 'identities',
      of: {
        kind: 'and',
        left: { kind: 'compare', property: 'issuerAssignedId', operator: 'eq', value: '+31612345678' },
        right: { kind: 'compare', property: 'issuer', operator: 'eq', value: 'contoso.example' },
      },
    },
  ],
  [`assignedLicenses/any( )`, { kind: 'any', property: 'assignedLicenses', of: undefined }],
]

for (const [text, tree] of accepted) {
  test(`the filter ${text} is understood without ConsistencyLevel`, () => {
    assert.deepEqual(parseFilter(text, people, false), tree)
  })
}

const instants: [string, string][] = [
  ['2026-11-20T10:00:05Z', '2026-11-20T10:00:05.000Z'],
  ['2026-11-20t10:00:05.1z', '2026-11-20T10:00:05.100Z'],
  ['2026-11-20T10:00:05.1239999Z', '2026-11-20T10:00:05.123Z'],
  ['2026-11-20T10:00Z', '2026-11-20T10:00:00.000Z'],
  ['2026-11-20', '2026-11-20T00:00:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
]

for (const [text, instant] of instants) {
  test(`${text} is the instant ${instant}`, () => {
    const value = new Date(instant)
    assert.deepEqual(parseFilter(`createdDateTime ge ${text}`, people, false), {
      kind: 'compare',
      property: 'createdDateTime',
      operator: 'ge',
      value,
    })
  })
}

const advanced: [string, string, Filter][] = [
  [`displayName ne 'a'`, 'displayName ne', { kind: 'compare', property: 'displayName', operator: 'ne', value: 'a' }],
  [`mail ne null`, 'mail ne', { kind: 'compare', property: 'mail', operator: 'ne', value: null }],
  [`displayname GE 'a'`, 'displayName ge', { kind: 'compare', property: 'displayName', operator: 'ge', value: 'a' }],
  [`endswith(mail,'@x.example')`, 'mail endsWith', { kind: 'match', property: 'mail', how: 'endsWith', value: '@x.example' }],
  [`contains(displayName,'nn')`, 'displayName contains', { kind: 'match', property: 'displayName', how: 'contains', value: 'nn' }],
  [`startsWith(id,'EF')`, 'id startsWith', { kind: 'match', property: 'id', how: 'startsWith', value: 'ef' }],
  [`faxNumber eq 'a'`, 'faxNumber eq', { kind: 'compare', property: 'faxNumber', operator: 'eq', value: 'a' }],
  [`ownedDevices/any()`, 'ownedDevices any', { kind: 'any', property: 'ownedDevices', of: undefined }],
  [`not displayName eq 'a'`, 'not', { kind: 'not', of: a }],
  [`NOT(displayName eq 'a')`, 'not', { kind: 'not', of: a }],
  [`not not displayName eq 'a'`, 'not', { kind: 'not', of: { kind: 'not', of: a } }],
  [`not displayName eq 'a' and displayName eq 'b'`, 'not', { kind: 'and', left: { kind: 'not', of: a }, right: b }],
  [
    `proxyAddresses/any(p:not startsWith(p,'x'))`,
    'not',
    { kind: 'any', property: 'proxyAddresses', of: { kind: 'not', of: { kind: 'match', property: '', how: 'startsWith', value: 'x' } } },
  ],
]

for (const [text, part, tree] of advanced) {
  test(`the filter ${text} is understood only with ConsistencyLevel: eventual and $count=true`, () => {
    assert.deepEqual(parseFilter(text, people, true), tree)
    assertRefused(() => parseFilter(text, people, false), 'query_needs_eventual', { option, part })
  })
}

const ofDisplayName = 'eq, in, startsWith; ne, ge, le, endsWith, contains (ConsistencyLevel: eventual, $count=true)'
const filterable =
  'id, displayName, mail, accountEnabled, userType, createdDateTime, status/errorCode, faxNumber, ' +
  'assignedLicenses, proxyAddresses, identities, ownedDevices'
const instant = '2026-01-31T08:00:00Z'

function invalid(position: number, expected: string, got: string): [RefusalCode, RefusalDetails] {
  return ['query_invalid', { option, position: String(position), expected, got }]
}

function unsupported(part: string, supported: string): [RefusalCode, RefusalDetails] {
  return ['query_unsupported', { option, part, supported }]
}

function unknown(property: string, supported = filterable): [RefusalCode, RefusalDetails] {
  return ['query_property_unknown', { option, property, supported }]
}

const refused: [string, [RefusalCode, RefusalDetails]][] = [
  ['', invalid(1, 'property', 'end')],
  ['   ', invalid(4, 'property', 'end')],
  ['displayName', invalid(12, ofDisplayName, 'end')],
  ['displayName and', invalid(13, ofDisplayName, 'and')],
  [`displayName = 'a'`, invalid(13, ofDisplayName, '=')],
  ['displayName eq', invalid(15, `'text', null`, 'end')],
  [`displayName eq 'a' and`, invalid(23, 'property', 'end')],
  [`displayName eq 'a' displayName eq 'b'`, invalid(20, 'and, or, end', 'word')],
  [`displayName eq 'O'Brien'`, invalid(19, 'and, or, end', 'word')],
  [`displayName eq 'a' 'b`, invalid(20, 'and, or, end', "'…")],
  [`displayName eq 'a`, invalid(16, `'text', null`, "'…")],
  [`(displayName eq 'a'`, invalid(20, ')', 'end')],
  [`displayName eq 'a')`, invalid(19, 'and, or, end', ')')],
  [`'a' eq displayName`, invalid(1, 'property', "'…'")],
  ['displayName eq Anna', invalid(16, `'text', null`, 'word')],
  ['displayName eq true', invalid(16, `'text', null`, 'true')],
  [`displayName eq ${sku}`, invalid(16, `'text', null`, 'GUID')],
  ['displayName eq 2026-11-20', invalid(16, `'text', null`, 'dateTime')],
  ['displayName eq "Anna"', invalid(16, `'text', null`, '"')],
  ['displayName eq ‘Anna’', invalid(16, `'text', null`, '‘')],
  ['displayName\u00a0eq null', invalid(12, ofDisplayName, 'U+00A0')],
  ['displayName eq \u202enull', invalid(16, `'text', null`, 'U+202E')],
  [`displayName eq 'a\u0000b'`, invalid(18, `'text', null`, 'U+0000')],
  [`displayName eq 'a\u0085b'`, invalid(18, `'text', null`, 'U+0085')],
  [`displayName eq 'a\tb'`, invalid(18, `'text', null`, 'U+0009')],
  [`displayName\neq 'a'`, invalid(12, ofDisplayName, 'U+000A')],
  ['displayName eq 7', unsupported('number', `'text', null`)],
  ['accountEnabled eq -1.5e3', unsupported('number', 'true, false')],
  [`startsWith(displayName,31612345678)`, unsupported('number', `'text'`)],
  ['mail eq +31x12', invalid(9, `'text', null`, '…')],
  [`accountEnabled eq 'true'`, invalid(19, 'true, false', "'…'")],
  ['accountEnabled eq null', invalid(19, 'true, false', 'null')],
  [`id eq 'anna'`, invalid(7, 'GUID, null', "'…'")],
  [`id eq ${sku}9`, invalid(7, 'GUID, null', '…')],
  [`id in (null)`, invalid(8, 'GUID', 'null')],
  ['id in ()', invalid(8, 'GUID', ')')],
  [`id in (${sku},)`, invalid(45, 'GUID', ')')],
  [`id in ${sku}`, invalid(7, '(', 'GUID')],
  ['createdDateTime ge null', invalid(20, instant, 'null')],
  ['createdDateTime eq null', invalid(20, instant, 'null')],
  [`createdDateTime ge '2026-11-20T10:00:05Z'`, invalid(20, instant, "'…'")],
  ['createdDateTime ge 2026-02-30', invalid(20, instant, 'dateTime')],
  ['createdDateTime ge 2026-11-20T24:00:00Z', invalid(20, instant, 'dateTime')],
  ['createdDateTime ge 2026-11-20T10:00:05', invalid(20, instant, 'dateTime')],
  ['createdDateTime ge 2026-11-20T10:00:05+01:00', invalid(20, instant, '…')],
  ['createdDateTime ge 2026-13-01T10:00:05Z', invalid(20, instant, 'dateTime')],
  ['aboutMe eq null', unsupported('aboutMe eq', 'none')],
  [`displayName gt 'a'`, unsupported('displayName gt', ofDisplayName)],
  [`displayName has 'a'`, unsupported('displayName has', ofDisplayName)],
  [`userType ne 'Member'`, unsupported('userType ne', 'eq, in')],
  [`faxNumber ne 'a'`, unsupported('faxNumber ne', 'eq (ConsistencyLevel: eventual, $count=true)')],
  [`contains(mail,'a')`, unsupported('mail contains', 'eq, startsWith; ne, endsWith (ConsistencyLevel: eventual, $count=true)')],
  [`toLower(displayName) eq 'a'`, unsupported('toLower()', 'startsWith, endsWith, contains, any')],
  [`startsWith(toLower(displayName),'a')`, unsupported('toLower()', 'property')],
  [`startsWith(any(x:x),'a')`, unsupported('any()', 'property')],
  [`startsWith(proxyAddresses/any(x:x),'a')`, unsupported('proxyAddresses startsWith', 'any')],
  [`startsWith(displayName,'a') eq false`, invalid(32, 'true', 'false')],
  [`startsWith(displayName)`, invalid(23, ',', ')')],
  [`startsWith(displayName,null)`, invalid(24, `'text'`, 'null')],
  [`startsWith('a',displayName)`, invalid(12, 'property', "'…'")],
  ['passwordHash eq null', unknown('passwordHash')],
  ['constructor eq null', unknown('constructor')],
  ['__proto__ eq null', unknown('__proto__')],
  [`displayName/length eq 'a'`, unknown('displayName/length')],
  [`errorCode eq 'a'`, unknown('errorCode')],
  [`${'x'.repeat(70)} eq 'a'`, unknown(`${'x'.repeat(64)}…`)],
  ['assignedLicenses/$count eq 0', unsupported('assignedLicenses/$count', filterable)],
  [`assignedLicenses eq '${sku}'`, unsupported('assignedLicenses eq', 'any')],
  ['assignedLicenses/any(x)', invalid(23, ':', ')')],
  ['assignedLicenses/any(x:)', invalid(24, 'property', ')')],
  ['assignedLicenses/any(7:x)', invalid(22, 'x:…', '…')],
  [`assignedLicenses/any(x:skuId eq ${sku})`, invalid(24, 'x', 'word')],
  [`assignedLicenses/any(x:y/skuId eq ${sku})`, invalid(24, 'x', 'word')],
  [`assignedLicenses/any(x:x eq ${sku})`, unknown('x', 'x/skuId')],
  ['assignedLicenses/any(x:x/constructor eq null)', unknown('x/constructor', 'x/skuId')],
  [`assignedLicenses/any(x:x/skuId ne ${sku})`, unsupported('x/skuId ne', 'eq')],
  [`proxyAddresses/any(p:endsWith(p,'a'))`, unsupported('p endsWith', 'eq, startsWith')],
  [`proxyAddresses/any(p:p/x eq 'a')`, unknown('p/x', 'p')],
  ['assignedLicenses/all(x:x/skuId eq null)', unsupported('all()', 'any')],
  ['displayName/any()', unsupported('displayName any', ofDisplayName)],
  ['any(x:x eq null)', unsupported('any()', 'startsWith, endsWith, contains, any')],
]

for (const [text, [code, details]] of refused) {
  test(`the filter ${JSON.stringify(text)} is refused as ${code}`, () => {
    assertRefused(() => parseFilter(text, people, false), code, details)
  })
}

test('null has no order, so only eq and ne take it', () => {
  assertRefused(() => parseFilter('displayName ge null', people, true), ...invalid(16, `'text'`, 'null'))
})

test('a collection without declared items answers only to any()', () => {
  assertRefused(() => parseFilter(`ownedDevices/any(d:d eq 'a')`, people, true), ...unknown('d', 'none'))
})
