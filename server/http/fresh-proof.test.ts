import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { doors } from '#server/app.ts'
import { newDpopKey } from '#test/app-proofs.ts'
import { limitsBut } from '#test/asking.ts'
import { authorizeRequest, redeem, registerApp, Visitor } from '#test/visitor.ts'
import { type Client, databases, publicUrl, startWorld, type TestAnswer, type World } from '#test/world.ts'

const minute = 60_000
const numbers = '/sesam/v1/me/phoneNumbers'
const ownMobile = `/v1.0/me/authentication/phoneMethods/${phoneMethodIds.mobile}`
const preferences = '/v1.0/me/authentication/signInPreferences'
const wanted = { phoneNumber: '+31 687654321', phoneType: 'mobile', channel: 'sms', replaces: true }
const scopes = ['openid', 'profile', 'offline_access', 'User.ReadWrite', 'UserAuthenticationMethod.ReadWrite']

const codeOf = (answer: TestAnswer) => answer.body.error?.details[0].code
const toldIn = (answer: TestAnswer) => String(answer.headers['www-authenticate'])

/** Every change of one's own methods that the API has. */
function changes(client: Client): Promise<TestAnswer>[] {
  return [
    client.post(numbers, wanted),
    client.post(`${ownMobile}/disableSmsSignIn`),
    client.post(`${ownMobile}/enableSmsSignIn`),
    client.patch(preferences, { userPreferredMethodForSecondaryAuthentication: 'sms' }),
    client.delete(ownMobile),
  ]
}

async function startWithAnna(database: (typeof databases)[number]) {
  const world = await startWorld(database)
  await world.allow('sms')
  const anna = await world.person('anna')
  await world.number(anna, '+31612345678')
  return { world, anna }
}

/** The whole way through the pages, also where the browser has a session already. */
async function signIn(world: World, app: Awaited<ReturnType<typeof registerApp>>, visitor: Visitor, parameters: Record<string, string>) {
  visitor.left = undefined
  const asked = authorizeRequest(world, app, { scope: scopes.join(' '), ...parameters })
  let page = await visitor.get(asked.url)
  const hadToProve = page.text.includes('name="identifier"')
  if (hadToProve) {
    page = await visitor.submit(page, { identifier: '+31612345678', do: 'next' })
    page = await visitor.submit(page, { code: world.codeIn(await world.textTo('+31612345678')), do: 'next' })
    if (page.text.includes('name="stay"')) await visitor.submit(page, { stay: 'no' })
  }
  const code = Object(visitor.left).searchParams?.get('code') ?? assert.fail(page.text.slice(0, 2_000))
  const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: asked.verifier })
  return { hadToProve, tokens: tokens.body, client: world.client(tokens.body.access_token) }
}

