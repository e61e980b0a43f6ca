import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerAddress, pauseMs } from './budget.ts'

const addresses = [
  ['192.0.2.77', '192.0.2.77', '192.0.2'],
  ['::ffff:192.0.2.77', '192.0.2.77', '192.0.2'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2', '2001:db8:1'],
  ['2001:0DB8:0001:0002::6', '2001:db8:1:2', '2001:db8:1'],
  ['2001:db8::1', '2001:db8:0:0', '2001:db8:0'],
  ['fe80::1%eth0', 'fe80:0:0:0', 'fe80:0:0'],
  ['::1', '0:0:0:0', '0:0:0'],
] as const

for (const [text, address, net] of addresses) {
  test(`${text} pays as ${address} in ${net}`, () => assert.deepEqual(callerAddress(text), { address, net }))
}

test('a method never rests longer than a day', () => {
  assert.deepEqual([0, 1, 6, 7, 400].map(pauseMs), [900_000, 1_800_000, 57_600_000, 86_400_000, 86_400_000])
})
