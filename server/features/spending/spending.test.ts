import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Asking, limitsBut } from '#test/asking.ts'
import { type Client, databases, startWorld } from '#test/world.ts'

const path = '/sesam/v1/spending'

/** Counting waits a moment, so that a message is not slower for it. */
async function counted(admin: Client, texts: number) {
  for (let tries = 0; tries < 200; tries++) {
    const { body } = await admin.get(path)
    if (body.textsToday >= texts) return body
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return assert.fail('the texts were not counted')
}

for (const database of databases) {
  test(`an administrator sees what is left of today's texts, and where they went, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Authentication Policy Administrator')
    const usual = (await admin.get(path)).body
    assert.partialDeepStrictEqual(usual, { textsADay: 500, isOwnLimit: false, textsUsed: 0, textsLeft: 500, fullDateTime: null })
    assert.deepEqual(usual.countries, [
      { country: 'NL', mayGetTexts: true, mayGetCalls: true, textsToday: 0, callsToday: 0, pausedUntilDateTime: null },
    ])
    assert.equal((await admin.patch('/sesam/v1/signInSettings', { textsADay: 2, textCountries: ['NL', 'SE'] })).status, 204)
    const system = (await world.installation.systemOf(world.tenantId)) ?? assert.fail()
    for (const number of ['+31612345678', '+46701234567', '+31620000000']) {
      const person = await world.person(`p${number.slice(-4)}`)
      await new Asking(Object.assign(Object.create(world), { system }), person.id, { number }).start()
    }
    await world.textsSent()
    const after = await counted(admin, 2)
    assert.partialDeepStrictEqual(after, { textsADay: 2, isOwnLimit: true, textsUsed: 2, textsLeft: 0, textsToday: 2 })
    assert.ok(new Date(after.nextTextDateTime) > world.now && new Date(after.fullDateTime) > new Date(after.nextTextDateTime))
    assert.deepEqual(
      after.countries.map(({ country, textsToday }: { country: string; textsToday: number }) => [country, textsToday]),
      [
        ['NL', 1],
        ['SE', 1],
      ],
    )
    assert.ok(!JSON.stringify(after).includes('612345678'))
    world.turnClock(24 * 60 * 60_000)
    const tomorrow = await world.as('Reports Reader')
    assert.partialDeepStrictEqual((await tomorrow.get(path)).body, { textsUsed: 0, textsLeft: 2, textsToday: 0 })
  })

  test(`a country whose codes nobody types is seen to rest, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('texts', { untyped: { count: 2, perMs: 3_600_000 } }) })
    const reader = await world.as('Reports Reader')
    const anna = await world.person('anna')
    for (let times = 0; times < 2; times++) await new Asking(world, anna.id).start()
    const [netherlands] = (await reader.get(path)).body.countries
    assert.ok(new Date(netherlands.pausedUntilDateTime) > world.now)
    assert.equal((await (await world.as('User Administrator')).get(path)).status, 403)
  })
}
