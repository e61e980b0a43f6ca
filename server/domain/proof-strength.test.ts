import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addsFactor, amrOf, methodsOfSession, strengthOf } from './proof-strength.ts'

const cases: readonly [methods: string[], strength: string][] = [
  [[], 'none'],
  [['email'], 'none'],
  [['mfa'], 'none'],
  [['pwd'], 'one factor'],
  [['pwd', 'pwd'], 'one factor'],
  [['sms'], 'one factor'],
  [['sms', 'tel'], 'one factor'],
  [['sms', 'email'], 'one factor'],
  [['pwd', 'email'], 'one factor'],
  [['pwd', 'sms'], 'two factors'],
  [['tel', 'pwd'], 'two factors'],
]

for (const [methods, strength] of cases) {
  test(`${methods.join(' and ') || 'nothing'}: ${strength}`, () => {
    assert.equal(strengthOf(methods), strength)
    assert.equal(amrOf(methods).includes('mfa'), strength === 'two factors' || methods.includes('mfa'))
  })
}

test('what is of a kind that was shown already adds nothing', () => {
  assert.equal(addsFactor('tel', ['sms']), false)
  assert.equal(addsFactor('sms', ['pwd']), true)
  assert.equal(addsFactor('pwd', ['sms']), true)
  assert.equal(addsFactor('email', ['pwd']), false)
})

test('a session proves what it was begun with, and more only when it was strong', () => {
  assert.deepEqual(methodsOfSession(['pwd', 'sms', 'mfa']), ['pwd', 'sms'])
  assert.deepEqual(methodsOfSession(['pwd', 'sms']), ['pwd'])
  assert.deepEqual(methodsOfSession([]), [])
})
