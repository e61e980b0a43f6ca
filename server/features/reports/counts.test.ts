import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { SignInAttempt, SignInStep } from '#server/domain/sign-in-event.ts'
import { forgetSignIns } from '#server/jobs/forget-sign-ins.ts'
import { keepTallies } from '#server/jobs/keep-tallies.ts'
import { authorizeRequest, registerApp, signInByNumber, Visitor } from '#test/visitor.ts'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

async function signInBy(world: World, method: SignInStep['method'], result: SignInAttempt['result']): Promise<void> {
  const attempt: SignInAttempt = {
    id: world.system.signIns.newId(world.now),
    startedAt: world.now,
    correlationId: randomUUID(),
    userId: undefined,
    userDisplayName: undefined,
    userPrincipalName: undefined,
    appId: randomUUID(),
    appDisplayName: 'Rota',
    identifier: '+31 6 12345678',
    identifierType: 'phoneNumber',
    address: '203.0.113.7',
    userAgent: 'curl/8',
    protocol: 'oAuth2',
    isInteractive: true,
    result,
  }
  const succeeded = result === 0
  const step: SignInStep = {
    at: world.now,
    method,
    detail: undefined,
    succeeded,
    result: succeeded ? 'correctCode' : 'wrongCode',
    requirement: 'Primary authentication',
  }
  await world.system.inTransaction(({ signIns }) => signIns.add(attempt, [step]))
}

async function countsOf(client: Client, report: string, parameters: string) {
  const answer = await client.get(`/sesam/v1/reports/${report}(${parameters.replaceAll('/', '%2F')})`)
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}

