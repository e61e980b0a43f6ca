import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phoneTypes } from './phone.ts'
import { type SmsSignInState, type StateFacts, smsSignInState } from './sms-sign-in-state.ts'

const allowed = { isUsableForSignIn: true }
const forbidden = { isUsableForSignIn: false }

const ready: StateFacts = {
  phoneType: 'mobile',
  userType: 'Member',
  mayReceiveTexts: true,
  policy: allowed,
  isCountryAllowed: true,
  signInWish: 'wanted',
  isSignInName: true,
  isHeldByAnother: false,
  isQuiet: false,
}

const waiting = { isSignInName: false, isHeldByAnother: true } as const
const untried = { isSignInName: false, signInWish: 'never tried' } as const
const off = { isSignInName: false, signInWish: 'off' } as const

const rows: readonly [string, Partial<StateFacts>, SmsSignInState][] = [
  ['all is well', {}, 'ready'],
  ['an alternate number', { phoneType: 'alternateMobile' }, 'notSupported'],
  ['a number of the office', { phoneType: 'office' }, 'notSupported'],
  ['a guest', { userType: 'Guest' }, 'notSupported'],
  ['no text reaches it', { mayReceiveTexts: false }, 'notSupported'],
  ['policy off, or the person not in it, or not for sign-in', { policy: forbidden }, 'notAllowedByPolicy'],
  ['texts do not go to its country', { isCountryAllowed: false }, 'notAllowedByPolicy'],
  ['switched off', off, 'notEnabled'],
  ['tried while another had it', waiting, 'phoneNumberNotUnique'],
  ['tried while another had it, who gave it up', { ...waiting, isHeldByAnother: false }, 'notConfigured'],
  ['never tried', untried, 'notConfigured'],
  ['never tried, and another has it', { ...untried, isHeldByAnother: true }, 'notConfigured'],
  ['nobody knew for long whose it is', { isQuiet: true }, 'notConfigured'],
  ['switched off, and policy forbids it', { ...off, policy: forbidden }, 'notAllowedByPolicy'],
  ['another has it, and policy forbids it', { ...waiting, policy: forbidden }, 'notAllowedByPolicy'],
  ['switched off while another had it', { ...waiting, ...off }, 'notEnabled'],
]

for (const [name, facts, expected] of rows) {
  test(`the state of a number: ${name}`, () => assert.equal(smsSignInState({ ...ready, ...facts }), expected))
}

test('whatever else is true, only a member’s mobile number that gets texts is ever more than not supported', () => {
  const flags = [true, false]
  for (const phoneType of phoneTypes)
    for (const userType of ['Member', 'Guest'] as const)
      for (const mayReceiveTexts of flags)
        for (const signInWish of ['never tried', 'wanted', 'off'] as const)
          for (const isSignInName of flags)
            for (const isHeldByAnother of flags)
              for (const isUsableForSignIn of flags) {
                const facts = { ...ready, phoneType, userType, mayReceiveTexts, signInWish, isSignInName, isHeldByAnother }
                const state = smsSignInState({ ...facts, policy: { isUsableForSignIn } })
                const isSupported = phoneType === 'mobile' && userType === 'Member' && mayReceiveTexts
                assert.equal(state !== 'notSupported', isSupported)
                if (state === 'ready') assert.ok(isUsableForSignIn && isSignInName && signInWish !== 'off')
              }
})
