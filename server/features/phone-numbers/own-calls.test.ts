import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const own = '/sesam/v1/me/phoneNumbers'

const start = (client: Client, phoneNumber: string, more = {}) =>
  client.post(own, { phoneNumber, phoneType: 'mobile', channel: 'voice', ...more })
const codeOf = (answer: { body: { error: { details: { code: string }[] } } }) => answer.body.error.details[0]?.code
const stateOf = async (client: Client, id: string) => (await client.get(`${own}/${id}`)).body.state

/** The phone rings, and whoever has it does as the page and the voice say. */
async function answer(world: World, number: string, digit: string): Promise<void> {
  const { id } = await world.callTo(number)
  const phone = world.client(undefined)
  assert.equal((await phone.post(`/inbox/calls/${id}/answer`)).status, 200)
  assert.equal((await phone.post(`/inbox/calls/${id}/keys`, { keys: `${digit}#` })).status, 200)
}

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
    await answer(world, '+31612345678', one.body.digit)
    assert.equal((await world.callInbox.calls()).length, 1)
    const all = await Promise.all(Array.from({ length: 40 }, () => anna.post(`${own}/${one.body.id}/confirm`, {})))
    assert.deepEqual(all.map(({ status }) => status).sort(), [201, ...Array.from({ length: 39 }, () => 400)])
    assert.deepEqual(await world.auditTrail(), ['User registered security info'])
  })
}
