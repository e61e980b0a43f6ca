import assert from 'node:assert/strict'
import { test } from 'node:test'
import { labelledAt, niceAxis } from './nice-axis.ts'

test('the lines of an axis are whole and round, and reach the largest value', () => {
  const cases: readonly [number, number[]][] = [
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [40, [0, 10, 20, 30, 40]],
    [99, [0, 50, 100]],
    [1_234, [0, 500, 1_000, 1_500]],
    [200_000, [0, 50_000, 100_000, 150_000, 200_000]],
  ]
  for (const [largest, lines] of cases) assert.deepEqual(niceAxis(largest), lines, String(largest))
})

test('labels that have no room are left out, never the last one', () => {
  assert.deepEqual([...labelledAt(4, 80, 50)].toSorted(), [0, 1, 2, 3])
  assert.deepEqual([...labelledAt(7, 20, 50)].toSorted(), [0, 3, 6])
  assert.deepEqual([...labelledAt(1, 20, 50)], [0])
  assert.deepEqual([...labelledAt(0, 20, 50)], [])
})
