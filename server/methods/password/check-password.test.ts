import assert from 'node:assert/strict'
import { argon2, randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { promisify } from 'node:util'
import type { User } from '#server/domain/user.ts'
import { limitsBut, nothing } from '#test/asking.ts'
import { databases, masterKey, startWorld, type World } from '#test/world.ts'
import { checkPassword } from './check-password.ts'

const good = 'een fiets in de regen'
const minute = 60_000

interface Tries {
  world: World
  user: User | undefined
  name?: string
  device?: string
}

function trying({ world, user, name = user?.userPrincipalName ?? 'nobody', device }: Tries) {
  return async (password: string) => {
    const { kind } = await checkPassword(
      world.system,
      { user, name, secret: password, place: { kind: 'browser', device }, address: '192.0.2.1' },
      nothing,
    )
    return kind
  }
}

async function peopled(world: World) {
  const anna = await world.person('anna')
  await world.password(anna, good)
  return anna
}

/** As it was made here when machines were slower. */
async function cheapHash(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const secret = masterKey.derive('password pepper')
  const tag = await promisify(argon2)('argon2id', {
    message: password,
    nonce,
    secret,
    memory: 1_024,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
  })
  return `$argon2id$v=19$m=1024,t=1,p=1$${nonce.toString('base64').replaceAll('=', '')}$${tag.toString('base64').replaceAll('=', '')}`
}

const wrongOnes = (count: number) => Array.from({ length: count }, (_, index) => `wrong ${index}`)

for (const database of databases) {
  test(`after ten wrong passwords the next waits a minute, then twice as long each time, half an hour at most, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('passwords', {}) })
    const tried = trying({ world, user: await peopled(world) })
    for (const wrong of wrongOnes(10)) assert.equal(await tried(wrong), 'wrong')
    assert.equal(await tried(good), 'locked', 'the right one too')
    for (const waits of [1, 2, 4, 8, 16, 30, 30]) {
      world.turnClock(waits * minute - 1)
      assert.equal(await tried(good), 'locked', `${waits} minutes`)
      world.turnClock(1)
      assert.equal(await tried(`still wrong ${randomUUID()}`), 'wrong')
      assert.equal(await tried(good), 'locked')
    }
    world.turnClock(30 * minute)
    assert.equal(await tried(good), 'passed')
    for (const wrong of wrongOnes(9)) assert.equal(await tried(wrong), 'wrong')
    assert.equal(await tried(good), 'passed', 'the right one makes all good')
  })

  test(`the same wrong password counts once while it is among the last three, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('passwords', {}) })
    const tried = trying({ world, user: await peopled(world) })
    for (let turn = 0; turn < 5; turn++) for (const old of ['old one', 'older one', 'oldest one']) assert.equal(await tried(old), 'wrong')
    for (const wrong of wrongOnes(7)) assert.equal(await tried(wrong), 'wrong')
    assert.equal(await tried('one more'), 'locked', 'three and seven are ten')
  })

  test(`of hundreds of guesses at once ten are looked at, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('passwords', {}) })
    const tried = trying({ world, user: await peopled(world) })
    const outcomes = await Promise.all(wrongOnes(300).map(tried))
    assert.equal(outcomes.filter((kind) => kind === 'wrong').length, 10)
    assert.equal(outcomes.filter((kind) => kind === 'locked').length, 290)
  })

  test(`the right one among many at once is looked at or not, and never opens what a wait has closed, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('passwords', {}) })
    const tried = trying({ world, user: await peopled(world) })
    for (const wrong of wrongOnes(10)) await tried(wrong)
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => tried(good)))
    assert.deepEqual(new Set(outcomes), new Set(['locked']))
  })

  test(`strangers lock nobody out of a browser they have used, nor of a text, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('passwords', {}) })
    const anna = await peopled(world)
    await world.system.inTransaction(({ knownBrowsers }) => knownBrowsers.remember('her own', anna.id, world.now))
    const [stranger, her] = [trying({ world, user: anna, device: 'another' }), trying({ world, user: anna, device: 'her own' })]
    for (const wrong of wrongOnes(12)) await stranger(wrong)
    assert.equal(await stranger(good), 'locked')
    assert.equal(await her('a slip'), 'wrong')
    assert.equal(await her(good), 'passed')
    assert.equal(await stranger(good), 'locked', 'what strangers got wrong stays counted')
  })

  test(`a name nobody has is counted and locked the same, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('passwords', {}) })
    const tried = trying({ world, user: undefined, name: 'nobody@contoso.example' })
    for (const wrong of wrongOnes(10)) assert.equal(await tried(wrong), 'wrong')
    assert.equal(await tried('another'), 'locked')
    assert.equal(await trying({ world, user: undefined, name: 'somebody@contoso.example' })('another'), 'wrong')
  })

  test(`an address that tries many people is told to slow down, whoever they are, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const kinds: string[] = []
    for (let person = 0; person < 31; person++)
      kinds.push(await trying({ world, user: undefined, name: `name ${person}` })('one of the common'))
    assert.deepEqual(new Set(kinds.slice(0, 30)), new Set(['wrong']))
    assert.equal(kinds.at(-1), 'slow_down')
  })

  test(`a new password ends every wait, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('passwords', {}) })
    const anna = await peopled(world)
    const tried = trying({ world, user: anna })
    for (const wrong of wrongOnes(10)) await tried(wrong)
    const admin = await world.as('User Administrator')
    const passwordProfile = { password: 'drie lampen aan zee', forceChangePasswordNextSignIn: false }
    assert.equal((await admin.patch(`/v1.0/users/${anna.id}`, { passwordProfile })).status, 204)
    assert.equal(await tried('drie lampen aan zee'), 'passed')
  })

  test(`a password hashed when that was cheaper is hashed anew when it is right, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { system } = world
    const anna = await peopled(world)
    const tried = trying({ world, user: anna })
    const keptHash = async () => (await system.personPasswords.find(anna.id))?.hash ?? assert.fail('no password')
    const todays = await keptHash()
    await tried(good)
    assert.equal(await keptHash(), todays, 'one of today stays as it is')

    const cheap = await cheapHash(good)
    assert.ok(system.passwords.isOutdated(cheap))
    const change = { password: { hash: cheap, mustChange: false } }
    await system.inTransaction(({ users }) => users.change(anna.id, change, world.now))
    assert.equal(await tried('a slip'), 'wrong')
    assert.equal(await keptHash(), cheap)
    assert.equal(await tried(good), 'passed')
    const fresh = await keptHash()
    assert.ok(!system.passwords.isOutdated(fresh))
    assert.equal(await tried(good), 'passed')
    assert.equal(await system.writing((stores) => stores.personPasswords.rehash(anna.id, cheap, cheap)), false, 'a newer one stays')
  })

  test(`nothing that is kept of wrong passwords tells what they were or whose, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const tried = trying({ world, user: undefined, name: 'my secret in the wrong field' })
    await tried('hunter2 and more')
    const rows = await world.installation.parts.database.kysely
      .selectFrom('password_tries')
      .selectAll()
      .where('tenant_id', '=', world.tenantId)
      .execute()
    assert.equal(rows.length, 1)
    assert.match(rows[0]?.recent ?? '', /^[0-9a-f]{10}$/)
    assert.doesNotMatch(JSON.stringify(rows), /hunter2|secret/)
  })
}
