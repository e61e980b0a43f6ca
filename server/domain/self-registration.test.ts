import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MethodStanding } from './method-policy.ts'
import { canonicalNumber } from './phone-number.ts'
import { methodsOfNumbers, missingMethods, proofBeforeAdding } from './self-registration.ts'

const asked: MethodStanding = { isEnabled: true, isAllowed: true, isUsableForSignIn: false, isRegistrationRequired: true }
const mobile = { type: 'mobile', number: canonicalNumber('+31612345678'), isVoiceOnly: false } as const
const office = { type: 'office', number: canonicalNumber('+31201234567'), isVoiceOnly: false } as const

test('what is missing is what policy demands and the person lacks', () => {
  assert.deepEqual(missingMethods(new Map([['sms', asked]]), new Set()), ['sms'])
  assert.deepEqual(missingMethods(new Map([['sms', asked]]), new Set(['sms'])), [])
  assert.deepEqual(missingMethods(new Map([['sms', { ...asked, isRegistrationRequired: false }]]), new Set()), [])
  assert.deepEqual(missingMethods(new Map(), new Set()), [])
  const both = new Map([
    ['voice', asked],
    ['sms', asked],
  ])
  assert.deepEqual(missingMethods(both, new Set()), ['sms', 'voice'], 'the strongest first')
  assert.deepEqual(missingMethods(both, new Set(['voice'])), ['sms'], 'only what is missing')
})

test('a policy of a method that nobody can set up by themselves demands nothing', () => {
  assert.deepEqual(missingMethods(new Map([['temporary-access-pass', asked]]), new Set()), [])
})

test('a mobile that a text has proven can be texted and called; one that was only called, an office or a landline is only called', () => {
  const landline = { ...mobile, number: office.number }
  assert.deepEqual([...methodsOfNumbers([mobile])], ['sms', 'voice'])
  for (const each of [{ ...mobile, isVoiceOnly: true }, office, landline]) assert.deepEqual([...methodsOfNumbers([each])], ['voice'])
  assert.deepEqual([...methodsOfNumbers([])], [])
})

test('who signed in by a password alone and has a phone proves it before anything is added', () => {
  const phone = { userId: 'anna', isSignInName: false, signInWish: 'never tried', provenAt: undefined, usedAt: undefined } as const
  const owned = (numbers: readonly (typeof mobile | typeof office)[]) =>
    numbers.map((number) => ({ ...phone, ...number, confirmedAt: undefined, createdAt: new Date(0) }))
  const both = new Set(['sms', 'voice'] as const)
  const channel = (...asked: Parameters<typeof proofBeforeAdding>) => proofBeforeAdding(...asked)?.channel
  assert.equal(channel(['pwd'], owned([mobile]), both), 'sms')
  assert.equal(channel(['pwd'], owned([mobile]), new Set(['voice'] as const)), 'voice')
  assert.equal(channel(['pwd'], owned([office]), both), 'voice')
  assert.equal(channel(['pwd', 'sms'], owned([mobile]), both), undefined)
  assert.equal(channel(['sms'], owned([mobile]), both), undefined)
  assert.equal(channel(['pwd'], [], both), undefined, 'whoever has nothing can only begin')
  assert.equal(channel(['pwd'], owned([mobile]), new Set()), undefined, 'what policy takes away proves nothing')
})
