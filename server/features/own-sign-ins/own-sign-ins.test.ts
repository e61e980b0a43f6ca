import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { decodeJwt } from 'jose'
import type { App } from '#server/domain/app.ts'
import { reportSuspicious } from '#server/domain/report-suspicious.ts'
import { limitsBut } from '#test/asking.ts'
import { authorizeRequest, redeem, registerApp, signInByNumber, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type TestDatabase, type World } from '#test/world.ts'

const path = '/sesam/v1/me/signIns'
const number = '+31612345678'
const scopes = ['openid', 'profile', 'offline_access', 'User.ReadWrite', 'UserAuthenticationMethod.ReadWrite']
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0'

async function begin(database: TestDatabase) {
  const world = await startWorld(database, { startsAt: new Date(), limits: limitsBut('texts', {}) })
  const anna = await world.person('anna')
  await world.number(anna, number)
  await world.allow('sms')
  return { world, anna, app: await registerApp(world, { displayName: 'Rooster' }, scopes) }
}

async function signIn(world: World, app: App, visitor = new Visitor(world, { 'user-agent': firefox })) {
  world.turnClock(1_000)
  const { code, verifier } = await signInByNumber(world, app, number, visitor, { scope: scopes.join(' ') })
  const { body } = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
  return { visitor, client: world.client(body.access_token), sid: String(decodeJwt(body.access_token)['sid']) }
}

/** Somebody types the number, and not the code that was sent. */
async function tryInVain(world: World, app: App, answer?: string) {
  world.turnClock(1_000)
  const visitor = new Visitor(world)
  const page = await visitor.submit(await visitor.get(authorizeRequest(world, app, { scope: scopes.join(' ') }).url), {
    identifier: number,
    do: 'next',
  })
  if (answer) await visitor.submit(page, { code: answer, do: 'next' })
}

async function knownBrowsersOf(world: World, userId: string): Promise<number> {
  const rows = world.installation.parts.database.kysely.selectFrom('known_browsers').selectAll().where('tenant_id', '=', world.tenantId)
  return (await rows.where('user_id', '=', userId).execute()).length
}

