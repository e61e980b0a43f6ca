import assert from 'node:assert/strict'
import { test } from 'node:test'
import { preferencesIn } from './preferences.ts'

test('what a request prefers is read as RFC 7240 writes it', () => {
  const cases: [string | string[] | undefined, string[]][] = [
    [undefined, []],
    ['', []],
    ['return=representation', ['return=representation']],
    ['Return = "representation"', ['return=representation']],
    ['return=minimal, MFA-only', ['return=minimal', 'mfa-only']],
    [
      ['reassign-default', 'mfa-only;because=shared'],
      ['reassign-default', 'mfa-only'],
    ],
    ['return=minimal, return=representation', ['return=minimal']],
    [', ;x=1, =2', []],
    ['wait=""', ['wait']],
  ]
  for (const [header, expected] of cases) assert.deepEqual([...preferencesIn(header)], expected, String(header))
})
