import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Pace } from './pace.ts'

test('whoever would stand in line knows for how long', async () => {
  const { signal } = new AbortController()
  const pace = new Pace(2)
  assert.equal(pace.behindMs(), 0)
  await pace.turn(signal)
  assert.ok(pace.behindMs() > 400 && pace.behindMs() <= 500)
  const second = pace.turn(signal)
  assert.ok(pace.behindMs() > 900 && pace.behindMs() <= 1_000)
  assert.equal(await second, true)
  assert.equal(new Pace(undefined).behindMs(), 0)
})