for (const database of databases) {
  test(`sign-ins are counted by day, method and outcome, and the sums outlive the log, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { id } = await world.as('Reports Reader')
    await signInBy(world, 'Text message', 0)
    await signInBy(world, 'Text message', 0)
    await signInBy(world, 'Password', 50126)
    world.turnClock(dayMs)
    await signInBy(world, 'Text message', 50058)
    const expected = [
      { moment: '2026-11-20', method: 'Password', outcome: 'failure', count: 1 },
      { moment: '2026-11-20', method: 'Text message', outcome: 'success', count: 2 },
      { moment: '2026-11-21', method: 'Text message', outcome: 'interrupted', count: 1 },
    ]
    const sorted = (body: { value: { moment: string; method: string }[] }) =>
      body.value.toSorted((one, other) => `${one.moment}${one.method}`.localeCompare(`${other.moment}${other.method}`))
    const live = await countsOf(await world.signedIn(id), 'signInCounts', `period='D7'`)
    assert.deepEqual(sorted(live), expected)
    assert.equal(live.moments.length, 7)
    assert.equal(live.moments.at(-1), '2026-11-21')

    // Four at once, as on four nodes, count each hour once.
    await Promise.all(Array.from({ length: 4 }, () => keepTallies(world.installation, world.now)))
    assert.deepEqual(sorted(await countsOf(await world.signedIn(id), 'signInCounts', `period='D7'`)), expected)
    world.turnClock(40 * dayMs)
    assert.deepEqual(await keepTallies(world.installation, world.now), [])
    await forgetSignIns(world.installation, world.now)
    assert.deepEqual(await world.system.signIns.list(everything), { items: [], count: undefined, end: undefined })
    const later = await world.signedIn(id)
    assert.deepEqual(sorted(await countsOf(later, 'signInCounts', `period='D90'`)), expected)
    assert.deepEqual((await countsOf(later, 'signInCounts', `period='D30'`)).value, [])
    world.turnClock(400 * dayMs)
    await keepTallies(world.installation, world.now)
    assert.deepEqual(await world.system.tallies.between('signIns', new Date(0), world.now), [])
  })

  test(`a day begins at the midnight of whoever asks, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    // Half past eleven in the evening in London is the next day in Utrecht.
    world.turnClock(14.5 * hourMs)
    await signInBy(world, 'Password', 0)
    const reader = await world.as('Reports Reader')
    const dayIn = async (zone: string) => (await countsOf(reader, 'signInCounts', `period='D7',timeZone='${zone}'`)).value[0].moment
    assert.equal(await dayIn('Europe/London'), '2026-11-20')
    assert.equal(await dayIn('Europe/Amsterdam'), '2026-11-21')
    const hours = await countsOf(reader, 'signInCounts', `timeZone='Europe/Amsterdam',period='D1'`)
    assert.equal(hours.value[0].moment, '2026-11-21T00:00')
    assert.equal(hours.moments.length, 24)
    for (const wrong of [`()`, `(period='D2')`, `(period='D7',timeZone='Mars')`, `(period='D7',where='here')`, 'x']) {
      const answer = await reader.get(`/sesam/v1/reports/signInCounts${wrong}`)
      assert.equal(answer.status, 400, `${wrong}: ${answer.text}`)
    }
  })

  test(`codes by text are counted by country, those nobody has never, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const app = await registerApp(world)
    await world.number(await world.person('anna'), '+31612345678')
    await signInByNumber(world, app, '+31612345678')
    // Nobody has this one, so what looks like a text never leaves.
    const visitor = new Visitor(world)
    await visitor.submit(await visitor.get(authorizeRequest(world, app).url), { identifier: '+46701234567', do: 'next' })
    await world.textsSent()
    const reader = await world.as('Reports Reader')
    const expected = [{ country: 'NL', codes: 1, answered: 1, texts: 1, failed: 0 }]
    assert.deepEqual((await countsOf(reader, 'textCounts', `period='D7'`)).value, expected)
    world.turnClock(3 * hourMs)
    await keepTallies(world.installation, world.now)
    assert.deepEqual((await countsOf(await world.signedIn(reader.id), 'textCounts', `period='D7'`)).value, expected)
  })

  test(`methods that were registered are counted by who registered them, and leave as a file, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const admin = await world.as('Privileged Authentication Administrator', 'Reports Reader')
    for (const [index, name] of ['anna', 'bob'].entries()) {
      const { id } = await world.person(name)
      const phone = { phoneType: 'mobile', phoneNumber: `+31 6 1234567${index}` }
      assert.equal((await admin.post(`/v1.0/users/${id}/authentication/phoneMethods`, phone)).status, 201)
    }
    const body = await countsOf(admin, 'registrationCounts', `period='D30'`)
    assert.deepEqual(body.value, [{ moment: '2026-11-20', method: 'mobilePhone', by: 'admin', count: 2 }])
    const file = await admin.get(`/sesam/v1/reports/registrationCounts(period='D30')/export`)
    assert.equal(file.text, 'moment,method,by,count\r\n2026-11-20,mobilePhone,admin,2\r\n')
    assert.equal((await world.auditEvents()).at(-1)?.activity, 'Export report')
    const { body: able } = await admin.get('/sesam/v1/reports/capabilities')
    const counts = Object.fromEntries(able.value.map(({ capability, userCount }: Record<string, string>) => [capability, userCount]))
    assert.deepEqual(counts, { resetPassword: 2, twoStep: 2, withoutPassword: 2 })
    assert.equal(able.totalUserCount, 3)
    for (const report of ['capabilities', 'registeredMethods', `signInCounts(period='D7')`, `textCounts(period='D7')`]) {
      const { status, text } = await admin.get(`/sesam/v1/reports/${report}/export`)
      assert.equal(status, 200, text)
    }
    const nobody = await world.signedIn((await world.person('nobody')).id)
    assert.equal((await nobody.get('/sesam/v1/reports/capabilities')).status, 403)
  })
}

const everything = {
  filter: undefined,
  search: undefined,
  orderBy: undefined,
  select: undefined,
  expand: [],
  top: 10,
  count: false,
  after: undefined,
}
