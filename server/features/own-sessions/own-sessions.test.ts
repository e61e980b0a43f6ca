import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeJwt } from 'jose'
import type { App } from '#server/domain/app.ts'
import { sessionCookieName } from '#server/domain/interaction.ts'
import { limitsBut } from '#test/asking.ts'
import { listeningApp } from '#test/listening-app.ts'
import { authorizeRequest, redeem, registerApp, signInByNumber, Visitor } from '#test/visitor.ts'
import { type Client, databases, startWorld, type TestAnswer, type TestDatabase, type World } from '#test/world.ts'

const path = '/sesam/v1/me/sessions'
const number = '+31612345678'
const scopes = ['openid', 'profile', 'offline_access', 'User.ReadWrite', 'UserAuthenticationMethod.ReadWrite']
const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

interface Place {
  visitor: Visitor
  client: Client
  token: string
  refreshToken: string
  sid: string
}

async function begin(database: TestDatabase, changes: Partial<App> = {}) {
  const world = await startWorld(database, { startsAt: new Date(), limits: limitsBut('texts', {}) })
  const anna = await world.person('anna')
  await world.number(anna, number)
  await world.allow('sms')
  return { world, anna, app: await registerApp(world, { displayName: 'Rooster', ...changes }, scopes) }
}

async function signIn(
  world: World,
  app: App,
  userAgent = chrome,
  visitor = new Visitor(world, { 'user-agent': userAgent }),
): Promise<Place> {
  const { code, verifier } = await signInByNumber(world, app, number, visitor, { scope: scopes.join(' ') })
  const { body } = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
  const { access_token: token, refresh_token: refreshToken } = body
  return { visitor, client: world.client(token), token, refreshToken, sid: String(decodeJwt(token)['sid']) }
}

const idsIn = (answer: TestAnswer) => answer.body.value.map(({ id }: { id: string }) => id)

/** Whether anything of it still opens a door: the token, the refresh token, and the browser. */
async function whatLives(world: World, app: App, { visitor, client, refreshToken }: Place) {
  const token = (await client.get('/v1.0/me')).status === 200
  const userInfo = (await client.get(`/${world.tenantId}/oidc/userinfo`)).status === 200
  visitor.left = undefined
  await visitor.get(authorizeRequest(world, app, { prompt: 'none', scope: scopes.join(' ') }).url)
  const browser = Object(visitor.left).searchParams.get('error') === null
  const refresh = (await redeem(world, app, { grant_type: 'refresh_token', refresh_token: refreshToken })).status === 200
  return { token, userInfo, browser, refresh }
}

const allOfIt = { token: true, userInfo: true, browser: true, refresh: true }
const nothingOfIt = { token: false, userInfo: false, browser: false, refresh: false }

