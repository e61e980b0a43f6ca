import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeJwt } from 'jose'
import { limitsBut } from '#test/asking.ts'
import { beginWithPass, errorIn, givePass, type PassStage, passPageOf, signInByPass } from '#test/pass-stage.ts'
import { authorizeRequest, redeem, registerApp, signInByNumber, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const password = 'een fiets in de regen'
const minute = 60_000
const scope = 'openid offline_access UserAuthenticationMethod.ReadWrite'

const isIn = ({ left }: Visitor) => left?.searchParams.has('code') === true

async function signIns(world: World) {
  const list = await (await world.as('Reports Reader')).get('/beta/auditLogs/signIns')
  return list.body.value
}

async function tokensOf({ world, app }: PassStage, visitor: Visitor, verifier: string) {
  const code = visitor.left?.searchParams.get('code') ?? assert.fail('not let in')
  return (await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })).body
}

for (const database of databases) {
  test(`who has nothing but a pass is asked for it, and comes in as if by two factors, on ${database.name}`, async () => {
    await using stage = await beginWithPass(database)
    const { world, anna, secret } = stage
    const { page, visitor, verifier } = await passPageOf(stage, anna.userPrincipalName)
    assert.match(page.text, /<h1>Your temporary access pass<\/h1>/)
    assert.match(page.text, /help desk/)
    const wrong = await visitor.submit(page, { password: 'abcdefgh', do: 'next' })
    assert.equal(errorIn(wrong), 'That did not work. The name or the pass is not right.')
    const typed = ` ${secret.slice(0, 4).toUpperCase()}-${secret.slice(4)} `
    const stay = await visitor.submit(wrong, { password: typed, do: 'next' })
    await visitor.submit(stay, { stay: 'no' })
    const { id_token: idToken, access_token: accessToken } = await tokensOf(stage, visitor, verifier)
    assert.partialDeepStrictEqual(decodeJwt(idToken), { oid: anna.id, amr: ['tap', 'mfa'], acr: 'urn:sesam:acr:mfa' })
    assert.equal((await world.client(accessToken).get('/v1.0/me')).status, 200)

    const [row] = await signIns(world)
    assert.equal(row.status.errorCode, 0)
    assert.equal(row.authenticationRequirement, 'multiFactorAuthentication')
    const steps = row.authenticationDetails.map((step: Record<string, unknown>) => [step['authenticationMethod'], step['succeeded']])
    assert.deepEqual(steps, [
      ['Temporary Access Pass', false],
      ['Temporary Access Pass', true],
    ])
    const again = await signInByPass(stage)
    assert.ok(isIn(again.visitor), 'it is good for many while it lives')
    for (const line of [...world.logged, JSON.stringify(await signIns(world))]) assert.ok(!line.includes(secret))
  })

  test(`where people have passwords one field takes either, and the pass comes first, on ${database.name}`, async () => {
    await using stage = await beginWithPass(database)
    const { world, anna } = stage
    await world.password(anna, password)
    world.system.reload()
    for (const typed of [stage.secret, password]) {
      const { page, visitor } = await passPageOf(stage, anna.userPrincipalName)
      assert.match(page.text, /<h1>Your password or temporary access pass<\/h1>/)
      const stay = await visitor.submit(page, { password: typed, do: 'next' })
      await visitor.submit(stay, { stay: 'no' })
      assert.ok(isIn(visitor), typed)
    }
    const methodsOf = (await signIns(world)).map((row: { authenticationDetails: { authenticationMethod: string }[] }) => [
      row.authenticationDetails[0]?.authenticationMethod,
    ])
    assert.deepEqual(methodsOf.flat().sort(), ['Password', 'Temporary Access Pass'])
  })

  test(`who typed their number may use a pass in the place of the code, on ${database.name}`, async () => {
    await using stage = await beginWithPass(database)
    const { world, anna, secret } = stage
    await world.allow('sms')
    await world.number(anna, '+31612345678')
    const { page, visitor } = await passPageOf(stage, '06 12345678')
    assert.match(page.text, /Use a temporary access pass/)
    const passPage = await visitor.submit(page, { do: 'password' })
    await visitor.submit(await visitor.submit(passPage, { password: secret, do: 'next' }), { stay: 'no' })
    assert.ok(isIn(visitor))
  })

  test(`a pass for one sign-in opens one door, of many at once too, on ${database.name}`, async () => {
    await using stage = await beginWithPass(database, { isOnce: true })
    const { world, anna, secret } = stage
    const doors = await Promise.all(Array.from({ length: 8 }, () => passPageOf(stage, anna.userPrincipalName)))
    const answers = await Promise.all(doors.map(({ page, visitor }) => visitor.submit(page, { password: secret, do: 'next' })))
    const opened = answers.filter(({ text }) => text.includes('name="stay"'))
    assert.equal(opened.length, 1)
    const shut = answers.map(errorIn).filter((error) => error !== undefined)
    assert.equal(shut.length, 7)
    assert.match(shut[0] ?? '', /good for one sign-in, and it has been used/)
    const { next, visitor } = await signInByPass(stage)
    assert.match(errorIn(next) ?? '', /it has been used/)
    assert.ok(!isIn(visitor))
    assert.ok((await signIns(world)).some((row: { status: { errorCode: number } }) => row.status.errorCode === 130505))
  })

  test(`the right pass pressed twice signs in once and says nothing of being used, on ${database.name}`, async () => {
    await using stage = await beginWithPass(database, { isOnce: true })
    const { page, visitor } = await passPageOf(stage, stage.anna.userPrincipalName)
    const answers = await Promise.all([1, 2].map(() => visitor.submit(page, { password: stage.secret, do: 'next' })))
    for (const answer of answers) assert.match(answer.text, /name="stay"/)
  })

  test(`a pass says why it does not open, but only to whoever has the right one, on ${database.name}`, async () => {
    await using stage = await beginWithPass(database)
    const { world, anna } = stage
    const told = async (secret: string) => errorIn((await signInByPass(stage, secret)).next)
    const later = await givePass(world, anna, { startsAt: new Date(world.now.getTime() + 10 * minute) })
    assert.match((await told(later)) ?? '', /does not work yet/)
    assert.match((await told(stage.secret)) ?? '', /That did not work/, 'the one before is gone')
    world.turnClock(10 * minute)
    assert.equal(await told(later), undefined)
    world.turnClock(60 * minute)
    assert.match((await told(later)) ?? '', /time of this pass is over/)

    const fresh = await givePass(world, anna)
    const group = await world.group('Office')
    await world.allow('temporary-access-pass', { group })
    assert.match((await told(fresh)) ?? '', /does not let you sign in with a pass/)
    const codes = (await signIns(world)).map((row: { status: { errorCode: number } }) => row.status.errorCode)
    assert.deepEqual(codes, [130502, 130504, 0, 130503, 130503])
    await world.system.inTransaction(({ users }) => users.change(anna.id, { accountEnabled: false }, world.now))
    await world.allow('temporary-access-pass')
    assert.match((await told(fresh)) ?? '', /That did not work/, 'of a closed account nothing is told')
  })

  test(`guesses are counted with those of the password, and a new pass ends the wait, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date(), limits: limitsBut('passwords', {}) })
    const anna = await world.person('anna', { preferredLanguage: 'en' })
    await world.password(anna, password)
    await world.allow('temporary-access-pass')
    world.system.reload()
    const stage = { world, anna, app: await registerApp(world), secret: await givePass(world, anna), [Symbol.asyncDispose]: async () => {} }
    const guess = async (index: number) => errorIn((await signInByPass(stage, `guess${index}`)).next)
    for (let index = 0; index < 10; index++) assert.match((await guess(index)) ?? '', /is not right/)
    for (const told of await Promise.all([10, 11, 12].map(guess))) assert.match(told ?? '', /Too many wrong tries/)
    assert.match(errorIn((await signInByPass(stage)).next) ?? '', /Too many wrong tries/)
    const { next, visitor } = await signInByPass(stage, await givePass(world, anna))
    assert.equal(errorIn(next), undefined)
    assert.ok(isIn(visitor))
  })

  test(`what a pass opened lives no longer than the pass, on ${database.name}`, async () => {
    await using stage = await beginWithPass(database)
    const { world, app } = stage
    await givePass(world, stage.anna, { minutes: 60 })
    const secret = await givePass(world, stage.anna)
    const { visitor, verifier } = await signInByPass(stage, secret)
    const { expires_in: seconds, refresh_token: refreshToken, access_token: accessToken } = await tokensOf(stage, visitor, verifier)
    assert.ok(seconds <= 60 * 60)
    world.turnClock(45 * minute)
    const renewed = await redeem(world, app, { grant_type: 'refresh_token', refresh_token: refreshToken })
    assert.equal(renewed.status, 200, JSON.stringify(renewed.body))
    world.turnClock(15 * minute)
    for (const token of [accessToken, renewed.body.access_token]) assert.equal((await world.client(token).get('/v1.0/me')).status, 401)
    const late = await redeem(world, app, { grant_type: 'refresh_token', refresh_token: renewed.body.refresh_token })
    assert.equal(late.body.error, 'invalid_grant')
    const page = await visitor.get(authorizeRequest(world, app).url)
    assert.match(page.text, /name="identifier"/, 'the browser is not signed in any more')
  })

  test(`a pass that is deleted or replaced takes what it opened along, at once, on ${database.name}`, async () => {
    await using stage = await beginWithPass(database)
    const { world, anna, app } = stage
    await world.allow('sms')
    await world.number(anna, '+31612345678')
    const byNumber = await signInByNumber(world, app, '+31612345678')
    const other = await redeem(world, app, { grant_type: 'authorization_code', code: byNumber.code, code_verifier: byNumber.verifier })
    const opened = async (secret: string) => {
      const { visitor, verifier } = await signInByPass(stage, secret)
      const { access_token: token, refresh_token: refreshToken } = await tokensOf(stage, visitor, verifier)
      assert.equal((await world.client(token).get('/v1.0/me')).status, 200)
      return async () => {
        assert.equal((await world.client(token).get('/v1.0/me')).status, 401)
        const late = await redeem(world, app, { grant_type: 'refresh_token', refresh_token: refreshToken })
        assert.equal(late.body.error, 'invalid_grant')
        assert.match((await visitor.get(authorizeRequest(world, app).url)).text, /name="identifier"/)
      }
    }
    const isShut = await opened(stage.secret)
    const second = await givePass(world, anna)
    await isShut()
    const isShutToo = await opened(second)
    const admin = await world.as('Authentication Administrator')
    const passes = `/v1.0/users/${anna.id}/authentication/temporaryAccessPassMethods`
    const [{ id }] = (await admin.get(passes)).body.value
    assert.equal((await admin.delete(`${passes}/${id}`)).status, 204)
    await isShutToo()
    assert.equal((await world.client(other.body.access_token).get('/v1.0/me')).status, 200, 'what she opened herself stays')
  })

  test(`who comes in by a pass is sent to register what policy wants, with no proof of what they lost, on ${database.name}`, async () => {
    await using stage = await beginWithPass(database)
    const { world, anna } = stage
    await world.allow('sms', { demanded: true })
    const { next, visitor } = await signInByPass(stage)
    assert.match(next.text, /Your organisation needs more information/)
    const phonePage = await visitor.submit(next, { do: 'confirm' })
    const codePage = await visitor.submit(phonePage, { country: 'NL', national: '06 12345678', do: 'next' })
    const review = await visitor.submit(codePage, { code: world.codeIn(await world.textTo('+31612345678')), do: 'next' })
    assert.match(review.text, /Looks good!/)
    assert.deepEqual(
      (await world.system.phones.ofUser(anna.id)).map(({ number }) => number),
      ['+31612345678'],
    )
  })

  test(`an app that wants two factors is content with a pass, and a role counts, on ${database.name}`, async () => {
    await using stage = await beginWithPass(database)
    const { world, anna, secret } = stage
    await world.giveRole(anna.id, 'Authentication Administrator')
    const power = 'UserAuthenticationMethod.Read.All'
    const app = await registerApp(world, {}, [power])
    const asked = authorizeRequest(world, app, { scope: `openid ${power}`, acr_values: 'urn:sesam:acr:mfa' })
    const visitor = new Visitor(world)
    const page = await visitor.submit(await visitor.get(asked.url), { identifier: anna.userPrincipalName, do: 'next' })
    const next = await visitor.submit(page, { password: secret, do: 'next' })
    if (next.text.includes('name="stay"')) await visitor.submit(next, { stay: 'no' })
    const { access_token: token } = await tokensOf({ ...stage, app }, visitor, asked.verifier)
    const bert = await world.person('bert')
    const seen = await world.client(token).get(`/v1.0/users/${bert.id}/authentication/methods`)
    assert.equal(seen.status, 200, seen.text)
  })

  test(`with a pass somebody sets the password they never had, on ${database.name}`, async () => {
    await using stage = await beginWithPass(database)
    const { world, anna } = stage
    const app = await registerApp(world, {}, ['UserAuthenticationMethod.ReadWrite'])
    const mine = { ...stage, app }
    const asked = authorizeRequest(world, app, { scope })
    const visitor = new Visitor(world)
    const page = await visitor.submit(await visitor.get(asked.url), { identifier: anna.userPrincipalName, do: 'next' })
    await visitor.submit(await visitor.submit(page, { password: stage.secret, do: 'next' }), { stay: 'no' })
    const { access_token: token } = await tokensOf(mine, visitor, asked.verifier)
    const set = await world.client(token).post('/sesam/v1/me/password', { newPassword: 'drie lampen aan zee' })
    assert.equal(set.status, 204, set.text)
  })
}
