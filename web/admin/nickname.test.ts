import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nicknameOf } from './nickname.ts'

for (const [name, nickname] of [
  ['Store 12', 'Store12'],
  ['Försäljning Malmö', 'ForsaljningMalmo'],
  ['anna.de.vries', 'annadevries'],
  ['日本', 'nickname'],
  ['x'.repeat(100), 'x'.repeat(64)],
] as const) {
  test(`the nickname of ${name}`, () => assert.equal(nicknameOf(name), nickname))
}