for (const database of databases) {
  test(`somebody sees where they are signed in, this place first, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    const phone = await signIn(world, app, safari)
    world.turnClock(1_000)
    const here = await signIn(world, app)
    const listed = await here.client.get(path)
    assert.equal(listed.status, 200, listed.text)
    assert.deepEqual(idsIn(listed), [here.sid, phone.sid])
    const [first, second] = listed.body.value
    assert.partialDeepStrictEqual(first, {
      isCurrent: true,
      lastSeenDateTime: world.now.toISOString(),
      browser: 'Chrome 130',
      operatingSystem: 'Windows',
      ipAddress: '127.0.0.1',
      location: { city: null, state: null, countryOrRegion: null },
      apps: [{ appId: app.appId, displayName: 'Rooster' }],
    })
    assert.partialDeepStrictEqual(second, { isCurrent: false, browser: 'Mobile Safari 18', operatingSystem: 'iOS 18' })
    assert.equal(second.startedDateTime, second.lastSeenDateTime)

    world.turnClock(1_000)
    assert.equal((await redeem(world, app, { grant_type: 'refresh_token', refresh_token: phone.refreshToken })).status, 200)
    const [, later] = (await here.client.get(path)).body.value
    assert.equal(later.startedDateTime, second.startedDateTime)
    assert.ok(later.lastSeenDateTime > second.lastSeenDateTime, 'an app that comes back by itself is seen')
  })

  test(`a place that is ended is over at once, and no other, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    const here = await signIn(world, app)
    const phone = await signIn(world, app, safari)
    assert.equal((await here.client.delete(`${path}/${phone.sid}`)).status, 204)
    assert.deepEqual(await whatLives(world, app, phone), nothingOfIt)
    assert.equal((await phone.client.get('/v1.0/me')).body.error.details[0].code, 'token_revoked')
    assert.deepEqual(idsIn(await here.client.get(path)), [here.sid])
    assert.deepEqual(await whatLives(world, app, here), allOfIt)
    assert.equal((await here.client.delete(`${path}/${phone.sid}`)).status, 404)
    const [event] = await world.auditEvents()
    assert.equal(event?.activity, 'User signed out of sessions')
    assert.deepEqual(event?.details, { Sessions: '1' })

    const own = await signIn(world, app)
    assert.equal((await own.client.delete(`${path}/${own.sid}`)).status, 204, 'this one too')
    assert.equal((await own.client.get(path)).status, 401)
  })

  test(`everywhere else ends at once, and this place goes on, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    const others = [await signIn(world, app, safari), await signIn(world, app)]
    const here = await signIn(world, app)
    const ended = await here.client.post(`${path}/endOthers`)
    assert.equal(ended.status, 200, ended.text)
    assert.equal(ended.body.endedSessions, 2)
    for (const place of others) assert.deepEqual(await whatLives(world, app, place), nothingOfIt)
    assert.equal((await here.client.post(`${path}/endOthers`)).body.endedSessions, 0)
    assert.deepEqual(await world.auditTrail(), ['User signed out of sessions'])
    assert.deepEqual(await whatLives(world, app, here), allOfIt)
  })

  test(`nobody sees or ends anybody else’s session, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    const annas = await signIn(world, app)
    const bob = await world.signedIn((await world.person('bob')).id)
    assert.deepEqual((await bob.get(path)).body.value, [])
    assert.equal((await bob.delete(`${path}/${annas.sid}`)).status, 404)
    assert.equal((await bob.post(`${path}/endOthers`)).body.endedSessions, 0)
    const admin = await world.as('Global Administrator')
    assert.equal((await admin.delete(`${path}/${annas.sid}`)).status, 404)
    assert.deepEqual(await whatLives(world, app, annas), allOfIt)
    const reader = await world.signedIn(bob.id, { scopes: ['User.Read'] })
    assert.equal((await reader.get(path)).status, 403, 'an app that reads who somebody is does not learn where they are')
  })

  test(`apps that asked for it hear that a session of theirs was ended, on ${database.name}`, async () => {
    using listener = await listeningApp()
    const { world, app } = await begin(database, { backChannelLogoutUri: listener.url })
    await using _ = world
    const heard = async (count: number) => {
      for (let tries = 0; listener.heard.length < count && tries < 200; tries++) await new Promise((resolve) => setTimeout(resolve, 5))
      assert.equal(listener.heard.length, count)
    }
    const phone = await signIn(world, app, safari)
    const here = await signIn(world, app)
    assert.equal((await here.client.delete(`${path}/${phone.sid}`)).status, 204)
    await heard(1)
    const told = decodeJwt(listener.heard[0]?.get('logout_token') ?? assert.fail('nobody was told'))
    assert.equal(told.sub, decodeJwt(phone.token).sub)
    assert.ok(told['sid'])
    const revoke = `/v1.0/users/anna@${world.domain}/revokeSignInSessions`
    assert.equal((await (await world.as('User Administrator')).post(revoke)).status, 200)
    await heard(2)
    assert.equal(decodeJwt(listener.heard[1]?.get('logout_token') ?? '').sub, told.sub)
  })

  test(`a session that ends while its browser is on its way to an app does not come back, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    const here = await signIn(world, app)
    const phone = await signIn(world, app, safari)
    const { oidcRecords } = world.system
    const cookie = phone.visitor.cookies.find(({ name }) => name === `__Host-${sessionCookieName(world.tenantId)}`)?.value ?? ''
    const read = (await oidcRecords.find('Session', cookie, world.now)) ?? assert.fail('no session')
    const asked = authorizeRequest(world, app, { scope: scopes.join(' ') })
    await phone.visitor.get(asked.url)
    assert.equal((await here.client.delete(`${path}/${phone.sid}`)).status, 204)

    // What a request writes that read the session before it was ended.
    const late = { ...read, grantId: undefined, uid: String(read.payload['uid']), userCode: undefined }
    const expiresAt = new Date(world.now.getTime() + 3_600_000)
    await world.system.writing((stores) => stores.oidcRecords.save('Session', cookie, { ...late, expiresAt }, world.now))
    assert.deepEqual(idsIn(await here.client.get(path)), [here.sid])
    const code = Object(phone.visitor.left).searchParams.get('code')
    assert.equal((await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: asked.verifier })).status, 400)
    phone.visitor.cookies.push({ name: `__Host-${sessionCookieName(world.tenantId)}`, value: cookie, path: '/' })
    assert.deepEqual(await whatLives(world, app, phone), nothingOfIt)
  })

  test(`signing out, and a refresh token that comes twice, end what the app holds at once, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    const here = await signIn(world, app)
    const spent = () => redeem(world, app, { grant_type: 'refresh_token', refresh_token: here.refreshToken })
    assert.equal((await spent()).status, 200)
    assert.equal((await here.client.get('/v1.0/me')).status, 200)
    assert.equal((await spent()).status, 400)
    assert.equal((await here.client.get('/v1.0/me')).status, 401)
  })

  test(`whom a browser forgot, an app may still know, and then it is in the list, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    const phone = await signIn(world, app, safari)
    const here = await world.signedIn((await world.system.users.find(`anna@${world.domain}`))?.id ?? '')
    world.turnClock(2 * 3_600_000)
    const client = await world.signedIn(here.id)
    const listed = await client.get(path)
    assert.partialDeepStrictEqual(listed.body.value, [{ id: phone.sid, expiresDateTime: null, apps: [{ displayName: 'Rooster' }] }])
    assert.equal((await client.delete(`${path}/${phone.sid}`)).status, 204)
    assert.equal((await redeem(world, app, { grant_type: 'refresh_token', refresh_token: phone.refreshToken })).status, 400)
  })
}
