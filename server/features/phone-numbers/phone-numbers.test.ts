import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const { mobile, alternateMobile, office } = phoneMethodIds

const phonesOf = (id: string) => `/v1.0/users/${id}/authentication/phoneMethods`
const details = (answer: { body: { error: { details: { code: string }[] } } }) => answer.body.error.details[0]?.code

async function give(admin: Client, id: string, phoneNumber: string, phoneType = 'mobile', prefer?: string) {
  return admin.post(phonesOf(id), { phoneNumber, phoneType }, prefer ? { prefer } : {})
}

async function stateOf(world: World, id: string, version = 'v1.0'): Promise<string> {
  const { body } = await (await world.as('Global Reader')).get(`/${version}/users/${id}/authentication/phoneMethods/${mobile}`)
  return body.smsSignInState
}

for (const database of databases) {
  test(`S10, S11, S13, S16 a number an administrator sets is the person's user name, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.person('anna')
    const admin = await world.as('Privileged Authentication Administrator')
    const wrong = await give(admin, anna.id, '4251234567')
    assert.equal(wrong.status, 400)
    assert.equal(wrong.body.error.code, 'invalidPhoneNumber')
    assert.match(wrong.body.error.message, /\+1 4251234567/)

    const given = await give(admin, anna.id, '+1 4251234567')
    assert.equal(given.status, 201, given.text)
    assert.deepEqual(given.body, {
      '@odata.context': `https://sesam.test/v1.0/$metadata#users('${anna.id}')/authentication/phoneMethods/$entity`,
      id: mobile,
      phoneNumber: '+1 4251234567',
      phoneType: 'mobile',
      smsSignInState: 'ready',
      createdDateTime: '2026-11-20T09:00:00.000Z',
    })
    const { '@odata.context': _, ...phone } = given.body
    const list = await admin.get(`/beta/users/anna@${world.domain}/authentication/phoneMethods`)
    assert.deepEqual(list.body, {
      '@odata.context': `https://sesam.test/beta/$metadata#users('${anna.id}')/authentication/phoneMethods`,
      value: [phone],
    })
    assert.deepEqual((await admin.get(`${phonesOf(anna.id)}/${mobile.toUpperCase()}`)).body.phoneNumber, '+1 4251234567')
    assert.equal((await admin.get(`${phonesOf(anna.id)}/${office}`)).body.error.code, 'resourceNotFound')
    assert.deepEqual(await world.auditTrail(), ['Admin registered security info'])
    const [event] = await world.auditEvents()
    assert.deepEqual(event?.targets[0]?.changed, [{ name: 'PhoneNumber', from: null, to: '+1 XXXXXXXX67' }])
    assert.deepEqual(event?.details, { PhoneType: 'mobile', SmsSignInState: 'ready' })
  })

  test(`S14 there are three types, one number of each, and an alternate needs a mobile, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.person('anna')
    const admin = await world.as('Global Administrator')
    assert.equal(details(await give(admin, anna.id, '+31 612345678', 'alternateMobile')), 'alternate_needs_mobile')
    assert.equal((await give(admin, anna.id, '+31 612345678')).status, 201)
    assert.equal((await give(admin, anna.id, '+31 20 794 2345', 'alternateMobile')).status, 201)
    const desk = await give(admin, anna.id, '+31 20 794 2345 ext. 12', 'office')
    assert.equal(desk.body.phoneNumber, '+31 207942345x12')
    assert.equal(desk.body.smsSignInState, 'notSupported')
    const second = await give(admin, anna.id, '+31 687654321')
    assert.equal(second.status, 400)
    assert.equal(second.body.error.code, 'badRequest')
    assert.equal(details(second), 'phone_type_taken')
    assert.equal((await give(admin, anna.id, '+31 612345678', 'fax')).status, 400)
    const { body } = await admin.get(phonesOf(anna.id))
    assert.deepEqual(
      body.value.map(({ id, phoneType }: { id: string; phoneType: string }) => [id, phoneType]),
      [
        [mobile, 'mobile'],
        [alternateMobile, 'alternateMobile'],
        [office, 'office'],
      ],
    )
  })

  test(`S18 an older number is no user name until it is enabled, and S17 it stays for verification, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const admin = await world.as('Global Administrator')
    const old = await give(admin, anna.id, '+31 612345678')
    assert.equal(old.body.smsSignInState, 'notAllowedByPolicy')
    await world.allow('sms')
    assert.equal(await stateOf(world, anna.id), 'notConfigured')
    assert.equal(
      await world.system.phones.findSignInHolder(await world.number(await world.person('x'), '+31612345678', { signIn: false })),
      undefined,
    )
    assert.equal((await admin.post(`${phonesOf(anna.id)}/${mobile}/enableSmsSignIn`)).status, 204)
    assert.equal(await stateOf(world, anna.id), 'ready')
    const only = await give(admin, (await world.person('bert')).id, '+31 687654321', 'mobile', 'mfa-only')
    assert.equal(only.body.smsSignInState, 'notConfigured')
  })

  test(`S19 switching on and off works by any name, and the number stays, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.person('anna')
    const admin = await world.as('Authentication Administrator')
    await give(admin, anna.id, '+31 612345678')
    const byName = `/v1.0/users/ANNA@${world.domain.toUpperCase()}/authentication/phoneMethods/${mobile}`
    assert.equal((await admin.post(`${byName}/disableSmsSignIn`)).status, 204)
    assert.equal(await stateOf(world, anna.id), 'notEnabled')
    assert.equal((await admin.post(`${byName}/disableSmsSignIn`)).status, 204)
    assert.equal((await admin.post(`${byName}/enableSmsSignIn`)).status, 204)
    assert.equal(await stateOf(world, anna.id, 'beta'), 'ready')
    assert.equal((await admin.post(`${byName}/enableSmsSignIn`, {})).status, 204)
    assert.deepEqual(await world.auditTrail(), [
      'Admin registered security info',
      'Admin updated security info',
      'Admin updated security info',
    ])
    const own = await world.signedIn(anna.id)
    assert.equal((await own.post(`/v1.0/me/authentication/phoneMethods/${mobile}/disableSmsSignIn`)).status, 204)
    assert.equal(await stateOf(world, anna.id), 'notEnabled')
  })

  test(`a new number is tried again, a type never changes, and nothing half wrong is kept, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.person('anna')
    const admin = await world.as('Global Administrator')
    await give(admin, anna.id, '+31 612345678')
    const path = `${phonesOf(anna.id)}/${mobile}`
    await admin.post(`${path}/disableSmsSignIn`)
    world.turnClock(60_000)
    assert.equal((await admin.patch(path, { phoneNumber: '+44 (0)7940 123966', phoneType: 'mobile' })).status, 204)
    const { body } = await admin.get(path)
    assert.partialDeepStrictEqual(body, {
      phoneNumber: '+44 7940123966',
      smsSignInState: 'ready',
      createdDateTime: '2026-11-20T09:01:00.000Z',
    })
    const bad: [unknown, string][] = [
      [{ phoneNumber: '+44 7940123966', phoneType: 'office' }, 'phone_type_stays'],
      [{ phoneNumber: '4251234567' }, 'phone_number_invalid'],
      [{ phoneNumber: '+999 1234567' }, 'phone_number_invalid'],
      [{ phoneNumber: '+31 900 1234' }, 'phone_number_kind'],
      [{ phoneNumber: `+${'1'.repeat(40)}` }, 'phone_number_invalid'],
      [{ phoneNumber: '+31 687654321', smsSignInState: 'ready' }, 'property_read_only'],
      [{ phoneNumber: null }, 'property_invalid'],
    ]
    for (const [change, code] of bad) {
      const answer = await admin.patch(path, change)
      assert.equal(answer.status, 400, answer.text)
      assert.equal(details(answer), code, answer.text)
    }
    assert.deepEqual((await admin.get(path)).body, body)
    assert.equal((await admin.patch(`${phonesOf(anna.id)}/${office}`, { phoneNumber: '+31 687654321' })).status, 404)
    assert.equal((await admin.patch(`/v1.0/me/authentication/phoneMethods/${mobile}`, { phoneNumber: '+31 687654321' })).status, 405)
  })

  test(`S55, S56 an extension is kept behind an office and nowhere else, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.person('anna')
    const admin = await world.as('Global Administrator')
    for (const text of ['+1 4255551234X12345', '+1 4255551234x12345']) {
      const given = await give(admin, anna.id, text)
      assert.equal(given.body.phoneNumber, '+1 4255551234', given.text)
      assert.deepEqual((await world.system.phones.find(anna.id, 'mobile'))?.number, '+14255551234')
      await admin.delete(`${phonesOf(anna.id)}/${mobile}`)
    }
    assert.equal((await give(admin, anna.id, '+1 4255551234X12345', 'office')).body.phoneNumber, '+1 4255551234x12345')
    const path = `${phonesOf(anna.id)}/${office}`
    assert.equal((await admin.patch(path, { phoneNumber: '+1 4255551234x99' })).status, 204)
    assert.equal((await admin.get(path)).body.phoneNumber, '+1 4255551234x99')
    assert.equal((await admin.patch(path, { phoneNumber: '+1 4255551234' })).status, 204)
    assert.equal((await admin.get(path)).body.phoneNumber, '+1 4255551234')
  })

  test(`S20-S24 each of the five causes has its own code, and says in three languages what to do, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const [anna, bert, carla] = [await world.person('anna'), await world.person('bert'), await world.person('carla')]
    const admin = await world.as('Global Administrator')
    await give(admin, anna.id, '+31 612345678')
    await give(admin, carla.id, '+31 207942345')
    const enable = (id: string, language = 'en') =>
      admin.post(`${phonesOf(id)}/${mobile}/enableSmsSignIn`, undefined, { 'accept-language': language })
    const causes: string[] = []
    const remedies: string[] = []
    async function expectCause(id: string) {
      const answer = await enable(id)
      assert.ok(answer.status === 400 || answer.status === 409, answer.text)
      causes.push(answer.body.error.code)
      for (const language of ['en', 'nl', 'sv']) remedies.push((await enable(id, language)).body.error.message)
    }
    await expectCause(anna.id)
    await world.allow('sms', { usableForSignIn: false })
    await expectCause(anna.id)
    await world.allow('sms')
    await expectCause(carla.id)
    assert.equal((await give(admin, carla.id, '+31 687654321')).body.error.code, 'voiceNumberConflict')
    assert.equal((await enable(anna.id)).status, 204)
    await give(admin, bert.id, '+31 612345678')
    await expectCause(bert.id)
    assert.deepEqual(causes, ['smsSignInDisabled', 'notAllowedByPolicy', 'voiceNumberConflict', 'phoneNumberNotUnique'])
    assert.equal(new Set(remedies).size, 12)
    assert.equal((await give(admin, bert.id, '12abc', 'office')).body.error.code, 'invalidPhoneNumber')
  })
}
