import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Asking } from '#test/asking.ts'
import { databases, startWorld } from '#test/world.ts'
import { codesSweeping } from './sweep-codes.ts'

for (const database of databases) {
  test(`a day later nobody knows any more who was asked for a code, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const asking = await new Asking(world, anna.id).start()
    await world.textsSent()
    const sweep = () => codesSweeping(world.installation).run(new AbortController().signal)
    world.turnClock(24 * 60 * 60 * 1_000)
    await sweep()
    assert.ok(await world.system.challenges.find(asking.challengeId))
    world.turnClock(1)
    await sweep()
    assert.equal(await world.system.challenges.find(asking.challengeId), undefined)
    assert.equal(await world.system.outbox.stateOf(asking.challengeId, 1), undefined)
  })

  test(`a browser is known for half a year, and wrong answers are held against a number for a year, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const day = 24 * 60 * 60 * 1_000
    await world.system.inTransaction(({ knownBrowsers }) => knownBrowsers.remember('browser', anna.id, world.now))
    await world.system.atOnce.methodPauses.fail('key', world.now)
    const sweep = () => codesSweeping(world.installation).run(new AbortController().signal)
    world.turnClock(179 * day)
    await sweep()
    assert.equal(await world.system.knownBrowsers.isKnown('browser', anna.id, world.now), true)
    world.turnClock(day)
    await sweep()
    assert.equal(await world.system.knownBrowsers.isKnown('browser', anna.id, new Date(0)), false)
    assert.equal((await world.system.methodPauses.find('key'))?.failures, 1)
    world.turnClock(186 * day)
    await sweep()
    assert.equal(await world.system.methodPauses.find('key'), undefined)
  })
}
