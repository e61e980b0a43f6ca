import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Limits } from '#server/domain/budget.ts'
import { Installation } from '#server/system.ts'
import { Asking, limitsBut, newBrowser, nothing } from '#test/asking.ts'
import { databases, startWorld, type World } from '#test/world.ts'
import { codesByText } from './challenge.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

function proofOf({ challengeId, browser }: Asking, answer: string) {
  return { challengeId, browser, answer, purpose: 'sign-in' } as const
}

/** Counts what is really compared. */
function countComparisons(world: World): { count: number } {
  const counted = { count: 0 }
  const { codes } = world.installation
  const match = codes.match.bind(codes)
  codes.match = (facts, answer) => {
    counted.count += 1
    return match(facts, answer)
  }
  return counted
}

for (const database of databases) {
  test(`of a hundred guesses at once five are compared, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('texts', {}) })
    const anna = await world.person('anna')
    const asking = await new Asking(world, anna.id).start()
    const compared = countComparisons(world)
    const outcomes = await Promise.all(Array.from({ length: 100 }, (_, index) => asking.check(String(index).padStart(6, '0'))))
    assert.equal(compared.count, 5)
    assert.equal(outcomes.filter(({ kind }) => kind === 'over').length, 95)
    assert.deepEqual(outcomes.flatMap((each) => (each.kind === 'wrong' ? each.triesLeft : [])).sort(), [0, 1, 2, 3, 4])
    assert.deepEqual(await asking.check(await asking.secretCode()), { kind: 'over' })
  })

  test(`of forty right answers at once one passes, on ${database.name}`, async () => {
    // Everybody may try, so that only the code itself stands in the way.
    await using world = await startWorld(database, { limits: limitsBut('texts', {}) })
    const anna = await world.person('anna')
    for (let round = 0; round < 3; round++) {
      const asking = await new Asking(world, anna.id).start()
      const code = await asking.code()
      const outcomes = await Promise.all(Array.from({ length: 40 }, () => asking.check(code)))
      assert.equal(outcomes.filter(({ kind }) => kind === 'passed').length, 1)
    }
  })

  test(`of right answers at two nodes at once one passes, and of guesses five are compared, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('texts', {}) })
    const anna = await world.person('anna')
    const other = await new Installation(world.installation.parts).systemOf(world.tenantId)
    const nodes = [world.system, other ?? assert.fail()]
    for (let round = 0; round < 5; round++) {
      const asking = await new Asking(world, anna.id).start()
      const code = await asking.code()
      const answers = await Promise.all(
        Array.from({ length: 4 }, (_, index) => codesByText.checkCode(nodes[index % 2] ?? world.system, proofOf(asking, code), nothing)),
      )
      assert.equal(answers.filter(({ kind }) => kind === 'passed').length, 1)
      const guessed = await new Asking(world, anna.id).start()
      const guesses = await Promise.all(
        Array.from({ length: 20 }, (_, index) => codesByText.checkCode(nodes[index % 2] ?? world.system, proofOf(guessed, '0'), nothing)),
      )
      assert.equal(guesses.filter(({ kind }) => kind === 'wrong').length, 5)
    }
  })

  test(`after ten wrong answers over all rounds a challenge is over, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('texts', {}) })
    const anna = await world.person('anna')
    const asking = await new Asking(world, anna.id).start()
    for (let tries = 0; tries < 5; tries++) await asking.check('12')
    assert.deepEqual(await asking.check(await asking.secretCode()), { kind: 'over' })
    world.turnClock(30 * second)
    assert.deepEqual(await asking.resend(), { kind: 'sent' })
    for (let tries = 0; tries < 4; tries++) await asking.check('12')
    assert.deepEqual(await asking.check(await asking.wrongCode()), { kind: 'wrong', triesLeft: 0 })
    world.turnClock(minute)
    assert.deepEqual(await asking.resend(), { kind: 'over' })
    assert.deepEqual(await asking.check(await asking.secretCode()), { kind: 'over' })
  })

  test(`ten wrong answers an hour pause the method for a number, over all browsers, and then a right one is wrong, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: { ...limitsBut('texts', {}), failures: strict() } })
    const anna = await world.person('anna')
    const compared = countComparisons(world)
    const wrong = await Promise.all(Array.from({ length: 6 }, async () => await new Asking(world, anna.id).start()))
    await world.textsSent()
    await Promise.all(wrong.flatMap((asking) => Array.from({ length: 5 }, () => asking.check('000'))))
    assert.equal(compared.count, 30, 'every answer takes the same work')
    const asking = await new Asking(world, anna.id).start()
    const right = await asking.secretCode()
    assert.deepEqual(await asking.check(right), { kind: 'wrong', triesLeft: 4 })
    await world.textsSent()
    assert.equal(world.texts().length, 6, 'nothing is sent that would open nothing')

    world.turnClock(15 * minute)
    const later = await new Asking(world, anna.id).start()
    assert.equal((await later.check(await later.code())).kind, 'passed')
    assert.equal((await new Asking(world, anna.id, { purpose: 'password-reset' }).start()).purpose, 'password-reset')
  })

  test(`each pause is longer than the one before, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { methodPauses } = world.system.atOnce
    const until = async () => ((await world.system.methodPauses.find('key'))?.pausedUntil.getTime() ?? 0) - world.now.getTime()
    const lengths: number[] = []
    for (let pauses = 0; pauses < 9; pauses++) {
      await Promise.all([1, 2, 3].map(() => methodPauses.pause('key', world.now)))
      lengths.push((await until()) / minute)
      world.turnClock(await until())
    }
    assert.deepEqual(lengths, [15, 30, 60, 120, 240, 480, 960, 1440, 1440])
  })

  test(`fifty wrong answers in a row suspend the method until it is cleared, a right one before that begins anew, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('texts', {}) })
    const anna = await world.person('anna')
    async function fail(times: number) {
      for (let left = times; left > 0; left -= 5) {
        const asking = await new Asking(world, anna.id).start()
        await Promise.all(Array.from({ length: Math.min(5, left) }, () => asking.check('000')))
      }
    }
    await fail(49)
    const asking = await new Asking(world, anna.id).start()
    assert.equal((await asking.check(await asking.code())).kind, 'passed')
    await fail(49)
    const still = await new Asking(world, anna.id).start()
    assert.equal((await still.check(await still.code())).kind, 'passed')
    await fail(50)
    world.turnClock(48 * hour)
    const suspended = await new Asking(world, anna.id).start()
    assert.equal((await suspended.check(await suspended.secretCode())).kind, 'wrong')

    await world.system.inTransaction((stores) => codesByText.endPause(stores, suspended.number))
    const free = await new Asking(world, anna.id).start()
    assert.equal((await free.check(await free.code())).kind, 'passed')
  })

  test(`strangers cannot lock out a browser that has signed in before, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: { ...limitsBut('texts', {}), failures: strict() } })
    const anna = await world.person('anna')
    const device = randomBytes(16).toString('base64url')
    await world.system.inTransaction(({ knownBrowsers }) => knownBrowsers.remember(device, anna.id, world.now))
    for (let rounds = 0; rounds < 4; rounds++) {
      const stranger = await new Asking(world, anna.id, { browser: newBrowser({ address: `192.0.2.${rounds + 10}` }) }).start()
      for (let tries = 0; tries < 5; tries++) await stranger.check('000')
    }
    const lockedOut = await new Asking(world, anna.id, { browser: newBrowser({ device: randomUUID() }) }).start()
    assert.equal((await lockedOut.check(await lockedOut.secretCode())).kind, 'wrong')
    const known = await new Asking(world, anna.id, { browser: newBrowser({ device }) }).start()
    assert.equal((await known.check(await known.code())).kind, 'passed')

    world.turnClock(181 * 24 * hour)
    assert.equal(await world.system.knownBrowsers.isKnown(device, anna.id, world.now), false)
  })

  test(`an address that guesses among many numbers, or makes up challenges, is not compared any more, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: { ...limitsBut('texts', {}), failures: strict() } })
    const stranger = newBrowser({ address: '2001:db8:1:2::3' })
    const anna = await world.person('anna')
    const asking = await new Asking(world, anna.id, { browser: stranger }).start()
    const other = await new Asking(world, anna.id, { browser: newBrowser() }).start()
    for (let guesses = 0; guesses < 20; guesses++) await other.check('000000', stranger)
    assert.equal((await asking.check(await asking.secretCode())).kind, 'wrong')
    const neighbour = newBrowser({ address: '2001:db8:1:3::3', binding: asking.browser.binding })
    assert.equal((await asking.check(await asking.secretCode(), neighbour)).kind, 'passed')
    assert.equal((await world.system.challenges.find(other.challengeId))?.tries, 0, 'strangers spend no tries of a challenge')
  })

  test(`right answers use nothing up, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: { ...limitsBut('texts', {}), failures: strict() } })
    const anna = await world.person('anna')
    for (let signIns = 0; signIns < 25; signIns++) {
      const asking = await new Asking(world, anna.id).start()
      assert.equal((await asking.check(await asking.code())).kind, 'passed')
    }
  })
}

function strict(): Limits['failures'] {
  const [perHour, perDay] = [{ perMs: hour }, { perMs: 24 * hour }]
  const tenMinutes = { perMs: 10 * minute }
  return {
    numberHour: { count: 10, ...perHour },
    numberDay: { count: 20, ...perDay },
    address: { count: 20, ...tenMinutes },
    net: { count: 100, ...tenMinutes },
  }
}
