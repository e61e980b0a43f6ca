import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import type { RefusalCode } from '#contract/refusals.ts'
import { Refusal } from '#server/domain/refusal.ts'
import { jsonIn, strictJson } from './strict-json.ts'

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

const refused: readonly [string, RefusalCode][] = [
  ['{', 'body_not_json'],
  ['{"a":1,}', 'body_not_json'],
  ["{'a':1}", 'body_not_json'],
  ['{"a":1} {"b":2}', 'body_not_json'],
  ['{"a":NaN}', 'body_not_json'],
  ['{"a":01}', 'body_not_json'],
  ['// hello\n{}', 'body_not_json'],
  ['\ufeff{}', 'body_not_json'],
  ['{"a":"\u0000"}', 'body_not_json'],
  ['"a\nb"', 'body_not_json'],
  ['{"a":1,"a":2}', 'body_key_twice'],
  ['{"a":1,"\\u0061":2}', 'body_key_twice'],
  ['{"a":[{"b":{}},{"b":{"c":1,"d":2,"c":3}}]}', 'body_key_twice'],
  ['{"":1 , "" :2}', 'body_key_twice'],
  ['{"a\\"b":1,"a\\u0022b":2}', 'body_key_twice'],
  ['{"__proto__":{"isAdmin":true}}', 'body_key_forbidden'],
  ['{"\\u005f_proto__":{}}', 'body_key_forbidden'],
  ['{"a":{"constructor":{"prototype":{}}}}', 'body_key_forbidden'],
  ['[{"prototype":1}]', 'body_key_forbidden'],
  [nested(21), 'body_too_deep'],
  [nested(30_000), 'body_too_deep'],
  [`${'{"a":'.repeat(21)}1${'}'.repeat(21)}`, 'body_too_deep'],
]

for (const [text, code] of refused) {
  test(`${text.slice(0, 50).replaceAll('\u0000', 'NUL')} is refused as ${code}`, () => {
    assert.throws(
      () => strictJson(text),
      (error) => error instanceof Refusal && error.code === code,
    )
  })
}

const accepted = [
  'null',
  ' "__proto__" ',
  '0',
  '{}',
  '{"a":"a","b":"a","c":["a","a"]}',
  '{"a":"b\\":","b":"\\\\","c":"{[\\"","d":"]}"}',
  '{"A":1,"a":2,"":3}',
  '{"a":{"x":1},"b":{"x":1}}',
  '[{"a":1},{"a":1}]',
  '{"a" \n\t\r:\n"constructor"}',
  nested(20),
  '["\\u0000\\ud800"]',
]

for (const text of accepted) {
  test(`${text.slice(0, 50)} is read as JSON`, () => {
    assert.deepEqual(strictJson(text), JSON.parse(text))
  })
}

test('bytes that are no UTF-8 are refused, and no bytes are no body', () => {
  assert.throws(
    () => jsonIn(Buffer.from([0x22, 0xff, 0x22])),
    (error) => error instanceof Refusal && error.code === 'body_not_json',
  )
  assert.equal(jsonIn(Buffer.alloc(0)), undefined)
  assert.deepEqual(jsonIn(Buffer.from('"é😀"')), 'é😀')
})

/** Pieces that JSON is made of, put together at random: sometimes JSON, mostly nearly. */
const pieces = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"a"',
  '"b"',
  '"\\u0061"',
  '"\\""',
  '"\\\\"',
  '"__proto__"',
  '1',
  '-0.5e3',
  'true',
  'null',
  ' ',
  '\n',
  '"',
]

function anyText(): string {
  return Array.from({ length: randomInt(1, 14) }, () => pieces[randomInt(pieces.length)]).join('')
}

function anyValue(depth: number): string {
  const kind = randomInt(depth > 4 ? 2 : 4)
  const items = () => Array.from({ length: randomInt(4) }, () => anyValue(depth + 1))
  if (kind === 0) return JSON.stringify(String.fromCharCode(randomInt(32, 0x300), 34, 92, 58).slice(randomInt(4)))
  if (kind === 1) return String(randomInt(1_000))
  if (kind === 2) return `[${items().join(' , ')}]`
  return `{${items()
    .map((item) => `"${['a', 'b', '\\u0061', 'c\\"', 'constructor'][randomInt(5)]}" : ${item}`)
    .join(',')}}`
}

/** What JSON.parse makes of the text, and whether any object in it names a key twice, found by counting. */
function plainly(text: string): { value: unknown; lost: boolean } | undefined {
  try {
    let forbidden = false
    const value: unknown = JSON.parse(text, (key, inner: unknown) => {
      forbidden ||= ['__proto__', 'constructor', 'prototype'].includes(key)
      return inner
    })
    return { value, lost: forbidden || keysIn(value) !== colonsIn(text) }
  } catch {
    return undefined
  }
}

function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const inner = Object.values(value).reduce((sum: number, each) => sum + keysIn(each), 0)
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length)
}

function colonsIn(text: string): number {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1
}

test('whatever the text, it is read as JSON.parse reads it, or refused for a reason JSON.parse does not see', () => {
  const seen = { read: 0, refused: 0, notJson: 0 }
  for (let round = 0; round < 8_000; round++) {
    const text = round % 2 ? anyText() : anyValue(0)
    const expected = plainly(text)
    try {
      assert.deepEqual(strictJson(text), expected?.value, text)
      assert.equal(expected?.lost, false, text)
      seen.read++
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (expected === undefined) {
        assert.equal(error.code, 'body_not_json', text)
        seen.notJson++
      } else {
        assert.ok(expected.lost, `${error.code} ${text}`)
        seen.refused++
      }
    }
  }
  for (const count of Object.values(seen)) assert.ok(count > 200, JSON.stringify(seen))
})
