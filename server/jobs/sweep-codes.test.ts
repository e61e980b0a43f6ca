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
}
