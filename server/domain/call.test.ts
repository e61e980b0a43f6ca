import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Call, callStates, canCallAgainAt, dialsExtension, type ShownCallState, shownState, statesBefore } from './call.ts'
import { CallProofs } from './call-proof.ts'

const began = new Date('2026-11-20T09:00:00Z')
const second = 1_000

const ringing = {
  state: 'ringing',
  round: 1,
  triesTotal: 0,
  startedAt: began,
  calledAt: began,
  expiresAt: new Date(began.getTime() + 300 * second),
  usedAt: undefined,
} as const

const rows: [Partial<Call>, number, ShownCallState][] = [
  [{ state: 'waiting' }, 0, 'ringing'],
  [{ state: 'waiting' }, 60, 'noAnswer'],
  [{}, 59, 'ringing'],
  [{}, 60, 'noAnswer'],
  [{ state: 'answered' }, 119, 'answered'],
  [{ state: 'answered' }, 120, 'hungUp'],
  [{ state: 'busy' }, 3_000, 'busy'],
  [{ state: 'wrongKey', triesTotal: 5 }, 10, 'wrongKey'],
  [{ state: 'passed' }, 299, 'passed'],
  [{ state: 'passed' }, 300, 'expired'],
  [{ state: 'passed', usedAt: began }, 1, 'expired'],
]

for (const [changes, seconds, expected] of rows)
  test(`a call that is ${JSON.stringify(changes)} after ${seconds} s is shown as ${expected}`, () => {
    assert.equal(shownState({ ...ringing, ...changes }, new Date(began.getTime() + seconds * second)), expected)
  })

test('no call goes back, and none leaves its end', () => {
  const order = ['waiting', 'ringing', 'answered']
  for (const state of callStates) {
    if (state === 'waiting') continue
    for (const before of statesBefore[state]) {
      assert.ok(order.includes(before), `${state} after ${before}`)
      if (order.includes(state)) assert.ok(order.indexOf(before) < order.indexOf(state))
    }
  }
})

test('a phone rests a minute before it rings again, two while somebody listens', () => {
  assert.equal(canCallAgainAt(ringing).getTime() - began.getTime(), 60 * second)
  assert.equal(canCallAgainAt({ ...ringing, state: 'answered' }).getTime() - began.getTime(), 120 * second)
  assert.equal(canCallAgainAt({ ...ringing, state: 'busy' }).getTime() - began.getTime(), 60 * second)
})

test('S56 only a sign-in dials the desk behind an office', () => {
  assert.ok(dialsExtension({ purpose: 'second-factor', phoneType: 'office' }))
  assert.ok(!dialsExtension({ purpose: 'second-factor', phoneType: 'mobile' }))
  assert.ok(!dialsExtension({ purpose: 'add-phone', phoneType: 'office' }))
  assert.ok(!dialsExtension({ purpose: 'password-reset', phoneType: 'office' }))
})

test('every digit from 1 to 9 is asked for about as often, and only that one with the hash key is right', () => {
  const proofs = new CallProofs(Buffer.alloc(32, 7))
  const facts = { callId: 'call', tenantId: 'tenant', number: '+31612345678', purpose: 'second-factor', round: 1 } as const
  const counts = new Map<string, number>()
  for (let round = 0; round < 9_000; round++) {
    const digit = proofs.digitOf({ ...facts, round })
    counts.set(digit, (counts.get(digit) ?? 0) + 1)
  }
  assert.deepEqual([...counts.keys()].sort(), [...'123456789'])
  for (const count of counts.values()) assert.ok(count > 850 && count < 1_150, String(count))
  const digit = proofs.digitOf(facts)
  assert.ok(proofs.match(facts, `${digit}#`) && proofs.match(facts, ` ${digit} #`))
  for (const keys of ['', '#', digit, `${digit}${digit}#`, `#${digit}`, `0${digit}#`, `${digit}##`, `${'1'.repeat(99)}#`])
    assert.ok(!proofs.match(facts, keys), keys)
  const other = new CallProofs(Buffer.alloc(32, 8))
  const reported = { gateway: 'one', tenantId: 'tenant', callId: 'call', round: 1 }
  assert.ok(!other.isToken(reported, proofs.tokenOf(reported)))
  assert.ok(!proofs.isToken({ ...reported, gateway: 'two' }, proofs.tokenOf(reported)))
})
