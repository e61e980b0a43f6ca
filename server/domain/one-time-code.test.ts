import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { type CodeFacts, OneTimeCodes } from './one-time-code.ts'

const facts: CodeFacts = { challengeId: 'a', tenantId: 't', receiver: '+31612345678', purpose: 'sign-in', generation: 1 }

test('codes are spread evenly, leading zeros included', () => {
  const codes = new OneTimeCodes(Buffer.alloc(32, 7))
  const draws = 200_000
  const counts = new Array<number>(60).fill(0)
  const seen = new Set<string>()
  for (let generation = 0; generation < draws; generation++) {
    const code = codes.of({ ...facts, generation })
    if (code.length !== 6) assert.fail(code)
    seen.add(code)
    for (let place = 0; place < 6; place++) {
      const index = place * 10 + Number(code[place])
      counts[index] = (counts[index] ?? 0) + 1
    }
  }
  // Chi-square with nine degrees of freedom: above 33.7 in one of ten thousand draws. The key is fixed, so this never wavers.
  for (let place = 0; place < 6; place++) {
    const ofPlace = counts.slice(place * 10, place * 10 + 10)
    const chiSquare = ofPlace.reduce((sum, count) => sum + (count - draws / 10) ** 2 / (draws / 10), 0)
    assert.ok(chiSquare < 33.7, `${ofPlace}`)
  }
  // So many different ones are to be expected of a million, give or take four standard deviations.
  assert.ok(Math.abs(seen.size - 1e6 * (1 - Math.exp(-0.2))) < 600, `${seen.size}`)
  assert.ok([...seen].some((code) => code.startsWith('000')))
})

test('every fact changes the code, and so does the key', () => {
  const codes = new OneTimeCodes(Buffer.alloc(32, 1), 12)
  const others: Partial<CodeFacts>[] = [
    {},
    { challengeId: 'b' },
    { tenantId: 'u' },
    { receiver: '+31612345679' },
    { purpose: 'second-factor' },
    { generation: 2 },
    { challengeId: 'a|t', tenantId: '' },
  ]
  const all = [...others.map((change) => codes.of({ ...facts, ...change })), new OneTimeCodes(Buffer.alloc(32, 2), 12).of(facts)]
  assert.equal(new Set(all).size, all.length)
})

test('an answer is taken as it was meant, and nothing else is', () => {
  const codes = new OneTimeCodes(randomBytes(32), 8)
  const code = codes.of(facts)
  assert.equal(code.length, 8)
  const arabic = code.replaceAll(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))
  const fullWidth = code.replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))
  for (const answer of [code, ` ${code}\n`, `${code.slice(0, 4)}-${code.slice(4)}`, `\u200e${code}`, arabic, fullWidth])
    assert.ok(codes.match(facts, answer))
  for (const answer of ['', '0', code.slice(1), `${code}0`, `${code}x`, 'x'.repeat(100_000), `${' '.repeat(100)}${code}`])
    assert.ok(!codes.match(facts, answer), answer.slice(0, 20))
})