for (const database of databases) {
  test(`T18 five minutes after signing in nobody changes what they prove themselves with, on ${database.name}`, async () => {
    const { world, anna } = await startWithAnna(database)
    await using _ = world
    const own = await world.signedIn(anna.id, { methods: ['otp'] })
    world.turnClock(5 * minute + 1_000)
    for (const answer of await Promise.all(changes(own))) {
      assert.equal(answer.status, 401, answer.text)
      assert.equal(codeOf(answer), 'proof_too_old')
      assert.match(toldIn(answer), /^Bearer error="insufficient_user_authentication", error_description="[^"]+", max_age="300"$/)
    }
    const dutch = await own.delete(ownMobile, { 'accept-language': 'nl' })
    assert.match(dutch.body.error.message, /^Je hebt je een tijd geleden aangemeld/)
    assert.equal((await own.get(ownMobile)).status, 200, 'looking is free')
    assert.equal((await own.patch('/v1.0/me', { preferredLanguage: 'nl' })).status, 204)
    assert.deepEqual(await world.auditTrail(), ['Update user'])

    const info = await own.get('/sesam/v1/me/securityInfo')
    assert.deepEqual(info.body.freshProof, { heldUntilDateTime: null, maxAgeSeconds: 300, acrValues: null })
    const fresh = await world.signedIn(anna.id, { methods: ['otp'] })
    const held = (await fresh.get('/sesam/v1/me/securityInfo')).body.freshProof.heldUntilDateTime
    assert.equal(held, '2026-11-20T09:10:01.000Z')
    world.turnClock(5 * minute)
    assert.equal((await fresh.delete(ownMobile)).status, 204, 'until then, that second too')
  })

  test(`a wizard that was begun in time may be finished, and only by a session that was fresh then, on ${database.name}`, async () => {
    const { world, anna } = await startWithAnna(database)
    await using _ = world
    const forgotten = await world.signedIn(anna.id, { methods: ['otp'] })
    world.turnClock(4 * minute)
    const own = await world.signedIn(anna.id, { methods: ['otp'] })
    world.turnClock(4 * minute)
    const started = await own.post(numbers, wanted)
    assert.equal(started.status, 202, started.text)
    const one = `${numbers}/${started.body.id}`
    world.turnClock(2 * minute)
    assert.equal(codeOf(await own.post(numbers, { ...wanted, phoneNumber: '+31 612345670' })), 'proof_too_old')
    assert.equal((await own.post(`${one}/resend`)).status, 202)
    const code = world.codeIn(await world.textTo('+31687654321'))
    for (const answer of [await forgotten.post(`${one}/confirm`, { code, replaces: true }), await forgotten.post(`${one}/resend`)])
      assert.equal(codeOf(answer), 'proof_too_old')
    // Whose session ended meanwhile signs in and goes on where they were.
    const later = await world.signedIn(anna.id, { methods: ['otp'] })
    assert.equal((await later.post(`${one}/confirm`, { code, replaces: true })).status, 201)
  })

  test(`an administrator who changes their own, by whatever name, is asked like anybody else, on ${database.name}`, async () => {
    const { world, anna } = await startWithAnna(database)
    await using _ = world
    const { id } = await world.as('Global Administrator')
    await world.number({ id }, '+31612345679')
    const admin = await world.signedIn(id)
    const { userPrincipalName } = (await admin.get('/v1.0/me?$select=userPrincipalName')).body
    world.turnClock(6 * minute)
    const path = (user: string) => `/v1.0/users/${user}/authentication/phoneMethods/${phoneMethodIds.mobile}`
    for (const name of [id, id.toUpperCase(), userPrincipalName, userPrincipalName.toUpperCase()])
      assert.equal(codeOf(await admin.delete(path(name))), 'proof_too_old', name)
    assert.equal((await admin.delete(path(anna.id))).status, 204, 'somebody else’s is a matter of the role')
  })

  test(`who holds a role and signed in by one factor hears by what to sign in, on ${database.name}`, async () => {
    const { world } = await startWithAnna(database)
    await using _ = world
    const { id } = await world.as('Reports Reader')
    const weak = await world.signedIn(id, { methods: ['pwd'] })
    const refused = await weak.delete(ownMobile)
    assert.equal(refused.status, 401)
    assert.equal(codeOf(refused), 'proof_too_weak')
    const told =
      /^Bearer error="insufficient_user_authentication", error_description="[^"]+", acr_values="urn:sesam:acr:mfa", max_age="300", claims="([^"]+)"$/
    const claims = told.exec(toldIn(refused))?.[1] ?? assert.fail(toldIn(refused))
    const asked = { id_token: { acr: { essential: true, value: 'urn:sesam:acr:mfa' } } }
    assert.deepEqual(JSON.parse(Buffer.from(claims, 'base64').toString()), asked)
    assert.equal((await weak.get('/sesam/v1/me/securityInfo')).body.freshProof.acrValues, 'urn:sesam:acr:mfa')
  })

  test(`T17 who has a password and a phone changes neither with one of them alone, on ${database.name}`, async () => {
    const { world, anna } = await startWithAnna(database)
    await using _ = world
    await world.password(anna, 'een fiets in de regen')
    world.turnClock(minute)
    for (const methods of [['pwd'], ['sms']]) {
      const weak = await world.signedIn(anna.id, { methods })
      for (const refused of await Promise.all(changes(weak))) {
        assert.equal(refused.status, 401, refused.text)
        assert.equal(codeOf(refused), 'proof_below_own')
        assert.match(toldIn(refused), /acr_values="urn:sesam:acr:mfa"/)
      }
      assert.partialDeepStrictEqual((await weak.get('/sesam/v1/me/securityInfo')).body.freshProof, {
        heldUntilDateTime: null,
        acrValues: 'urn:sesam:acr:mfa',
      })
    }
    assert.equal((await world.system.phones.ofUser(anna.id)).length, 1)
    const strong = await world.signedIn(anna.id, { methods: ['pwd', 'sms', 'mfa'] })
    assert.equal((await strong.delete(ownMobile)).status, 204)
  })

  test(`what was set up by this very sign-in asks for no other one, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.person('anna')
    await world.password(anna, 'een fiets in de regen')
    world.turnClock(minute)
    const own = await world.signedIn(anna.id, { methods: ['pwd'] })
    world.turnClock(minute)
    const started = await own.post(numbers, { ...wanted, replaces: false })
    const code = world.codeIn(await world.textTo('+31687654321'))
    assert.equal((await own.post(`${numbers}/${started.body.id}/confirm`, { code })).status, 201)
    assert.equal((await own.post(`${ownMobile}/disableSmsSignIn`)).status, 204)
    const next = await world.signedIn(anna.id, { methods: ['pwd'] })
    assert.equal(codeOf(await next.delete(ownMobile)), 'proof_below_own')
  })

  test(`an app that asks as it was told gets its person proven anew, and then the change is taken, on ${database.name}`, async () => {
    // Ten minutes ago, since the OpenID library tells the age of a session by the machine's own clock.
    const world = await startWorld(database, { startsAt: new Date(Date.now() - 10 * minute), limits: limitsBut('texts', {}) })
    await using _ = world
    await world.allow('sms')
    const anna = await world.person('anna')
    await world.number(anna, '+31612345678')
    const app = await registerApp(world, {}, scopes)
    const visitor = new Visitor(world)
    const first = await signIn(world, app, visitor, {})
    world.turnClock(10 * minute)
    assert.equal(codeOf(await first.client.post(numbers, wanted)), 'proof_too_old')

    const renewed = await redeem(world, app, { grant_type: 'refresh_token', refresh_token: first.tokens.refresh_token })
    assert.equal(
      codeOf(await world.client(renewed.body.access_token).post(numbers, wanted)),
      'proof_too_old',
      'a new token is no new proof',
    )
    const silent = await signIn(world, app, visitor, {})
    assert.equal(silent.hadToProve, false)
    assert.equal(codeOf(await silent.client.post(numbers, wanted)), 'proof_too_old', 'nor is a session that goes on')

    for (const parameters of [{ max_age: '300' }, { prompt: 'login' }]) {
      const again = await signIn(world, app, visitor, parameters)
      assert.equal(again.hadToProve, true, JSON.stringify(parameters))
      assert.equal((await again.client.post(numbers, wanted)).status, 202, JSON.stringify(parameters))
      const [session, ...others] = (await again.client.get('/sesam/v1/me/sessions')).body.value
      assert.equal(new Date(session.provenDateTime).getTime(), Math.floor(world.now.getTime() / 1000) * 1000, 'the session is as new')
      assert.deepEqual(others, [], 'and the same')
    }
    assert.equal((await signIn(world, app, visitor, { max_age: '300' })).hadToProve, false, 'it is new now')
  })

  test(`who holds a bound token is told so in its own scheme, on ${database.name}`, async () => {
    const world = await startWorld(database, { startsAt: new Date(Date.now() - 6 * minute) })
    await using _ = world
    await world.allow('sms')
    await world.number(await world.person('anna'), '+31612345678')
    const app = await registerApp(world, {}, scopes)
    const prove = await newDpopKey()
    const visitor = new Visitor(world)
    const asked = authorizeRequest(world, app, { scope: scopes.join(' ') })
    const name = await visitor.submit(await visitor.get(asked.url), { identifier: '+31612345678', do: 'next' })
    const stay = await visitor.submit(name, { code: world.codeIn(await world.textTo('+31612345678')), do: 'next' })
    await visitor.submit(stay, { stay: 'no' })
    const url = `/${world.tenantId}/oauth2/v2.0/token`
    const response = await world.app.inject({
      method: 'POST',
      url,
      headers: {
        host: new URL(publicUrl).host,
        'content-type': 'application/x-www-form-urlencoded',
        dpop: await prove('POST', publicUrl + url),
      },
      payload: new URLSearchParams({
        grant_type: 'authorization_code',
        code: Object(visitor.left).searchParams.get('code'),
        code_verifier: asked.verifier,
        client_id: app.appId,
        redirect_uri: 'https://app.example/callback',
      }).toString(),
    })
    const token = response.json().access_token
    world.turnClock(6 * minute)
    const headers = { authorization: `DPoP ${token}`, dpop: await prove('DELETE', publicUrl + ownMobile, token) }
    const refused = await world.client(undefined).delete(ownMobile, headers)
    assert.equal(codeOf(refused), 'proof_too_old', refused.text)
    assert.match(toldIn(refused), /^DPoP error="insufficient_user_authentication"/)
  })
}

test('every door that changes one’s own methods asks for it', () => {
  const changing = doors.filter(({ route: { method, permission } }) => method !== 'GET' && /^(?:phones|methods)\.change/.test(permission))
  const without = changing.filter(({ route }) => !route.freshProof).map(({ route: { method, path } }) => `${method} ${path}`)
  // The first changes no method, and the second is never for oneself.
  assert.deepEqual(
    new Set(without),
    new Set(['POST /me/smsSignInOffer/dismiss', 'POST /users/:id/authentication/temporaryAccessPassMethods']),
  )
})
