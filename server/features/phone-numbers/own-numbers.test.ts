import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const own = '/sesam/v1/me/phoneNumbers'
const ownMobile = `/v1.0/me/authentication/phoneMethods/${phoneMethodIds.mobile}`
const day = 24 * 60 * 60 * 1000

const start = (client: Client, phoneNumber: string, more = {}) =>
  client.post(own, { phoneNumber, phoneType: 'mobile', channel: 'sms', ...more })
const confirm = (client: Client, id: string, code: string, more = {}) => client.post(`${own}/${id}/confirm`, { code, ...more })
const codeOf = (answer: { body: { error: { details: { code: string }[] } } }) => answer.body.error.details[0]?.code

async function register(world: World, client: Client, number: string, more = {}) {
  const started = await start(client, number, more)
  assert.equal(started.status, 202, started.text)
  const code = world.codeIn(await world.textTo(number.replaceAll(/[^+\d]/g, '')))
  return confirm(client, started.body.id, code, more)
}

for (const database of databases) {
  test(`S31, S32 a person adds a number, types the code and can sign in with it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const { id } = await world.person('anna', { preferredLanguage: 'nl-NL' })
    const anna = await world.signedIn(id, { methods: ['otp'] })
    const started = await start(anna, '+31 6 1234 5678')
    assert.equal(started.status, 202, started.text)
    assert.partialDeepStrictEqual(started.body, {
      phoneNumber: '+31 612345678',
      expiresDateTime: '2026-11-20T09:05:00.000Z',
      canResendDateTime: '2026-11-20T09:00:30.000Z',
      resendsLeft: 4,
    })
    assert.deepEqual((await anna.get('/v1.0/me/authentication/phoneMethods')).body.value, [], 'nothing counts before it is proven')
    const text = await world.textTo('+31612345678')
    assert.match(text, /is je code/)

    const wrong = await confirm(anna, started.body.id, '12')
    assert.equal(wrong.status, 400)
    assert.equal(codeOf(wrong), 'code_wrong')
    assert.match(wrong.body.error.message, /4/)
    const done = await confirm(anna, started.body.id, world.codeIn(text))
    assert.equal(done.status, 201, done.text)
    assert.partialDeepStrictEqual(done.body, { id: phoneMethodIds.mobile, phoneNumber: '+31 612345678', smsSignInState: 'ready' })
    assert.equal(codeOf(await confirm(anna, started.body.id, world.codeIn(text))), 'code_over')
    assert.ok((await world.system.phones.find(id, 'mobile'))?.provenAt)
    assert.deepEqual(await world.auditTrail(), ['User registered security info'])
    assert.deepEqual((await world.auditEvents())[0]?.targets[0]?.changed, [{ name: 'PhoneNumber', from: null, to: '+31 XXXXXXX78' }])
  })

  test(`S40 that a number is somebody else's is said to nobody who does not hold it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    await world.number(await world.person('bert'), '+31612345678')
    const anna = await world.signedIn((await world.person('anna')).id)
    const known = await start(anna, '+31 612345678')
    const unknown = await start(anna, '+31 687654321')
    assert.equal(known.status, 202)
    assert.deepEqual(Object.keys(known.body), Object.keys(unknown.body))
    assert.equal(codeOf(await confirm(anna, known.body.id, '000')), 'code_wrong')

    const done = await confirm(anna, known.body.id, world.codeIn(await world.textTo('+31612345678')))
    assert.equal(done.status, 201)
    assert.equal(done.body.smsSignInState, 'phoneNumberNotUnique')
    const enabled = await anna.post(`${ownMobile}/enableSmsSignIn`, undefined, { 'accept-language': 'nl' })
    assert.equal(enabled.status, 409)
    assert.match(enabled.body.error.message, /beheerder/)
  })

  test(`S40 where numbers are nobody else's at all, the holder hears it and nothing is kept, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    await world.number(await world.person('bert'), '+31612345678', { signIn: false })
    const admin = await world.as('Global Administrator')
    await admin.patch('/sesam/v1/signInSettings', { uniqueNumbers: 'tenantWide' })
    const anna = await world.signedIn((await world.person('anna')).id)
    const done = await register(world, anna, '+31 612345678')
    assert.equal(done.status, 409)
    assert.equal(done.body.error.code, 'phoneNumberNotUnique')
    assert.deepEqual((await anna.get('/v1.0/me/authentication/phoneMethods')).body.value, [])
  })

  test(`somebody tries three new numbers a day and five a week, and proving the same again costs nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    await world.allow('voice')
    const anna = await world.signedIn((await world.person('anna')).id)
    for (const last of [1, 2, 3]) assert.equal((await start(anna, `+31 61234567${last}`)).status, 202)
    assert.equal((await start(anna, '+31 612345673')).status, 202, 'the code is on its way already')
    assert.equal((await start(anna, '+31 612345673', { channel: 'voice' })).status, 202, 'it is the same number, however it is asked')
    world.turnClock(11 * 60_000)
    const again = await world.signedIn(anna.id)
    const bert = await world.signedIn((await world.person('bert')).id)
    assert.equal((await start(again, '+31 612345672')).status, 202, 'a code that is over is no new number either')
    const denied = await start(again, '+31 612345674')
    assert.equal(denied.status, 429, denied.text)
    assert.equal(codeOf(denied), 'too_many_new_numbers')
    assert.ok(Number(denied.headers['retry-after']) > 3_600)
    assert.equal((await start(bert, '+31 612345674')).status, 202)
    world.turnClock(day)
    const later = await world.signedIn(anna.id)
    for (const last of [5, 6]) assert.equal((await start(later, `+31 61234567${last}`)).status, 202)
    assert.equal((await start(later, '+31 612345677')).status, 429)
  })

  test(`a code is good for the person who asked, and is sent again when they wait, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.signedIn((await world.person('anna')).id)
    const bert = await world.signedIn((await world.person('bert')).id)
    const started = await start(anna, '+31 612345678')
    const code = world.codeIn(await world.textTo('+31612345678'))
    assert.equal(codeOf(await confirm(bert, started.body.id, code)), 'code_over')
    assert.equal(codeOf(await bert.post(`${own}/${started.body.id}/resend`)), 'code_over')
    const early = await anna.post(`${own}/${started.body.id}/resend`)
    assert.equal(early.status, 429)
    assert.equal(early.headers['retry-after'], '30')
    world.turnClock(31_000)
    const again = await anna.post(`${own}/${started.body.id}/resend`)
    assert.equal(again.status, 202, again.text)
    assert.equal(again.body.resendsLeft, 3)
    await world.textsSent()
    assert.equal(world.texts().length, 2)
    const elsewhere = await world.signedIn(anna.id)
    assert.equal((await confirm(elsewhere, started.body.id, code)).status, 201, 'in any window of theirs')
  })

  test(`S7, S8 where phones are not allowed none can be added, and nothing is offered, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.signedIn((await world.person('anna')).id)
    const refused = await start(anna, '+31 612345678')
    assert.equal(refused.status, 400)
    assert.equal(codeOf(refused), 'phone_not_allowed')
    await world.number({ id: anna.id }, '+31612345678', { signIn: false })
    assert.partialDeepStrictEqual((await anna.get('/sesam/v1/me/smsSignInOffer')).body, { canEnable: false, showsBanner: false })

    await world.allow('sms', { usableForSignIn: false })
    const done = await register(world, anna, '+31 687654321', { replaces: true })
    assert.equal(done.body.smsSignInState, 'notAllowedByPolicy')
    const bad: [string, object, string][] = [
      ['0612345678', {}, 'phone_number_invalid'],
      ['+31 20 794 2345', { replaces: true }, 'phone_number_without_texts'],
      ['+7 912 345 67 89', { replaces: true }, 'phone_number_without_texts'],
      ['+31 612345678', {}, 'phone_type_taken'],
      ['+31 612345678', { channel: 'voice' }, 'phone_not_allowed'],
      ['+31 612345678', { phoneType: 'office' }, 'property_invalid'],
    ]
    for (const [number, more, code] of bad) assert.equal(codeOf(await start(anna, number, more)), code, `${number} ${JSON.stringify(more)}`)
  })

  test(`S42-S46 a number that could be a user name is offered until it is one, or no is said, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.signedIn((await world.person('anna')).id, { methods: ['otp'] })
    const offer = async () => (await anna.get('/sesam/v1/me/smsSignInOffer')).body
    assert.partialDeepStrictEqual(await offer(), { phoneMethodId: null, phoneNumber: null, canEnable: false, showsBanner: false })
    await world.number({ id: anna.id }, '+31612345678', { signIn: false })
    const asked = { phoneMethodId: phoneMethodIds.mobile, phoneNumber: '+31 612345678', canEnable: true }
    assert.partialDeepStrictEqual(await offer(), { ...asked, showsBanner: true })
    assert.equal((await anna.post('/sesam/v1/me/smsSignInOffer/dismiss')).status, 204)
    assert.equal((await anna.post('/sesam/v1/me/smsSignInOffer/dismiss')).status, 204)
    assert.partialDeepStrictEqual(await offer(), { ...asked, showsBanner: false })
    const bert = await world.signedIn((await world.person('bert')).id)
    await world.number({ id: bert.id }, '+31687654321', { signIn: false })
    assert.equal((await bert.get('/sesam/v1/me/smsSignInOffer')).body.showsBanner, true)

    assert.equal((await anna.post(`${ownMobile}/enableSmsSignIn`)).status, 204)
    assert.partialDeepStrictEqual(await offer(), { canEnable: false, showsBanner: false })
    assert.equal((await anna.get(ownMobile)).body.smsSignInState, 'ready')
    await world.allow('sms', { group: await world.group('nobody') })
    assert.partialDeepStrictEqual(await (await bert.get('/sesam/v1/me/smsSignInOffer')).body, { canEnable: false, showsBanner: false })
  })

  test(`S59 a person comes back, changes their number and deletes it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.signedIn((await world.person('anna')).id)
    assert.equal((await register(world, anna, '+31 612345678')).status, 201)
    assert.equal(codeOf(await start(anna, '+31 687654321')), 'phone_type_taken')
    assert.equal((await register(world, anna, '+31 687654321', { replaces: true })).body.phoneNumber, '+31 687654321')
    assert.equal((await anna.delete(ownMobile)).status, 204)
    assert.equal((await anna.get(ownMobile)).status, 404)
    assert.deepEqual(await world.auditTrail(), [
      'User registered security info',
      'User updated security info',
      'User deleted security info',
    ])
  })

  test(`whoever holds a role needs the second factor for their own numbers too, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const { id } = await world.as('Reports Reader')
    await world.number({ id }, '+31612345678')
    const weak = await world.signedIn(id, { methods: ['pwd'] })
    for (const answer of [
      await start(weak, '+31 687654321', { replaces: true }),
      await weak.delete(ownMobile),
      await weak.post(`${ownMobile}/disableSmsSignIn`),
      await weak.patch('/v1.0/me/authentication/signInPreferences', { userPreferredMethodForSecondaryAuthentication: 'sms' }),
    ]) {
      assert.equal(answer.status, 401, answer.text)
      assert.equal(codeOf(answer), 'proof_too_weak')
    }
    assert.equal((await (await world.signedIn(id)).delete(ownMobile)).status, 204)
  })

  test(`a number nobody used for ninety days is proven anew by its person, or answered for by an administrator, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const person = await world.person('anna')
    const number = await world.number(person, '+31612345678')
    world.turnClock(91 * day)
    const anna = await world.signedIn(person.id)
    assert.equal((await anna.get(ownMobile)).body.smsSignInState, 'notConfigured')
    assert.equal(codeOf(await anna.post(`${ownMobile}/enableSmsSignIn`)), 'phone_number_quiet')
    assert.equal((await register(world, anna, '+31 612345678')).body.smsSignInState, 'ready')
    world.turnClock(91 * day)
    const admin = await world.as('Authentication Administrator')
    const path = `/v1.0/users/${person.id}/authentication/phoneMethods/${phoneMethodIds.mobile}`
    assert.equal((await admin.post(`${path}/enableSmsSignIn`)).status, 204)
    assert.equal((await admin.get(path)).body.smsSignInState, 'ready')
    assert.equal((await world.system.phones.findSignInHolder(number))?.confirmedAt?.getTime(), world.now.getTime())
  })
}
