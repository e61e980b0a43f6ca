import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { limitsBut } from '#test/asking.ts'
import { type Client, databases, startWorld, type TestAnswer, type World } from '#test/world.ts'

const { mobile } = phoneMethodIds

const phonesOf = (id: string) => `/v1.0/users/${id}/authentication/phoneMethods`

async function give(admin: Client, id: string, phoneNumber: string, phoneType = 'mobile', prefer?: string) {
  return admin.post(phonesOf(id), { phoneNumber, phoneType }, prefer ? { prefer } : {})
}

async function stateOf(world: World, id: string, version = 'v1.0'): Promise<string> {
  const { body } = await (await world.as('Global Reader')).get(`/${version}/users/${id}/authentication/phoneMethods/${mobile}`)
  return body.smsSignInState
}

for (const database of databases) {
  test(`S15 a number somebody signs in with is another's for verification only, and the state says so, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const [anna, bert] = [await world.person('anna'), await world.person('bert')]
    const admin = await world.as('Authentication Administrator')
    assert.equal((await give(admin, anna.id, '+1 4251234567')).body.smsSignInState, 'ready')
    const second = await give(admin, bert.id, '+14251234567')
    assert.equal(second.status, 201)
    assert.equal(second.body.smsSignInState, 'phoneNumberNotUnique')
    const enabled = await admin.post(`${phonesOf(bert.id)}/${mobile}/enableSmsSignIn`)
    assert.equal(enabled.status, 409)
    assert.equal(enabled.body.error.code, 'phoneNumberNotUnique')
    assert.ok(!enabled.text.includes('anna'), 'who has it is not said')

    assert.equal((await admin.delete(`${phonesOf(anna.id)}/${mobile}`)).status, 204)
    assert.equal(await stateOf(world, bert.id), 'notConfigured', 'free, but nobody takes it without being asked')
    assert.equal((await admin.post(`${phonesOf(bert.id)}/${mobile}/enableSmsSignIn`)).status, 204)
    assert.equal(await stateOf(world, bert.id), 'ready')
  })

  test(`where conflicts are strict the answer is 409 and the number is kept all the same, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const [anna, bert] = [await world.person('anna'), await world.person('bert')]
    const admin = await world.as('Global Administrator')
    assert.equal((await admin.patch('/sesam/v1/signInSettings', { strictConflict: true })).status, 204)
    await give(admin, anna.id, '+31 612345678')
    const second = await give(admin, bert.id, '+31 612345678')
    assert.equal(second.status, 409, second.text)
    assert.equal(second.body.error.code, 'phoneNumberNotUnique')
    assert.equal(await stateOf(world, bert.id), 'phoneNumberNotUnique')
    assert.equal((await admin.patch(`${phonesOf(bert.id)}/${mobile}`, { phoneNumber: '+31 687654321' })).status, 204)
    const back = await admin.patch(`${phonesOf(bert.id)}/${mobile}`, { phoneNumber: '+31 612345678' })
    assert.equal(back.status, 409)
    assert.equal(await stateOf(world, bert.id), 'phoneNumberNotUnique')
    const quiet = await give(admin, (await world.person('cees')).id, '+31 612345678', 'mobile', 'mfa-only')
    assert.equal(quiet.status, 201)
  })

  test(`where numbers are unique in the whole organisation nobody else gets one at all, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const people = await Promise.all(['anna', 'bert', 'cees', 'dirk'].map((name) => world.person(name)))
    const admin = await world.as('Global Administrator')
    await admin.patch('/sesam/v1/signInSettings', { uniqueNumbers: 'tenantWide' })
    const answers = await Promise.all(people.map(({ id }) => give(admin, id, '+31 207942345', 'office')))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409])
    const refused = answers.find(({ status }) => status === 409)
    assert.equal(refused?.body.error.code, 'phoneNumberNotUnique')
    const holders = await Promise.all(people.map(async ({ id }) => (await admin.get(phonesOf(id))).body.value.length))
    assert.equal(
      holders.reduce((sum, count) => sum + count),
      1,
    )
  })

  test(`a policy that goes away and comes back finds every name as it was, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const [anna, bert] = [await world.person('anna'), await world.person('bert')]
    const admin = await world.as('Global Administrator')
    await give(admin, anna.id, '+31 612345678')
    const group = await world.group('nobody')
    await world.allow('sms', { group })
    assert.equal(await stateOf(world, anna.id), 'notAllowedByPolicy')
    await world.allow('sms', { group: await world.group('bert only', { members: [bert] }) })
    assert.equal((await give(admin, bert.id, '+31 612345678')).body.smsSignInState, 'phoneNumberNotUnique', 'the name waits for its person')
    await world.allow('sms')
    assert.equal(await stateOf(world, anna.id), 'ready')
  })

  test(`S62 a guest has a number but never signs in with it, and who is deleted frees theirs, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const [guest, anna, bert] = [await world.person('guest', { userType: 'Guest' }), await world.person('anna'), await world.person('bert')]
    const admin = await world.as('Global Administrator')
    assert.equal((await give(admin, guest.id, '+31 612345678')).body.smsSignInState, 'notSupported')
    const enabled = await admin.post(`${phonesOf(guest.id)}/${mobile}/enableSmsSignIn`)
    assert.equal(enabled.body.error.code, 'notSupported')
    assert.match(enabled.body.error.message, /[Gg]uests/)

    assert.equal((await give(admin, anna.id, '+31 612345678')).body.smsSignInState, 'ready')
    assert.equal((await give(admin, bert.id, '+31 612345678')).body.smsSignInState, 'phoneNumberNotUnique')
    assert.equal((await admin.delete(`/v1.0/users/${anna.id}`)).status, 204)
    assert.equal((await give(admin, anna.id, '+31 687654321')).body.error.code, 'resourceNotFound')
    assert.equal((await admin.post(`${phonesOf(bert.id)}/${mobile}/enableSmsSignIn`)).status, 204)
    assert.equal((await admin.post(`/v1.0/directory/deletedItems/${anna.id}/restore`)).status, 200)
    assert.equal(await stateOf(world, anna.id), 'phoneNumberNotUnique')
  })

  test(`of four people who get, change to or enable one number at once exactly one is ready, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const admin = await world.as('Global Administrator')
    const people = await Promise.all(['anna', 'bert', 'cees', 'dirk'].map((name) => world.person(name)))
    const states = async () => (await Promise.all(people.map(({ id }) => stateOf(world, id)))).sort()
    const one = [...Array(3).fill('phoneNumberNotUnique'), 'ready']

    const given = await Promise.all(people.map(({ id }) => give(admin, id, '+31 612345678')))
    assert.deepEqual(
      given.map(({ status }) => status),
      [201, 201, 201, 201],
      given.map(({ text }) => text).join('\n'),
    )
    assert.deepEqual(given.map(({ body }) => body.smsSignInState).sort(), one)
    assert.deepEqual(await states(), one)

    const changed = await Promise.all(people.map(({ id }) => admin.patch(`${phonesOf(id)}/${mobile}`, { phoneNumber: '+31 687654321' })))
    assert.deepEqual(
      changed.map(({ status }) => status),
      [204, 204, 204, 204],
    )
    assert.deepEqual(await states(), one)

    for (const { id } of people) await admin.post(`${phonesOf(id)}/${mobile}/disableSmsSignIn`)
    const enabled = await Promise.all(people.map(({ id }) => admin.post(`${phonesOf(id)}/${mobile}/enableSmsSignIn`)))
    assert.deepEqual(enabled.map(({ status }) => status).sort(), [204, 409, 409, 409], enabled.map(({ text }) => text).join('\n'))
    assert.deepEqual(await states(), one)
  })

  test(`of two numbers somebody is given at once one is kept, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.person('anna')
    const admin = await world.as('Global Administrator')
    const answers = await Promise.all(['+31 612345678', '+31 687654321', '+31 623456789'].map((number) => give(admin, anna.id, number)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 400, 400], answers.map(({ text }) => text).join('\n'))
    assert.equal((await admin.get(phonesOf(anna.id))).body.value.length, 1)
    assert.deepEqual(await world.auditTrail(), ['Admin registered security info'])
  })

  test(`of four people who prove one number at once exactly one signs in with it, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('texts', {}) })
    await world.allow('sms')
    const own = '/sesam/v1/me/phoneNumbers'
    const proofs: (() => Promise<TestAnswer>)[] = []
    for (const name of ['anna', 'bert', 'cees', 'dirk']) {
      const client = await world.signedIn((await world.person(name)).id)
      const started = await client.post(own, { phoneNumber: '+31 612345678', phoneType: 'mobile', channel: 'sms' })
      const code = world.codeIn(await world.textTo('+31612345678'))
      proofs.push(() => client.post(`${own}/${started.body.id}/confirm`, { code }))
    }
    const answers = await Promise.all(proofs.map((prove) => prove()))
    assert.deepEqual(
      answers.map(({ body }) => body.smsSignInState).sort(),
      [...Array(3).fill('phoneNumberNotUnique'), 'ready'],
      answers.map(({ text }) => text).join('\n'),
    )
  })
}
