import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld, type World } from '#test/world.ts'
import { phonesOf } from './person-phones.ts'
import type { PhoneNumber } from './phone-number.ts'
import { findUnfinishedSignIn } from './unfinished-sign-in.ts'

const find = (world: World, number: PhoneNumber) => findUnfinishedSignIn(world.system, number, world.now)

/** A number that was tried as a user name while somebody else had it. */
async function waiting(world: World, name: string, number: PhoneNumber) {
  const user = await world.person(name)
  const phone = { userId: user.id, type: 'mobile', number, isSignInName: false, signInWish: 'wanted' } as const
  await world.system.inTransaction(({ phones }) => phones.add(phone, world.now))
  return user
}

for (const database of databases) {
  test(`S39 a number whose registration could not complete is finished at the first sign-in with it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const bert = await world.person('bert')
    const number = await world.number(bert, '+31612345678')
    const anna = await waiting(world, 'anna', number)
    assert.equal(await find(world, number), undefined, 'it names bert')
    await world.system.inTransaction(({ phones }) => phones.remove(bert.id, 'mobile'))

    const state = async () => (await phonesOf(world.system, anna, world.now))[0]?.state
    assert.equal(await state(), 'notConfigured')
    const found = await find(world, number)
    assert.equal(found?.user.id, anna.id)
    assert.equal(found?.state, 'ready')
    assert.equal(await world.system.phones.findSignInHolder(number), undefined, 'not before she says yes')
    const yes = { signInWish: 'wanted', provenAt: world.now } as const
    assert.ok(await world.system.inTransaction(({ phones }) => phones.change(anna.id, 'mobile', yes, world.now)))
    assert.equal(await state(), 'ready')
    assert.equal(await find(world, number), undefined)
  })

  test(`S18, S39 a number nobody tried, that two wait for, or whose person may not, finishes for nobody, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.person('anna')
    const old = await world.number(anna, '+31612345678', { signIn: false })
    assert.equal(await find(world, old), undefined)
    const bert = await waiting(world, 'bert', old)
    assert.equal((await find(world, old))?.user.id, bert.id, 'that anna has it for verification is no matter')
    const settings = { ...(await world.system.settings.get()), uniqueNumbers: 'tenantWide' } as const
    await world.system.inTransaction((stores) => stores.settings.set(settings))
    assert.equal(await find(world, old), undefined)
    await world.system.inTransaction((stores) => stores.settings.set({ ...settings, uniqueNumbers: 'signInNames' }))

    await waiting(world, 'cees', old)
    assert.equal(await find(world, old), undefined)
    await world.system.inTransaction(({ phones }) => phones.change(bert.id, 'mobile', { signInWish: 'off' }, world.now))
    assert.equal((await find(world, old))?.state, 'ready', 'who said no waits no more')
    await world.allow('sms', { group: await world.group('nobody') })
    assert.equal((await find(world, old))?.state, 'notAllowedByPolicy')
  })
}
