import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { limitsBut } from '#test/asking.ts'
import { answerCall } from '#test/calling.ts'
import { type Client, databases, startWorld } from '#test/world.ts'

const own = '/sesam/v1/me/phoneNumbers'

const day = 24 * 60 * 60 * 1000

const start = (client: Client, phoneNumber: string, more = {}) =>
  client.post(own, { phoneNumber, phoneType: 'mobile', channel: 'voice', ...more })
const codeOf = (answer: { body: { error: { details: { code: string }[] } } }) => answer.body.error.details[0]?.code
const stateOf = async (client: Client, id: string) => (await client.get(`${own}/${id}`)).body.state

for (const database of databases) {
  test(`S35, S37, S38 a person is called, presses the digit on the page, and may be called from then on, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('voice')
    const { id } = await world.person('anna', { preferredLanguage: 'nl-NL' })
    const anna = await world.signedIn(id, { methods: ['otp'] })
    const started = await start(anna, '+31 6 1234 5678')
    assert.equal(started.status, 202, started.text)
    const { id: callId, digit } = started.body
    assert.match(digit, /^[1-9]$/)
    assert.partialDeepStrictEqual(started.body, {
      phoneNumber: '+31 612345678',
      phoneType: 'mobile',
      channel: 'voice',
      state: 'ringing',
      wrongDigits: 0,
      callsLeft: 2,
      expiresDateTime: '2026-11-20T09:05:00.000Z',
      canCallAgainDateTime: '2026-11-20T09:01:00.000Z',
    })
    assert.equal(codeOf(await anna.post(`${own}/${callId}/confirm`, {})), 'call_not_passed')

    const ringing = await world.callTo('+31612345678')
    assert.partialDeepStrictEqual(ringing, { channel: 'voice', state: 'ringing', language: 'nl-NL', extension: null })
    const phone = world.client(undefined)
    const talking = (await phone.post(`/inbox/calls/${ringing.id}/answer`)).body
    assert.equal(talking.state, 'talking')
    const words: string[] = talking.transcript.map(({ text }: { text: string }) => text)
    assert.equal(words[0], 'Hallo. Je spreekt met Contoso.')
    assert.deepEqual(words.slice(0, 4), words.slice(5), 'said twice')
    assert.doesNotMatch(words.join(' '), /\d/, 'the digit is on the page, and nowhere else')
    assert.equal(await stateOf(anna, callId), 'answered')

    const over = (await phone.post(`/inbox/calls/${ringing.id}/keys`, { keys: `${digit}#` })).body
    assert.equal(over.state, 'over')
    assert.match(over.transcript.at(-1).text, /Dat klopt/)
    assert.equal(await stateOf(anna, callId), 'passed')
    assert.deepEqual((await anna.get('/v1.0/me/authentication/phoneMethods')).body.value, [], 'closing the page now leaves nothing')

    const done = await anna.post(`${own}/${callId}/confirm`, {})
    assert.equal(done.status, 201, done.text)
    assert.partialDeepStrictEqual(done.body, { id: phoneMethodIds.mobile, phoneNumber: '+31 612345678' })
    assert.equal(await stateOf(anna, callId), 'expired')
    assert.equal(codeOf(await anna.post(`${own}/${callId}/confirm`, {})), 'call_over')
    assert.deepEqual(await world.auditTrail(), ['User registered security info'])
    const preferences = await anna.get('/beta/me/authentication/signInPreferences')
    assert.equal(preferences.body.userPreferredMethodForSecondaryAuthentication, 'voiceMobile')
  })

  test(`pressing twice, and forty confirmations at once, add one number, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('voice')
    const anna = await world.signedIn((await world.person('anna')).id)
    const [one, two] = await Promise.all([start(anna, '+31 612345678'), start(anna, '+31 612345678')])
    assert.deepEqual([one.status, two.status], [202, 202])
    assert.equal(one.body.id, two.body.id)
    await answerCall(world, '+31612345678', one.body.digit)
    assert.equal((await world.callInbox.calls()).length, 1)
    const all = await Promise.all(Array.from({ length: 40 }, () => anna.post(`${own}/${one.body.id}/confirm`, {})))
    assert.deepEqual(all.map(({ status }) => status).sort(), [201, ...Array.from({ length: 39 }, () => 400)])
    assert.deepEqual(await world.auditTrail(), ['User registered security info'])
  })

  test(`each way a call can end has a name of its own, and then one may be called again, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('calls', {}) })
    await world.allow('voice')
    const person = await world.person('anna')
    const phone = world.client(undefined)
    const endings: [string, (id: string, digit: number) => Promise<unknown>][] = [
      ['hungUp', (id) => phone.post(`/inbox/calls/${id}/decline`)],
      ['busy', (id) => phone.post(`/inbox/calls/${id}/busy`)],
      ['noAnswer', async () => world.turnClock(46_000)],
      [
        'hungUp',
        async (id) => {
          await phone.post(`/inbox/calls/${id}/answer`)
          await phone.post(`/inbox/calls/${id}/hang-up`)
        },
      ],
      [
        'wrongKey',
        async (id, digit) => {
          await phone.post(`/inbox/calls/${id}/answer`)
          for (const keys of [`${(digit % 9) + 1}#`, '#', `${digit}${digit}#`]) await phone.post(`/inbox/calls/${id}/keys`, { keys })
        },
      ],
    ]
    for (const [index, [ending, end]] of endings.entries()) {
      const anna = await world.signedIn(person.id)
      const number = `+3161234560${index}`
      const started = await start(anna, number)
      assert.equal(started.status, 202, started.text)
      await end((await world.callTo(number)).id, Number(started.body.digit))
      await world.callInbox.calls()
      assert.equal(await stateOf(anna, started.body.id), ending)
      assert.equal(codeOf(await anna.post(`${own}/${started.body.id}/confirm`, {})), 'call_not_passed')
      // Five new numbers a week.
      world.turnClock(2 * day)
    }
  })

  test(`a second mobile and an office are proven by a call, and only where policy says so, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('calls', {}) })
    await world.allow('voice')
    const { id } = await world.person('anna')
    const anna = await world.signedIn(id)
    const alternate = { phoneType: 'alternateMobile' }
    const office = { phoneType: 'office' }
    assert.equal(codeOf(await start(anna, '+31 687654321', alternate)), 'alternate_needs_mobile')
    assert.equal(codeOf(await start(anna, '+31 20 794 2345', office)), 'phone_not_allowed')
    assert.equal(codeOf(await start(anna, '+31 687654321', { ...alternate, channel: 'sms' })), 'property_invalid')
    assert.equal(codeOf(await start(anna, '+46 70 174 06 05')), 'phone_number_without_calls')
    await world.number({ id }, '+31612345678', { signIn: false })
    const policy = await world.system.methodPolicies.find('voice')
    await world.system.inTransaction(({ methodPolicies }) =>
      methodPolicies.set('voice', { ...policy, settings: { isOfficePhoneAllowed: true } }),
    )
    for (const [number, more] of [
      ['+31 687654321', alternate],
      ['+31 20 794 2345 x12', office],
    ] as const) {
      const started = await start(anna, number, more)
      assert.equal(started.status, 202, started.text)
      const dialled = number.replace(/ ?x.*/, '').replaceAll(' ', '')
      assert.equal((await world.callTo(dialled)).extension, null, 'S56 security info never dials a desk')
      await answerCall(world, dialled, started.body.digit)
      assert.equal((await anna.post(`${own}/${started.body.id}/confirm`, {})).status, 201)
    }
    const phones = (await anna.get('/v1.0/me/authentication/phoneMethods')).body.value
    assert.deepEqual(
      phones.map(({ phoneType, phoneNumber }: Record<string, string>) => `${phoneType} ${phoneNumber}`),
      ['mobile +31 612345678', 'alternateMobile +31 687654321', 'office +31 207942345x12'],
    )
    assert.equal(codeOf(await start(anna, '+31 687654322', alternate)), 'phone_type_taken')
    const replacing = await start(anna, '+31 687654322', { ...alternate, replaces: true })
    await answerCall(world, '+31687654322', replacing.body.digit)
    assert.equal(codeOf(await anna.post(`${own}/${replacing.body.id}/confirm`, {})), 'phone_type_taken')
    assert.equal(await stateOf(anna, replacing.body.id), 'passed', 'nothing was used up')
    const done = await anna.post(`${own}/${replacing.body.id}/confirm`, { replaces: true })
    assert.equal(done.body.phoneNumber, '+31 687654322')
  })

  test(`S24 a mobile that only a call has proven is called and not texted, until a text proves it, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('calls', {}) })
    await world.allow('voice')
    await world.allow('sms')
    const { id } = await world.person('anna')
    const anna = await world.signedIn(id)
    const called = await start(anna, '+31 612345678')
    await answerCall(world, '+31612345678', called.body.digit)
    assert.equal((await anna.post(`${own}/${called.body.id}/confirm`, {})).body.smsSignInState, 'notConfigured')
    assert.equal((await anna.get('/sesam/v1/me/smsSignInOffer')).body.canEnable, false)
    const enable = `/authentication/phoneMethods/${phoneMethodIds.mobile}/enableSmsSignIn`
    assert.equal(codeOf(await anna.post(`/v1.0/me${enable}`)), 'text_proof_needed')
    const admin = await world.as('Authentication Administrator')
    assert.equal(codeOf(await admin.post(`/v1.0/users/${id}${enable}`)), 'voice_number_conflict')
    const another = { phoneNumber: '+31 687654321', phoneType: 'mobile' }
    assert.equal(codeOf(await admin.post(`/v1.0/users/${id}/authentication/phoneMethods`, another)), 'voice_number_conflict')
    const info = (await anna.get('/sesam/v1/me/securityInfo')).body
    assert.deepEqual(
      info.defaultChoices.map(({ method }: { method: string }) => method),
      ['voiceMobile'],
    )
    assert.partialDeepStrictEqual(info.methods[0].smsSignIn, { canEnable: false, canProve: true, because: { code: 'numberOnlyCalled' } })
    const reports = await world.as('Reports Reader')
    const registration = await reports.get(`/v1.0/reports/authenticationMethods/userRegistrationDetails/${id}`)
    assert.equal(registration.body.userPreferredMethodForSecondaryAuthentication, 'voiceMobile')

    const texted = await anna.post(own, { phoneNumber: '+31 612345678', phoneType: 'mobile', channel: 'sms' })
    const code = world.codeIn(await world.textTo('+31612345678'))
    assert.equal((await anna.post(`${own}/${texted.body.id}/confirm`, { code })).body.smsSignInState, 'ready')
    const both = (await anna.get('/sesam/v1/me/securityInfo')).body.defaultChoices
    assert.deepEqual(
      both.map(({ method, channel }: { method: string; channel: string }) => `${method} ${channel}`),
      ['sms sms', 'voiceMobile voice'],
      'S52 one number is two entries',
    )
    const again = await start(anna, '+31 612345678')
    await answerCall(world, '+31612345678', again.body.digit)
    assert.equal((await anna.post(`${own}/${again.body.id}/confirm`, {})).body.smsSignInState, 'ready', 'a call takes nothing away')
  })

  test(`S40 that a number is somebody else's is said only when the right key was pressed, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('voice')
    await world.number(await world.person('bert'), '+31612345678', { signIn: false })
    await (await world.as('Global Administrator')).patch('/sesam/v1/signInSettings', { uniqueNumbers: 'tenantWide' })
    const anna = await world.signedIn((await world.person('anna')).id)
    const started = await start(anna, '+31 612345678')
    assert.equal(started.status, 202)
    await answerCall(world, '+31612345678', started.body.digit)
    const done = await anna.post(`${own}/${started.body.id}/confirm`, {})
    assert.equal(done.status, 409)
    assert.equal(done.body.error.code, 'phoneNumberNotUnique')
  })

  test(`a call is good for the person who asked, and for nobody else, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('voice')
    const person = await world.person('anna')
    const [anna, bert] = [await world.signedIn(person.id), await world.signedIn((await world.person('bert')).id)]
    const { body } = await start(anna, '+31 612345678')
    await answerCall(world, '+31612345678', body.digit)
    assert.equal((await bert.get(`${own}/${body.id}`)).status, 400)
    assert.equal(codeOf(await bert.post(`${own}/${body.id}/confirm`, {})), 'code_over')
    assert.equal(codeOf(await bert.post(`${own}/${body.id}/resend`)), 'code_over')
    const elsewhere = await world.signedIn(person.id)
    assert.equal((await elsewhere.post(`${own}/${body.id}/confirm`, {})).status, 201, 'in any window of theirs')
  })

  test(`S8 where neither texts nor calls are allowed there is no phone to add, and policy switches calls on, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.signedIn((await world.person('anna')).id)
    const kinds = async () => {
      const { body } = await anna.get('/sesam/v1/me/securityInfo')
      const addable: { kind: string; channels: string[] }[] = body.addable
      return addable.filter(({ kind }) => /phone/i.test(kind)).map(({ kind, channels }) => `${kind} ${channels.join(' ')}`)
    }
    assert.deepEqual(await kinds(), [])
    assert.equal(codeOf(await start(anna, '+31 612345678')), 'phone_not_allowed')
    const admin = await world.as('Authentication Policy Administrator')
    const switched = await admin.patch('/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/voice', {
      '@odata.type': '#microsoft.graph.voiceAuthenticationMethodConfiguration',
      state: 'enabled',
      isOfficePhoneAllowed: true,
    })
    assert.equal(switched.status, 204, switched.text)
    assert.deepEqual(await kinds(), ['phone voice', 'officePhone voice'])
    assert.equal((await start(anna, '+31 612345678')).status, 202)
  })
}
