import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MethodStanding } from './method-policy.ts'
import { canonicalNumber } from './phone-number.ts'
import { methodsOfNumbers, missingMethods } from './self-registration.ts'

const asked: MethodStanding = { isEnabled: true, isAllowed: true, isUsableForSignIn: false, isRegistrationRequired: true }
const mobile = { type: 'mobile', number: canonicalNumber('+31612345678') } as const
const office = { type: 'office', number: canonicalNumber('+31201234567') } as const

test('what is missing is what policy demands and the person lacks', () => {
  assert.deepEqual(missingMethods(new Map([['sms', asked]]), new Set()), ['sms'])
  assert.deepEqual(missingMethods(new Map([['sms', asked]]), new Set(['sms'])), [])
  assert.deepEqual(missingMethods(new Map([['sms', { ...asked, isRegistrationRequired: false }]]), new Set()), [])
  assert.deepEqual(missingMethods(new Map(), new Set()), [])
})

test('a policy of a method that nobody can set up by themselves demands nothing', () => {
  assert.deepEqual(missingMethods(new Map([['temporary-access-pass', asked]]), new Set()), [])
})

test('a mobile number that texts reach is what can be texted; an office or a landline is not', () => {
  assert.ok(methodsOfNumbers([mobile]).has('sms'))
  assert.ok(!methodsOfNumbers([office]).has('sms'))
  assert.ok(!methodsOfNumbers([{ type: 'mobile', number: office.number }]).has('sms'))
})
