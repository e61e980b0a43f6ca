import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bucketOf, callerAddress, limitsFor, pauseMs, usualLimits } from './budget.ts'

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

test('an organisation may send as much as its size needs, or as it has said', () => {
  const limits = (people: number, textsADay?: number) => limitsFor(usualLimits, { people, textsADay }).texts
  assert.deepEqual([limits(10).tenantDay.count, limits(5_000).tenantDay.count, limits(5_000, 50).tenantDay.count], [500, 20_000, 50])
  assert.deepEqual([limits(10).tenant.burst, limits(5_000).tenant.burst, limits(5_000).tenant.count], [60, 5_000, 500])
  assert.deepEqual(bucketOf(limits(1, 0).tenantDay), { cost: 1, room: 0 })
})
