import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RefusalCode } from '#contract/refusals.ts'
import type { Search } from '#server/domain/query.ts'
import type { RefusalDetails } from '#server/domain/refusal.ts'
import { assertRefused, people } from './people.fixture.ts'
import { parseSearch } from './search.ts'

const option = '$search'

function word(property: string, value: string): Search {
  return { kind: 'word', property, value }
}

const [a, b, c] = [word('displayName', 'a'), word('mail', 'b'), word('displayName', 'c')]

const accepted: [string, Search][] = [
  ['"displayName:anna"', word('displayName', 'anna')],
  [' "DISPLAYNAME : Anna de Vries" ', word('displayName', ' Anna de Vries')],
  ['"mail:smtp:Anna"', word('mail', 'smtp:Anna')],
  [String.raw`"displayName:say \"hi\" to C:\\ and D:\x"`, word('displayName', String.raw`say "hi" to C:\ and D:\x`)],
  [`"displayName:O'Brien) OR (x"`, word('displayName', `O'Brien) OR (x`)],
  ['"displayName:a" OR "mail:b"', { kind: 'or', left: a, right: b }],
  ['"displayName:a" or "mail:b" AND "displayName:c"', { kind: 'or', left: a, right: { kind: 'and', left: b, right: c } }],
  ['("displayName:a" OR "mail:b")AND"displayName:c"', { kind: 'and', left: { kind: 'or', left: a, right: b }, right: c }],
]

for (const [text, tree] of accepted) {
  test(`the search ${text} is understood, its words kept as typed`, () => {
    assert.deepEqual(parseSearch(text, people), tree)
  })
}

function invalid(position: number, expected: string, got: string): [RefusalCode, RefusalDetails] {
  return ['query_invalid', { option, position: String(position), expected, got }]
}

const refused: [string, [RefusalCode, RefusalDetails]][] = [
  ['', invalid(1, '"property:text"', 'end')],
  ['displayName:anna', invalid(1, '"property:text"', 'word')],
  [`'displayName:anna'`, invalid(1, '"property:text"', "'")],
  ['“displayName:anna”', invalid(1, '"property:text"', '“')],
  ['"displayName:anna', invalid(1, '"property:text"', '"…')],
  ['"displayName:an\u0000na"', invalid(16, '"property:text"', 'U+0000')],
  ['"displayName:"', invalid(1, '"displayName:text"', '"…"')],
  ['"displayName:  "', invalid(1, '"displayName:text"', '"…"')],
  ['"displayName:a" "mail:b"', invalid(17, 'AND, OR, end', '"…"')],
  ['"displayName:a" AND', invalid(20, '"property:text"', 'end')],
  ['("displayName:a"', invalid(17, ')', 'end')],
  ['"anna"', ['query_unsupported', { option, part: '"…"', supported: '"displayName:…", "mail:…"' }]],
  ['NOT "displayName:a"', ['query_unsupported', { option, part: 'NOT', supported: 'AND, OR' }]],
  ['"userType:Member"', ['query_unsupported', { option, part: 'userType', supported: 'displayName, mail' }]],
  ['"passwordHash:a"', ['query_property_unknown', { option, property: 'passwordHash', supported: 'displayName, mail' }]],
  ['"+31612345678:a"', ['query_property_unknown', { option, property: '…', supported: 'displayName, mail' }]],
  [':a', invalid(1, '"property:text"', ':')],
  ['":a"', ['query_property_unknown', { option, property: 'nothing', supported: 'displayName, mail' }]],
]

for (const [text, [code, details]] of refused) {
  test(`the search ${JSON.stringify(text)} is refused as ${code}`, () => {
    assertRefused(() => parseSearch(text, people), code, details)
  })
}

test('a search of 25 words passes, one of 26 is too long', () => {
  const words = Array.from({ length: 26 }, (_, index) => `"mail:${index}"`)
  assert.equal(parseSearch(words.slice(1).join(' AND '), people).kind, 'and')
  for (const operator of [' AND ', ' OR ']) {
    assertRefused(() => parseSearch(words.join(operator), people), 'query_too_long', { option, limit: '50 conditions' })
  }
})
