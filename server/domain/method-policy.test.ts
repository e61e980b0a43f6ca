import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everybody, type MethodTarget, methodStanding } from './method-policy.ts'

const anna = { userId: 'anna', groupIds: new Set(['shop', 'staff']) }

function target(kind: 'group' | 'user', id: string, { isExcluded = false, isUsableForSignIn = false } = {}): MethodTarget {
  return { kind, id, isExcluded, isUsableForSignIn }
}

const nothing = { isEnabled: false, isAllowed: false, isUsableForSignIn: false, isRegistrationRequired: false }

const cases: [name: string, targets: MethodTarget[], isAllowed: boolean, isUsableForSignIn: boolean][] = [
  ['nobody is targeted', [], false, false],
  ['everybody is', [target('group', everybody)], true, false],
  ['everybody is, for sign-in', [target('group', everybody, { isUsableForSignIn: true })], true, true],
  ['a group around hers is', [target('group', 'staff')], true, false],
  ['another group is', [target('group', 'drivers', { isUsableForSignIn: true })], false, false],
  ['she is', [target('user', 'anna', { isUsableForSignIn: true })], true, true],
  ['a group is called as she is', [target('group', 'anna')], false, false],
  ['somebody is called as her group is', [target('user', 'shop')], false, false],
  ['one of two lets her sign in', [target('group', 'shop'), target('group', 'staff', { isUsableForSignIn: true })], true, true],
  [
    'her group is excluded',
    [target('user', 'anna', { isUsableForSignIn: true }), target('group', 'shop', { isExcluded: true })],
    false,
    false,
  ],
  [
    'she is excluded',
    [target('group', everybody, { isUsableForSignIn: true }), target('user', 'anna', { isExcluded: true })],
    false,
    false,
  ],
  ['only another is excluded', [target('group', everybody), target('user', 'bram', { isExcluded: true })], true, false],
  ['only an exclusion is there', [target('user', 'bram', { isExcluded: true })], false, false],
]

test('a policy counts for whom it includes and does not exclude', () => {
  for (const [name, targets, isAllowed, isUsableForSignIn] of cases) {
    assert.deepEqual(
      methodStanding({ isEnabled: true, targets, settings: {} }, anna),
      { isEnabled: true, isAllowed, isUsableForSignIn, isRegistrationRequired: false },
      name,
    )
    const unlicensed = methodStanding({ isEnabled: true, targets, settings: {} }, { ...anna, lacksLicence: true })
    assert.deepEqual(unlicensed, { ...nothing, isEnabled: true }, `${name}, without a licence`)
    const off = methodStanding({ isEnabled: false, targets, settings: {} }, anna)
    assert.deepEqual(off, nothing, `${name}, but it is off`)
  }
})

test('a method has to be registered by whom it is for, where one of their targets says so', () => {
  const asked = { ...target('group', 'shop'), isRegistrationRequired: true }
  const requires = (targets: MethodTarget[], isEnabled = true) =>
    methodStanding({ isEnabled, targets, settings: {} }, anna).isRegistrationRequired
  assert.equal(requires([asked]), true)
  assert.equal(requires([target('user', 'anna'), asked]), true)
  assert.equal(requires([{ ...target('group', 'drivers'), isRegistrationRequired: true }, target('user', 'anna')]), false)
  assert.equal(requires([asked, target('user', 'anna', { isExcluded: true })]), false)
  assert.equal(requires([asked], false), false)
})
