import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currentKey, dueKey, finishedKeys, isRotationDue, type KeyTimes, keyState, type SigningAlgorithm } from './signing-keys.ts'

const start = Date.UTC(2026, 10, 20)
const hourMs = 60 * 60 * 1000
/** So many days, and hours, after the first key began to sign. */
const at = (days: number, hours = 0) => new Date(start + (days * 24 + hours) * hourMs)

const key = (generation: number, signsFrom: Date, algorithm: SigningAlgorithm = 'ES256'): KeyTimes => ({
  id: `${algorithm}-${generation}`,
  algorithm,
  generation,
  signsFrom,
})
const first = key(1, at(0))
const second = key(2, at(90))
const third = key(3, at(180))

test('the newest key whose time has come signs, and only that one', () => {
  const cases: readonly [string, KeyTimes[], Date, KeyTimes | undefined][] = [
    ['none', [], at(0), undefined],
    ['another algorithm’s', [key(1, at(0), 'RS256')], at(0), undefined],
    ['the only one', [first], at(10), first],
    ['the only one, on a node whose clock is behind', [first], at(0, -1), first],
    ['the oldest, when none has begun', [second, first], at(-1), first],
    ['a published next key does not sign yet', [first, second], new Date(at(90).getTime() - 1), first],
    ['its first moment', [first, second], at(90), second],
    ['in any order', [third, first, second], at(100), second],
    ['whatever the clock said: the later made', [key(1, at(5)), key(2, at(4))], at(6), key(2, at(4))],
  ]
  for (const [what, keys, now, expected] of cases) {
    assert.deepEqual(currentKey(keys, 'ES256', now), expected, what)
    const current = keys.filter((each) => each.algorithm === 'ES256' && keyState(keys, each, now) === 'current')
    assert.equal(current.length, expected ? 1 : 0, `${what}: one current key at most`)
  }
  assert.deepEqual(
    [first, second, third].map((each) => keyState([third, second, first], each, at(100))),
    ['past', 'current', 'next'],
  )
})

test('the next key is made two days before it is needed, and published a day at least before it signs', () => {
  const cases: readonly [string, KeyTimes[], Date, [number, Date] | undefined][] = [
    ['nothing yet', [], at(3), [1, at(3)]],
    ['young', [first], at(1), undefined],
    ['just before', [first], at(88, -1), undefined],
    ['in time', [first], at(88), [2, at(90)]],
    ['the last moment that is in time', [first], at(89), [2, at(90)]],
    ['late: it waits its day', [first], at(89, 1), [2, at(90, 1)]],
    ['long overdue', [first], at(200), [2, at(201)]],
    ['the next one is there', [first, second], at(88), undefined],
    ['and while it waits', [first, key(2, at(201))], at(200, 12), undefined],
    ['the one after', [first, second], at(178), [3, at(180)]],
  ]
  for (const [what, keys, now, expected] of cases) {
    const due = dueKey(keys, 'ES256', now)
    assert.deepEqual(due && [due.generation, due.signsFrom], expected, what)
  }
})

test('a key is kept until its last token has been dead for a day', () => {
  const cases: readonly [string, KeyTimes[], Date, KeyTimes[]][] = [
    ['the current one never goes', [first], at(1_000), []],
    ['its successor has not begun', [first, second], at(89), []],
    ['tokens may live', [first, second], at(91), []],
    ['the moment before', [first, second], new Date(at(92).getTime() - 1), []],
    ['a day of tokens and a day more', [first, second], at(92), [first]],
    ['of three', [first, second, third], at(181), [first]],
    ['two at once', [first, second, third], at(182), [first, second]],
    ['another algorithm is no successor', [first, key(2, at(90), 'RS256')], at(1_000), []],
  ]
  for (const [what, keys, now, expected] of cases) assert.deepEqual(finishedKeys(keys, now), expected, what)
})

test('there is something to do when either algorithm has a key to make or to end', () => {
  const both = [first, key(1, at(0), 'RS256')]
  assert.equal(isRotationDue([first], at(1)), true)
  assert.equal(isRotationDue(both, at(1)), false)
  assert.equal(isRotationDue(both, at(88)), true)
  assert.equal(isRotationDue([...both, second, key(2, at(90), 'RS256')], at(91)), false)
  assert.equal(isRotationDue([...both, second, key(2, at(90), 'RS256')], at(92)), true)
})
