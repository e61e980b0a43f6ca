import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases } from './databases.ts'

// Run by red-run.test.ts, with everything the other tests load.
test('this one fails', () => assert.equal(databases.length, 0))
