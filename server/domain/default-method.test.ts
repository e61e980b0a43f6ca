import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Deletion, type DeletionFacts, defaultMethod, deletionOf, type SecondFactor } from './default-method.ts'

const set = (...factors: SecondFactor[]) => new Set(factors)

test('D5 nobody chose: the first that is there, in one order', () => {
  const all = set('voiceOffice', 'voiceAlternateMobile', 'voiceMobile', 'sms', 'oath', 'push')
  const order: (SecondFactor | undefined)[] = []
  while (all.size > 0) {
    const first = defaultMethod(undefined, all)
    order.push(first)
    all.delete(first ?? assert.fail('nothing first'))
  }
  assert.deepEqual(order, ['push', 'oath', 'sms', 'voiceMobile', 'voiceAlternateMobile', 'voiceOffice'])
  assert.equal(defaultMethod(undefined, all), undefined)
  assert.equal(defaultMethod('sms', set('push', 'sms')), 'sms')
  assert.equal(defaultMethod('oath', set('push', 'sms')), 'push')
})

/** A mobile number that is texted, beside an app. */
const usual: DeletionFacts = {
  chosen: 'sms',
  usable: set('oath', 'sms', 'voiceMobile'),
  leaving: set('sms', 'voiceMobile'),
  isSignInName: false,
  deletion: 'auto',
  agrees: false,
}

const free: Deletion = { kind: 'free' }
const refused: Deletion = { kind: 'refused' }
const moves: Deletion = { kind: 'moves', from: 'sms', to: 'oath' }
const only = { usable: set('sms', 'voiceMobile') }

const rows: readonly [string, Partial<DeletionFacts>, Deletion][] = [
  ['D1 what is not the default goes', { chosen: 'oath' }, free],
  ['D1 though somebody signs in with it', { chosen: 'oath', isSignInName: true }, free],
  ['D2 the default that somebody signs in with stays', { isSignInName: true }, refused],
  ['D2 though the caller agrees', { isSignInName: true, agrees: true }, refused],
  [
    'D2 whether it was chosen or is the first there is',
    { chosen: undefined, usable: set('sms', 'voiceOffice'), isSignInName: true },
    refused,
  ],
  ['D3 any other default stays until the caller agrees', {}, refused],
  ['D3 and then moves', { agrees: true }, moves],
  ['D4 the last one goes', only, { ...moves, to: undefined }],
  ['D4 though somebody signs in with it', { ...only, isSignInName: true }, { ...moves, to: undefined }],
  ['D6 strict: it stays while others are there', { deletion: 'strict', agrees: true }, refused],
  ['D6 strict: the last one goes', { ...only, deletion: 'strict' }, { ...moves, to: undefined }],
  ['D6 reassign: it always moves', { deletion: 'reassign' }, moves],
  ['D6 reassign: though somebody signs in with it', { deletion: 'reassign', isSignInName: true }, moves],
  ['a choice that is gone leaves the first there is to be the default', { chosen: 'push', usable: set('sms', 'oath') }, free],
  ['nothing is asked with what policy forbids', { usable: set(), leaving: set() }, free],
]

for (const [name, facts, expected] of rows) {
  test(name, () => assert.deepEqual(deletionOf({ ...usual, ...facts }), expected))
}
