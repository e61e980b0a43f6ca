import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

test('a run in which a test failed does not end as a good one', () => {
  const fixture = fileURLToPath(new URL('./red-run.fixture.ts', import.meta.url))
  // A run inside a run would report to the outer one instead of failing.
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env
  const run = spawnSync(process.execPath, ['--test', '--test-isolation=none', fixture], { env: environment, encoding: 'utf8' })
  assert.match(run.stdout, /fail 1/)
  assert.deepEqual([run.status, run.stderr], [1, ''])
})