for (const database of databases) {
  test(`somebody sees their own sign-ins, and what others tried with their number, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    await tryInVain(world, app)
    const right = world.codeIn(await world.textTo(number))
    await tryInVain(world, app, right === '123456' ? '123457' : '123456')
    const { client, sid } = await signIn(world, app)
    const { status, body, text } = await client.get(path)
    assert.equal(status, 200, text)
    assert.deepEqual(
      body.value.map(({ result, because }: { result: string; because: { code: string } | null }) => [result, because?.code]),
      [
        ['signedIn', undefined],
        ['failed', 'wrongAnswer'],
        ['notFinished', 'notFinished'],
      ],
    )
    assert.partialDeepStrictEqual(body.value[0], {
      appDisplayName: 'Rooster',
      identifier: '+XXXXXXXXX78',
      methods: ['sms'],
      browser: 'Firefox 131',
      operatingSystem: 'Linux',
      ipAddress: '127.0.0.1',
      sessionId: sid,
      isCurrentSession: true,
      reportedDateTime: null,
      canReport: false,
    })
    const dutch = await client.get(path, { 'accept-language': 'nl' })
    assert.equal(dutch.body.value[1].because.message, 'De code of het wachtwoord klopte niet.')
  })

  test(`the list comes in pages, newest first, and a token that renews itself is not in it, on ${database.name}`, async () => {
    const { world, anna, app } = await begin(database)
    await using _ = world
    for (let count = 0; count < 5; count++) await tryInVain(world, app)
    const client = await world.signedIn(anna.id)
    const seen: string[] = []
    let url: string | undefined = `${path}?$top=2`
    for (let pages = 0; url && pages < 9; pages++) {
      const { body } = await client.get(url)
      seen.push(...body.value.map(({ createdDateTime }: { createdDateTime: string }) => createdDateTime))
      url = body['@odata.nextLink']
    }
    assert.equal(seen.length, 5)
    assert.deepEqual(seen, seen.toSorted().toReversed())
    const { visitor } = await signIn(world, app)
    await visitor.get(authorizeRequest(world, app, { prompt: 'none', scope: scopes.join(' ') }).url)
    assert.equal((await client.get(path)).body.value.length, 6)
  })

  test(`“this wasn’t me” puts everybody else out and says what to do next, once, on ${database.name}`, async () => {
    const { world, anna, app } = await begin(database)
    await using _ = world
    const stranger = await signIn(world, app)
    const here = await signIn(world, app)
    const [, theirs] = (await here.client.get(path)).body.value
    assert.equal(theirs.canReport, true)
    assert.equal(await knownBrowsersOf(world, anna.id), 2)
    const report = () => here.client.post(`${path}/${theirs.id}/report`)
    // Two tabs, and a finger that is quicker than its eyes.
    const answers = await Promise.all([report(), report(), report()])
    for (const { status, text } of answers) assert.equal(status, 200, text)
    assert.deepEqual(new Set(answers.map(({ body }) => body.reportedDateTime)).size, 1)
    assert.equal(Math.max(...answers.map(({ body }) => body.endedSessions)), 1)
    assert.deepEqual(
      answers[0]?.body.nextSteps.map(({ code }: { code: string }) => code),
      ['checkSecurityInfo'],
    )
    assert.equal((await stranger.client.get('/v1.0/me')).status, 401)
    assert.equal((await here.client.get('/v1.0/me')).status, 200)
    assert.deepEqual(await world.auditTrail(), ['Suspicious activity reported'])
    assert.deepEqual((await world.auditEvents())[0]?.details, { SignInId: theirs.id })
    assert.equal(await knownBrowsersOf(world, anna.id), 0)
    const [, told] = (await here.client.get(path)).body.value
    assert.equal(told.canReport, false)
    assert.equal(told.reportedDateTime, answers[0]?.body.reportedDateTime)

    const again = await signIn(world, app)
    assert.equal((await report()).body.endedSessions, 1, 'who came in meanwhile is put out too')
    assert.equal((await again.client.get('/v1.0/me')).status, 401)
  })

  test(`nobody reads or reports anybody else’s sign-in, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    const annas = await signIn(world, app)
    const [{ id }] = (await annas.client.get(path)).body.value
    const bob = await world.signedIn((await world.person('bob')).id)
    const admin = await world.as('Global Administrator')
    for (const client of [bob, admin]) {
      assert.deepEqual((await client.get(path)).body.value, [])
      assert.equal((await client.post(`${path}/${id}/report`)).status, 404)
      assert.equal((await client.post(`${path}/${randomUUID()}/report`)).status, 404)
    }
    assert.equal((await annas.client.get('/v1.0/me')).status, 200)
    assert.equal((await annas.client.get(`${path}?$filter=userId eq '${bob.id}'`)).status, 400)
    assert.equal((await (await world.signedIn(bob.id, { scopes: ['User.Read'] })).get(path)).status, 403)
  })

  test(`said from outside of any session, nothing at all stays, on ${database.name}`, async () => {
    const { world, anna, app } = await begin(database)
    await using _ = world
    const place = await signIn(world, app)
    const command = await world.signedIn(anna.id)
    const by = { author: { kind: 'server', name: 'notice' }, requestId: randomUUID() } as const
    const reported = await reportSuspicious(world.system, by, { userId: anna.id, signInId: undefined, keeps: 'nothing' })
    assert.equal(reported.endedSessions, 1)
    assert.equal((await place.client.get('/v1.0/me')).status, 401)
    assert.equal((await command.get('/v1.0/me')).status, 401)
    assert.deepEqual(await world.auditTrail(), ['Suspicious activity reported'])
  })
}
