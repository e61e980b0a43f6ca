import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordMethodId } from '#contract/graph/authentication-methods.ts'
import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { givePass } from '#test/pass-stage.ts'
import { type Client, databases, startWorld, type TestAnswer, type World } from '#test/world.ts'

// What My Account does, with what My Account is allowed and nothing more.

const scopes = ['openid', 'profile', 'offline_access', 'User.ReadWrite', 'UserAuthenticationMethod.ReadWrite']
const info = '/sesam/v1/me/securityInfo'
const numbers = '/sesam/v1/me/phoneNumbers'
const ownMobile = `/v1.0/me/authentication/phoneMethods/${phoneMethodIds.mobile}`
const preferences = '/v1.0/me/authentication/signInPreferences'

const codeOf = (answer: TestAnswer) => answer.body.error?.details[0].code
const begin = (client: Client, phoneNumber: string, more = {}) =>
  client.post(numbers, { phoneNumber, phoneType: 'mobile', channel: 'sms', ...more })

async function prove(world: World, client: Client, number: string, id: string): Promise<TestAnswer> {
  return client.post(`${numbers}/${id}/confirm`, { code: world.codeIn(await world.textTo(number)) })
}

for (const database of databases) {
  test(`an ordinary person does all of it with the scopes of My Account, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    await world.system.inTransaction(({ organizations }) =>
      organizations.change({ ...world.system.organization, languages: ['en', 'nl', 'sv'], technicalMails: ['help@contoso.example'] }),
    )
    const anna = await world.person('anna')
    const own = await world.signedIn(anna.id, { scopes, methods: ['sms'] })
    const started = await begin(own, '+31 612345678')
    assert.equal(started.status, 202, started.text)
    assert.equal((await prove(world, own, '+31612345678', started.body.id)).status, 201)
    const done: [string, TestAnswer, number][] = [
      ['reads security info', await own.get(info), 200],
      ['reads who they are', await own.get('/v1.0/me?$select=displayName,preferredLanguage'), 200],
      ['reads whose account it is', await own.get('/v1.0/organization'), 200],
      ['chooses the default', await own.patch(preferences, { userPreferredMethodForSecondaryAuthentication: 'sms' }), 204],
      [
        'the same under beta',
        await own.patch(preferences.replace('v1.0', 'beta'), { userPreferredMethodForSecondaryAuthentication: 'sms' }),
        204,
      ],
      ['does without SMS sign-in', await own.post(`${ownMobile}/disableSmsSignIn`), 204],
      ['has it again', await own.post(`${ownMobile}/enableSmsSignIn`), 204],
      ['does not want to be asked', await own.post('/sesam/v1/me/smsSignInOffer/dismiss'), 204],
      ['sees where they are signed in', await own.get('/sesam/v1/me/sessions'), 200],
      ['sees their sign-ins', await own.get('/sesam/v1/me/signIns'), 200],
      ['reads about their password', await own.get('/sesam/v1/me/password'), 200],
      ['speaks Dutch', await own.patch('/v1.0/me', { preferredLanguage: 'nl' }), 204],
      ['deletes their number', await own.delete(ownMobile), 204],
      ['signs out elsewhere', await own.post('/sesam/v1/me/sessions/endOthers'), 200],
      ['signs out everywhere', await own.post('/v1.0/me/revokeSignInSessions'), 200],
    ]
    for (const [what, answer, status] of done) assert.equal(answer.status, status, `${what}: ${answer.text}`)
    const { organization } = done[0]?.[1].body ?? {}
    assert.deepEqual(organization.technicalNotificationMails, ['help@contoso.example'], 'whom to ask for help is told to everybody')
  })

  test(`the next text comes in the language somebody has just chosen, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const own = await world.signedIn((await world.person('anna', { preferredLanguage: 'nl' })).id, { scopes })
    await begin(own, '+31 612345678')
    assert.match(await world.textTo('+31612345678'), /is je code/)
    assert.equal((await own.patch('/v1.0/me', { preferredLanguage: 'sv-SE' })).status, 204)
    await begin(own, '+31 612345679')
    assert.match(await world.textTo('+31612345679'), /är din kod/)
    assert.equal((await own.patch('/v1.0/me', { department: 'Board' })).status, 403, 'and nothing else is theirs to change')
  })

  test(`of two tabs that add at once one does, and the other hears why not, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.person('anna')
    const [one, other] = [await world.signedIn(anna.id, { scopes }), await world.signedIn(anna.id, { scopes })]
    const [first, second] = [await begin(one, '+31 612345678'), await begin(other, '+31 687654321')]
    const answers = await Promise.all([
      prove(world, one, '+31612345678', first.body.id),
      prove(world, other, '+31687654321', second.body.id),
    ])
    const refused = answers.filter(({ status }) => status !== 201)
    assert.equal(refused.length, 1, answers.map(({ text }) => text).join('\n'))
    assert.ok(['phone_type_taken', 'changed_meanwhile'].includes(codeOf(refused[0] ?? assert.fail())), refused[0]?.text)
    assert.equal((await one.get(info)).body.methods.length, 1)
  })

  test(`where policy changes between looking and acting, the act is refused and the page says the new truth, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.person('anna')
    const own = await world.signedIn(anna.id, { scopes })
    const started = await begin(own, '+31 612345678')
    const off = () =>
      world.system.inTransaction(({ methodPolicies }) => methodPolicies.set('sms', { isEnabled: false, targets: [], settings: {} }))
    assert.deepEqual((await own.get(info)).body.addable[0], { kind: 'phone', channels: ['sms'] })
    await off()
    assert.equal(codeOf(await prove(world, own, '+31612345678', started.body.id)), 'phone_not_allowed')
    assert.equal((await own.get(info)).body.absent[0].because.code, 'notAllowedByOrganization')
    assert.deepEqual((await own.get(info)).body.methods, [])

    await world.number(anna, '+31612345678', { signIn: false })
    await world.allow('sms')
    assert.equal((await own.get(info)).body.methods[0].smsSignIn.canEnable, true)
    await off()
    assert.equal(codeOf(await own.post(`${ownMobile}/enableSmsSignIn`)), 'sms_sign_in_disabled')
    assert.equal((await own.get(info)).body.methods[0].unusableBecause.code, 'notAllowedByOrganization')
    const sms = { userPreferredMethodForSecondaryAuthentication: 'sms' }
    assert.equal(codeOf(await own.patch(preferences, sms)), 'default_not_registered')
  })

  test(`a deletion that would now do something else than the dialog said is refused, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.person('anna')
    await world.number(anna, '+31612345678', { signIn: false })
    const own = await world.signedIn(anna.id, { scopes })
    assert.equal((await own.get(info)).body.methods[0].deletion.kind, 'last')
    // Meanwhile, in another tab, it became a user name, and a second thing to be asked with came.
    const other = await world.signedIn(anna.id, { scopes })
    assert.equal((await other.post(`${ownMobile}/enableSmsSignIn`)).status, 204)
    await world.allow('voice', { usableForSignIn: false })
    await world.number(anna, '+31207942345', { type: 'office', signIn: false })
    assert.equal(codeOf(await own.delete(ownMobile, { prefer: 'reassign-default' })), 'default_method_stays')
    assert.equal((await own.get(info)).body.methods[0].deletion.kind, 'refused')
  })

  test(`one's own pass stands apart, with how long it works and why not, and never what it is, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    await world.allow('temporary-access-pass')
    const passIn = async () => (await (await world.signedIn(anna.id, { scopes })).get(info)).body.temporaryAccessPass
    assert.equal(await passIn(), null)
    const secret = await givePass(world, anna, { isOnce: true })
    const shown = await passIn()
    assert.partialDeepStrictEqual(shown, { expiresDateTime: '2026-11-20T10:00:00.000Z', isUsableOnce: true, because: null })
    assert.ok(!JSON.stringify(shown).includes(secret))
    world.turnClock(60 * 60_000)
    assert.equal((await passIn()).because.code, 'Expired')
    const dutch = await (await world.signedIn(anna.id, { scopes })).get(info, { 'accept-language': 'nl' })
    assert.match(dutch.body.temporaryAccessPass.because.message, /De tijd is om/)
    const own = await world.signedIn(anna.id, { scopes })
    assert.equal((await own.delete(`/v1.0/me/authentication/temporaryAccessPassMethods/${shown.id}`)).status, 204)
    assert.equal(await passIn(), null)
  })

  test(`a password is a row of its own, to be set where there is none, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const own = await world.signedIn(anna.id, { scopes })
    assert.deepEqual((await own.get(info)).body.addable, [{ kind: 'password', channels: [] }])
    const set = await own.post('/sesam/v1/me/password', { newPassword: 'seventeen quiet herons' })
    assert.equal(set.status, 204, set.text)
    const { methods, addable, absent } = (await (await world.signedIn(anna.id, { scopes })).get(info)).body
    assert.partialDeepStrictEqual(methods, [
      { id: passwordMethodId, kind: 'password', detail: null, uses: ['sign-in'], canChange: true, deletion: null, isDefault: false },
    ])
    assert.deepEqual(addable, [])
    assert.equal(absent.at(-1).because.code, 'alreadyRegistered')
  })
}
