import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordMethodId } from '#contract/graph/authentication-methods.ts'
import { limitsBut } from '#test/asking.ts'
import { authorizeRequest, passwordPageOf, redeem, registerApp, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const good = 'een fiets in de regen'
const other = 'drie lampen aan zee'

async function passwordOf(world: World, userId: string, text: string): Promise<boolean> {
  return world.system.passwords.verify(text, (await world.system.personPasswords.find(userId))?.hash)
}

for (const database of databases) {
  test(`one's own password is changed by saying the present one, and tokens of no session end, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const anna = await world.person('anna')
    await world.password(anna, good)
    const me = await world.signedIn(anna.id)
    const ask = (currentPassword: string, newPassword: string) => me.post('/v1.0/me/changePassword', { currentPassword, newPassword })
    const refused = async (answer: ReturnType<typeof ask>) => {
      const [{ code, target }] = (await answer).body.error.details
      return [code, target]
    }
    assert.deepEqual(await refused(ask('not it at all', other)), ['password_wrong', 'currentPassword'])
    assert.deepEqual(await refused(ask(good, good)), ['password_not_new', 'newPassword'])
    assert.deepEqual(await refused(ask(good, 'kort')), ['password_too_short', 'newPassword'])
    assert.deepEqual(await refused(ask(good, 'Welcome2026!!!!')), ['password_common', 'newPassword'])
    assert.ok(await passwordOf(world, anna.id, good))

    world.turnClock(1_000)
    assert.equal((await ask(good, other)).status, 204)
    assert.ok(await passwordOf(world, anna.id, other))
    assert.equal((await me.get('/v1.0/me')).status, 401)
    assert.deepEqual(await world.auditTrail(), ['Change user password'])
  })

  test(`who changes it stays signed in where they do it, and nowhere else, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const anna = await world.person('anna')
    await world.password(anna, good)
    const scope = 'openid offline_access User.ReadWrite UserAuthenticationMethod.ReadWrite'
    const app = await registerApp(world, {}, ['User.ReadWrite', 'UserAuthenticationMethod.ReadWrite'])
    const signIn = async () => {
      const { page, visitor, verifier } = await passwordPageOf(world, app, anna.userPrincipalName, new Visitor(world), { scope })
      await visitor.submit(await visitor.submit(page, { password: good, do: 'next' }), { stay: 'no' })
      const code = visitor.left?.searchParams.get('code') ?? assert.fail('not let in')
      const { body } = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
      return { visitor, client: world.client(body.access_token), refreshToken: body.refresh_token }
    }
    const [here, there] = [await signIn(), await signIn()]
    // Somewhere else the old password is right a moment before it is changed, and its page is not answered yet.
    const late = await passwordPageOf(world, app, anna.userPrincipalName, new Visitor(world), { scope })
    const half = await late.visitor.submit(late.page, { password: good, do: 'next' })
    assert.match(half.text, /name="stay"/)
    world.turnClock(1_000)
    const changed = await here.client.post('/v1.0/me/changePassword', { currentPassword: good, newPassword: other })
    assert.equal(changed.status, 204, changed.text)

    const silently = async (visitor: Visitor) => {
      visitor.left = undefined
      await visitor.get(authorizeRequest(world, app, { prompt: 'none', scope }).url)
      return Object(visitor.left).searchParams.get('error') ?? 'signed in'
    }
    const refreshed = async (refreshToken: string) =>
      (await redeem(world, app, { grant_type: 'refresh_token', refresh_token: refreshToken })).status
    assert.deepEqual([await silently(here.visitor), await refreshed(here.refreshToken)], ['signed in', 200])
    assert.deepEqual([await silently(there.visitor), await refreshed(there.refreshToken)], ['login_required', 400])
    assert.equal((await there.client.get('/v1.0/me')).status, 401)
    await late.visitor.submit(half, { stay: 'yes' })
    assert.equal(late.visitor.left?.searchParams.get('code') ?? null, null)
  })

  test(`wrong ones here are counted apart from those of strangers, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date(), limits: limitsBut('passwords', {}) })
    const anna = await world.person('anna')
    await world.password(anna, good)
    const app = await registerApp(world)
    const { page, visitor } = await passwordPageOf(world, app, anna.userPrincipalName)
    for (let wrong = 0; wrong < 11; wrong++) await visitor.submit(page, { password: `wrong ${wrong}`, do: 'next' })

    const me = await world.signedIn(anna.id)
    const ask = (currentPassword: string) => me.post('/v1.0/me/changePassword', { currentPassword, newPassword: other })
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => ask(`guess ${index}`)))
    const statuses = answers.map(({ status }) => status)
    assert.equal(statuses.filter((status) => status === 400).length, 10)
    assert.equal(statuses.filter((status) => status === 429).length, 20)
    assert.equal((await ask(good)).headers['retry-after'], '60')
    world.turnClock(60_000)
    assert.equal((await ask(good)).status, 204)
  })

  test(`two changes at once leave one password, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const anna = await world.person('anna')
    await world.password(anna, good)
    const me = await world.signedIn(anna.id)
    world.turnClock(1_000)
    const wanted = [other, 'vier kano op het meer']
    const answers = await Promise.all(
      wanted.map((newPassword) => me.post('/v1.0/me/changePassword', { currentPassword: good, newPassword })),
    )
    const won = answers.findIndex(({ status }) => status === 204)
    assert.equal(answers.filter(({ status }) => status === 204).length, 1)
    assert.ok(await passwordOf(world, anna.id, wanted[won] ?? ''))
  })

  test(`who has none sets a first one soon after signing in, and all goes on, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const anna = await world.person('anna')
    const me = await world.signedIn(anna.id)
    const before = await me.get('/sesam/v1/me/password')
    assert.partialDeepStrictEqual(before.body, { isSet: false, changedDateTime: null, minLength: 15, maxLength: 256 })
    assert.equal(
      (await me.post('/v1.0/me/changePassword', { currentPassword: good, newPassword: other })).body.error.details[0].code,
      'password_missing',
    )

    const check = async (newPassword: string) =>
      (await me.post('/sesam/v1/me/password/check', { newPassword }, { 'accept-language': 'nl' })).body
    assert.partialDeepStrictEqual(await check('kort'), { isAcceptable: false, code: 'password_too_short' })
    assert.match((await check('kort')).message, /minstens 15 tekens/)
    assert.partialDeepStrictEqual(await check(good), { isAcceptable: true, code: null, message: null })
    assert.equal(
      (await me.post('/sesam/v1/me/password', { newPassword: 'aaaaaaaaaaaaaaaaaaaa' })).body.error.details[0].code,
      'password_too_simple',
    )

    const both = await Promise.all([good, other].map((newPassword) => me.post('/sesam/v1/me/password', { newPassword })))
    assert.deepEqual(both.map(({ status }) => status).sort(), [204, 409])
    assert.equal((await me.get('/v1.0/me')).status, 200)
    assert.partialDeepStrictEqual((await me.get('/sesam/v1/me/password')).body, { isSet: true })
    assert.deepEqual(await world.auditTrail(), ['User registered security info'])
  })

  test(`an administrator gives a password for a day, made here or chosen, and never to themselves or a mightier one, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const anna = await world.person('anna')
    const boss = await world.person('boss')
    await world.giveRole(boss.id, 'Global Administrator')
    const admin = await world.as('Authentication Administrator')
    const door = (id: string) => `/v1.0/users/${id}/authentication/methods/${passwordMethodId}/resetPassword`
    const made = await admin.post(door(anna.id), {})
    assert.equal(made.status, 202, made.text)
    assert.match(made.body.newPassword, /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
    assert.ok(await passwordOf(world, anna.id, made.body.newPassword))
    assert.equal((await world.system.personPasswords.find(anna.id))?.mustChange, true)

    const chosen = await admin.post(door(anna.id), { newPassword: 'tien tekens' })
    assert.deepEqual([chosen.status, chosen.body], [202, {}])
    assert.equal((await admin.post(door(anna.id), { newPassword: 'password' })).status, 400)
    for (const id of [admin.id, boss.id]) assert.equal((await admin.post(door(id), {})).status, 403)
    assert.equal((await (await world.signedIn(anna.id)).post(door(boss.id), {})).status, 403)
    assert.deepEqual(await world.auditTrail(), ['Reset user password', 'Reset user password'])
  })

  test(`an administrator ends the wait of somebody who mistyped, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date(), limits: limitsBut('passwords', {}) })
    const anna = await world.person('anna')
    await world.password(anna, good)
    const app = await registerApp(world)
    const { page, visitor } = await passwordPageOf(world, app, anna.userPrincipalName)
    for (let wrong = 0; wrong < 10; wrong++) await visitor.submit(page, { password: `wrong ${wrong}`, do: 'next' })
    assert.equal((await visitor.submit(page, { password: good, do: 'next' })).status, 429)

    const door = `/sesam/v1/users/${anna.id}/endSignInWaits`
    assert.equal((await (await world.signedIn(anna.id)).post(door)).status, 403)
    assert.equal((await (await world.as('Helpdesk Administrator')).post(door)).status, 403)
    assert.equal((await (await world.as('Authentication Administrator')).post(door)).status, 204)
    assert.match((await visitor.submit(page, { password: good, do: 'next' })).text, /name="stay"/)
    assert.deepEqual(await world.auditTrail(), ['Unlock user account'])
  })
}
