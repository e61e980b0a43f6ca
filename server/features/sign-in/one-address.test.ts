import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isInNetworks } from '#server/domain/budget.ts'
import { authorizeRequest, registerApp, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const people = 15

/** So many who come to work at one hour, all behind one router. */
async function shift(world: World) {
  await world.allow('sms')
  const app = await registerApp(world)
  const numbers = Array.from({ length: people }, (_, index) => `+3161${String(2_000_000 + index * 11_111)}`)
  for (const [index, number] of numbers.entries()) await world.number(await world.person(`worker${index}`), number)
  return { app, numbers }
}

async function askForCode(world: World, appUrl: string, number: string, visitor = new Visitor(world)) {
  return visitor.submit(await visitor.get(appUrl), { identifier: number, do: 'next' })
}

for (const database of databases) {
  test(`a network many people share gets room for them, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { app, numbers } = await shift(world)
    const { url } = authorizeRequest(world, app)
    const before = await Promise.all(numbers.map(async (number) => (await askForCode(world, url, number)).status))
    assert.ok(before.includes(429), 'one address asks for a few codes at once and no more')

    const admin = await world.as('Authentication Policy Administrator')
    assert.equal((await admin.patch('/sesam/v1/signInSettings', { sharedNetworks: ['127.0.0.0/8'] })).status, 204)
    world.turnClock(2 * 3_600_000)
    const after = await Promise.all(numbers.map(async (number) => (await askForCode(world, url, number)).status))
    assert.deepEqual(
      after,
      numbers.map(() => 200),
    )
  })

  test(`whoever used their browser before is not kept out by strangers at the same address, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { app, numbers } = await shift(world)
    const { url } = authorizeRequest(world, app, { prompt: 'login' })
    const [own = '', ...others] = numbers
    const visitor = new Visitor(world)
    const codePage = await askForCode(world, url, own, visitor)
    await visitor.submit(codePage, { code: world.codeIn(await world.textTo(own)), do: 'next' })

    const strangers = await Promise.all(others.map(async (number) => (await askForCode(world, url, number)).status))
    assert.ok(strangers.includes(429))
    assert.equal((await askForCode(world, url, own, visitor)).status, 200)
  })
}

test('an address is found in the networks it stands in', () => {
  assert.equal(isInNetworks('203.0.113.7', ['198.51.100.0/24', '203.0.113.0/24']), true)
  assert.equal(isInNetworks('::ffff:203.0.113.7', ['203.0.113.0/24']), true)
  assert.equal(isInNetworks('2001:db8:1::5', ['2001:db8:1::/48']), true)
  assert.equal(isInNetworks('203.0.114.7', ['203.0.113.0/24']), false)
  assert.equal(isInNetworks('unknown', ['0.0.0.0/0']), false)
})
