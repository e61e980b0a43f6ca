import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { SignInAttempt, SignInStep } from '#server/domain/sign-in-event.ts'
import type { User } from '#server/domain/user.ts'
import { type Client, databases, startWorld, type TestAnswer, type World } from '#test/world.ts'

const log = '/v1.0/auditLogs/signIns'
const ownLog = '/sesam/v1/auditLogs/signIns'
const minuteMs = 60_000
const phone = '+31 6 12345678'
const chrome = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36'

function attempt(world: World, user: User | undefined, other: Partial<SignInAttempt> = {}): SignInAttempt {
  return {
    id: world.system.signIns.newId(world.now),
    startedAt: world.now,
    correlationId: randomUUID(),
    userId: user?.id,
    userDisplayName: user?.displayName,
    userPrincipalName: user?.userPrincipalName,
    appId: '6f1b0f0e-5d5b-4a52-9d0a-31d1a3a4b6c1',
    appDisplayName: 'Rota',
    identifier: phone,
    identifierType: 'phoneNumber',
    address: '203.0.113.7',
    userAgent: chrome,
    protocol: 'oAuth2',
    isInteractive: true,
    result: 50058,
    ...other,
  }
}

function textStep(at: Date, result: 'correctCode' | 'wrongCode'): SignInStep {
  const succeeded = result === 'correctCode'
  return { at, method: 'Text message', detail: '+XX X XXXXXX78', succeeded, result, requirement: 'Primary authentication' }
}

/** A sign-in as the pages write it: a row when the number is given, a change when the code is right. */
async function signIn(world: World, user: User, other: Partial<SignInAttempt> = {}): Promise<SignInAttempt> {
  const started = attempt(world, user, other)
  await world.system.inTransaction(({ signIns }) => signIns.open(started))
  const step = textStep(world.now, 'correctCode')
  await world.system.inTransaction(({ signIns }) => signIns.close(started.id, 0, { step, sessionId: 'session-1' }))
  return started
}

async function failedSignIn(world: World, user: User | undefined, other: Partial<SignInAttempt> = {}): Promise<SignInAttempt> {
  const started = attempt(world, user, { result: user ? 50126 : 50034, ...other })
  await world.system.inTransaction(({ signIns }) => signIns.open(started))
  return started
}

for (const database of databases) {
  test(`a sign-in with a number stands in the log as Graph tells it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const { id, correlationId } = await signIn(world, anna)
    const reader = await world.as('Reports Reader')
    const list = await reader.get(log)
    assert.equal(list.status, 200, list.text)
    const expected = {
      id,
      createdDateTime: '2026-11-20T09:00:00.000Z',
      userDisplayName: 'anna',
      userPrincipalName: anna.userPrincipalName,
      userId: anna.id,
      appId: '6f1b0f0e-5d5b-4a52-9d0a-31d1a3a4b6c1',
      appDisplayName: 'Rota',
      ipAddress: '203.0.113.7',
      clientAppUsed: 'Browser',
      correlationId,
      conditionalAccessStatus: 'notApplied',
      isInteractive: true,
      riskDetail: 'none',
      riskLevelAggregated: 'none',
      riskLevelDuringSignIn: 'none',
      riskState: 'none',
      riskEventTypes: [],
      riskEventTypes_v2: [],
      resourceDisplayName: null,
      resourceId: null,
      resourceTenantId: world.tenantId,
      homeTenantId: world.tenantId,
      servicePrincipalId: null,
      servicePrincipalName: null,
      status: { errorCode: 0, failureReason: null, additionalDetails: null },
      deviceDetail: {
        deviceId: null,
        displayName: null,
        operatingSystem: 'Android',
        browser: 'Chrome 142',
        isCompliant: null,
        isManaged: null,
        trustType: null,
      },
      location: { city: null, state: null, countryOrRegion: null, geoCoordinates: null },
      appliedConditionalAccessPolicies: [],
      authenticationAppDeviceDetails: null,
      userAgent: chrome,
      authenticationDetails: [
        {
          authenticationMethod: 'Text message',
          authenticationMethodDetail: '+XX X XXXXXX78',
          authenticationStepDateTime: '2026-11-20T09:00:00.000Z',
          authenticationStepRequirement: 'Primary authentication',
          authenticationStepResultDetail: 'Correct code entered',
          succeeded: true,
        },
      ],
      authenticationMethodsUsed: ['Text message'],
      authenticationProtocol: 'oAuth2',
      authenticationRequirement: 'singleFactorAuthentication',
      incomingTokenType: 'none',
      sessionId: 'session-1',
      signInEventTypes: ['interactiveUser'],
      signInIdentifier: '+XX X XXXXXX78',
      signInIdentifierType: 'phoneNumber',
    }
    assert.deepEqual(list.body, { '@odata.context': 'https://sesam.test/v1.0/$metadata#auditLogs/signIns', value: [expected] })
    const { '@odata.context': context, ...one } = (await reader.get(`/beta/auditLogs/signIns/${id}`)).body
    assert.equal(context, 'https://sesam.test/beta/$metadata#auditLogs/signIns/$entity')
    assert.deepEqual(one, expected)
  })

  test(`somebody nobody knows leaves the same row, and the reason is told in the reader's language, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { id } = await failedSignIn(world, undefined)
    await world.system.inTransaction(({ signIns }) => signIns.step(id, textStep(world.now, 'wrongCode'), 50034))
    const reader = await world.as('Security Reader')
    const words = new Map<string, string[]>()
    for (const language of ['en', 'nl', 'sv']) {
      const { body } = await reader.get(`${log}/${id}`, { 'accept-language': language })
      assert.partialDeepStrictEqual(body, {
        userId: '',
        userDisplayName: null,
        userPrincipalName: null,
        signInIdentifier: '+XX X XXXXXX78',
      })
      assert.equal(body.status.errorCode, 50034)
      words.set(language, [body.status.failureReason, body.authenticationDetails[0].authenticationStepResultDetail])
    }
    assert.deepEqual(Object.fromEntries(words), {
      en: ['Nobody in this organisation has this user name or number.', 'Wrong code entered'],
      nl: ['Niemand in deze organisatie heeft deze gebruikersnaam of dit nummer.', 'Foute code ingevuld'],
      sv: ['Ingen i organisationen har det här användarnamnet eller numret.', 'Fel kod angiven'],
    })
  })

  test(`an app that comes back by itself leaves a row that is over at once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const silent = attempt(world, anna, {
      result: 0,
      isInteractive: false,
      identifier: anna.userPrincipalName,
      identifierType: 'userPrincipalName',
    })
    const detail = undefined
    const step = { at: world.now, method: 'Previously satisfied', detail, succeeded: true, result: 'heldByToken' } as const
    await world.system.inTransaction(({ signIns }) =>
      signIns.add(silent, [{ ...step, requirement: 'Primary authentication' }], {
        sessionId: 'session-1',
        requirement: 'multiFactorAuthentication',
      }),
    )
    const reader = await world.as('Security Reader')
    const { body } = await reader.get(`${log}/${silent.id}`)
    assert.partialDeepStrictEqual(body, {
      clientAppUsed: 'Mobile Apps and Desktop clients',
      isInteractive: false,
      signInEventTypes: ['nonInteractiveUser'],
      incomingTokenType: 'refreshToken',
      authenticationRequirement: 'multiFactorAuthentication',
      authenticationMethodsUsed: ['Previously satisfied'],
      sessionId: 'session-1',
      signInIdentifier: `a***@${world.domain}`,
      signInIdentifierType: 'userPrincipalName',
    })
    assert.equal(body.authenticationDetails[0].authenticationMethodDetail, null)
  })

  test(`the log is read newest first, page by page, whatever is added meanwhile, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const ids: string[] = []
    for (let count = 0; count < 5; count++) {
      ids.unshift((await signIn(world, anna)).id)
      // Two of them in one millisecond.
      if (count !== 2) world.turnClock(minuteMs)
    }
    const reader = await world.as('Global Reader')
    const first = await reader.get(`${log}?$top=2&$select=id,userId`)
    assert.equal(first.status, 200, first.text)
    await signIn(world, anna)
    const second = await reader.get(first.body['@odata.nextLink'])
    assert.equal(second.status, 200, second.text)
    const third = await reader.get(second.body['@odata.nextLink'])
    assert.deepEqual([...idsIn(first), ...idsIn(second), ...idsIn(third)], ids)
    assert.equal('@odata.nextLink' in third.body, false)
    assert.deepEqual(first.body.value[0], { id: ids[0], userId: anna.id })
    assert.equal(idsIn(await reader.get(`${log}?$orderby=createdDateTime`))[0], ids.at(-1))
  })

  test(`the log answers who, when, from where, with what app and how it went, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { ids, questions } = await fourAttempts(world)
    const reader = await world.as('Security Operator')
    for (const [filter, names] of questions) {
      const answer = await reader.get(`${log}?$filter=${encodeURIComponent(filter)}`)
      assert.equal(answer.status, 200, `${filter}: ${answer.text}`)
      const found = idsIn(answer).map((id) => Object.entries(ids).find(([, known]) => known === id)?.[0])
      assert.deepEqual(found, names, filter)
    }
    const counted = await reader.get(`${log}?$count=true&$filter=isInteractive%20eq%20true&$top=1`, { consistencylevel: 'eventual' })
    assert.equal(counted.body['@odata.count'], 3, counted.text)
  })

  test(`a question that the log cannot answer is refused in words, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await world.as('Reports Reader')
    const questions = [
      `$filter=status/errorCode eq '50126'`,
      '$filter=status/errorCode eq 99999999999',
      '$filter=status/errorCode eq 3000000000',
      '$filter=status/errorCode eq 1.5',
      '$filter=status/errorCode eq null',
      '$filter=status/errorCode gt 1',
      `$filter=startswith(appDisplayName,'R')`,
      `$filter=userId eq 'anna'`,
      `$filter=createdDateTime ge 'yesterday'`,
      `$filter=signInIdentifier eq '${phone}'`,
      `$filter=location/city eq 'Utrecht'`,
      `$filter=userDisplayName eq '\u0000'`,
      '$orderby=userDisplayName',
      '$search="x"',
      '$expand=user',
      '$select=identifier',
      '$top=1001',
      '$top=0',
      '$skip=10',
      '$skiptoken=x',
    ]
    for (const question of questions) {
      const answer = await reader.get(`${log}?${encodeURI(question)}`)
      assert.equal(answer.status, 400, `${question}: ${answer.text}`)
    }
    for (const number of ['2147483647', '-2147483647', '-1']) {
      assert.equal((await reader.get(`${log}?$filter=status/errorCode%20eq%20${number}`)).status, 200)
    }
  })

  test(`a row of nobody or of another organisation is not found, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using elsewhere = await startWorld(database)
    const foreign = await signIn(elsewhere, await elsewhere.person('stranger'))
    const admin = await world.as('Global Administrator')
    for (const id of [foreign.id, randomUUID(), 'nothing', '%00', "'", encodeURIComponent('𝄞')]) {
      const answers = [await admin.get(`${log}/${id}`), await admin.post(`${ownLog}/${id}/revealIdentifier`)]
      for (const answer of answers) assert.equal(answer.status, 404, `${id}: ${answer.text}`)
    }
    assert.deepEqual((await admin.get(log)).body.value, [])
    assert.deepEqual(await world.auditTrail(), [])
  })

  test(`the number is nowhere to be read, neither in answers nor in the table, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    await signIn(world, anna)
    await failedSignIn(world, undefined, { identifier: '+31612345678' })
    await failedSignIn(world, undefined, { identifier: '٠٦١٢٣٤٥٦٧٨' })
    await failedSignIn(world, undefined, { identifier: 'Zeppelin-Marmelade-77' })
    await failedSignIn(world, undefined, { identifier: 'Zeppelin@Marmelade', identifierType: 'userPrincipalName' })
    const reader = await world.as('Global Reader')
    const { kysely } = world.installation.parts.database
    const rows = await kysely.selectFrom('sign_ins').selectAll().where('tenant_id', '=', world.tenantId).execute()
    assert.equal(rows.length, 5)
    const said = [(await reader.get(log)).text, JSON.stringify(rows), ...world.logged].join('\n')
    for (const secret of ['12345678', '345678', '3456', '٣٤٥٦', 'Zeppelin', 'Marmelade']) {
      assert.ok(
        !said.includes(secret),
        said.split('\n').find((line) => line.includes(secret)),
      )
    }
  })

  test(`who reads what was typed in full leaves their name, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const [known, unknown] = [await signIn(world, anna), await failedSignIn(world, undefined, { identifier: '06 1234' })]
    const admin = await world.as('Authentication Administrator')
    const answer = await admin.post(`${ownLog}/${known.id}/revealIdentifier`)
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual(answer.body, {
      '@odata.context': 'https://sesam.test/sesam/v1/$metadata#auditLogs/signIns/$entity',
      id: known.id,
      signInIdentifier: phone,
    })
    assert.equal((await admin.post(`${ownLog}/${unknown.id}/revealIdentifier`)).body.signInIdentifier, '06 1234')

    const events = await world.auditEvents()
    assert.deepEqual(
      events.map(({ activity, actor, targets }) => [activity, actor.kind === 'person' && actor.id, targets.map(({ id }) => id)]),
      [
        ['Reveal sign-in identifier', admin.id, [anna.id, known.id]],
        ['Reveal sign-in identifier', admin.id, [unknown.id]],
      ],
    )
    const written = [JSON.stringify(events), ...world.logged].join('\n')
    assert.ok(!written.includes('12345678') && !written.includes('1234"'))
  })

  test(`only who may read logs reads them, and only few reveal, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { id } = await signIn(world, await world.person('anna'))
    const reader = await world.person('reader')
    await world.giveRole(reader.id, 'Reports Reader')
    const keeper = await world.person('keeper')
    await world.giveRole(keeper.id, 'Security Administrator')
    const callers: readonly [string, Client, number, number][] = [
      ['nobody', world.client(undefined), 401, 401],
      ['somebody without a role', await world.as(), 403, 403],
      ['a role that has nothing to do with logs', await world.as('User Administrator'), 403, 403],
      ['who may reveal but not read lists', await world.as('Authentication Administrator'), 403, 200],
      ['who reads everything', await world.as('Global Reader'), 200, 403],
      ['the right role without the scope', await world.signedIn(reader.id, { scopes: ['User.Read.All'] }), 403, 403],
      ['the right role by one factor', await world.signedIn(keeper.id, { methods: ['sms'] }), 403, 403],
      ['the scope of the log only', await world.signedIn(keeper.id, { scopes: ['AuditLog.Read.All'] }), 200, 403],
      ['the right role', await world.signedIn(keeper.id), 200, 200],
    ]
    for (const [who, client, reads, reveals] of callers) {
      const answers = [await client.get(log), await client.get(`${log}/${id}`), await client.post(`${ownLog}/${id}/revealIdentifier`)]
      assert.deepEqual(
        answers.map(({ status }) => status),
        [reads, reads, reveals],
        who,
      )
    }
    const admin = await world.as('Global Administrator')
    for (const answer of [await admin.post(log, {}), await admin.delete(`${log}/${id}`), await admin.patch(`${log}/${id}`, {})]) {
      assert.equal(answer.status, 405, answer.text)
    }
  })
}

/** Four attempts a minute apart, and what the log must find of them. */
async function fourAttempts(world: World) {
  const anna = await world.person('anna', { displayName: 'Ann Öberg' })
  const bob = await world.person('bob')
  const app = randomUUID()
  const good = await signIn(world, anna)
  world.turnClock(minuteMs)
  const bad = await failedSignIn(world, bob, { address: '2001:DB8::1', appId: app, appDisplayName: 'Till' })
  world.turnClock(minuteMs)
  const stranger = await failedSignIn(world, undefined, { address: '203.0.113.70' })
  world.turnClock(minuteMs)
  const silent = attempt(world, anna, { result: 0, isInteractive: false, identifierType: 'userPrincipalName' })
  await world.system.inTransaction(({ signIns }) => signIns.add(silent, []))
  const all = ['silent', 'stranger', 'bad', 'good']
  const questions: readonly [string, string[]][] = [
    [`userId eq '${anna.id}'`, ['silent', 'good']],
    ['userId eq null', ['stranger']],
    [`userPrincipalName eq '${anna.userPrincipalName.toUpperCase()}'`, ['silent', 'good']],
    [`startswith(userPrincipalName,'b')`, ['bad']],
    [`startswith(userDisplayName,'ann ö')`, ['silent', 'good']],
    [`userDisplayName eq 'Ann Öberg' and isInteractive eq true`, ['good']],
    [`appId eq '${app}'`, ['bad']],
    [`appDisplayName eq 'Till'`, ['bad']],
    [`ipAddress eq '203.0.113.7'`, ['silent', 'good']],
    [`startswith(ipAddress,'203.0.113.7')`, ['silent', 'stranger', 'good']],
    [`ipAddress eq '2001:db8::1'`, ['bad']],
    ['status/errorCode eq 0', ['silent', 'good']],
    ['status/errorCode ne 0', ['stranger', 'bad']],
    ['status/errorCode in (50126,50034)', ['stranger', 'bad']],
    [`correlationId eq '${good.correlationId}'`, ['good']],
    [`id eq '${bad.id}'`, ['bad']],
    ['isInteractive eq false', ['silent']],
    [`signInIdentifierType eq 'userPrincipalName'`, ['silent']],
    ['createdDateTime ge 2026-11-20T09:01:00Z and createdDateTime le 2026-11-20T09:02:00Z', ['stranger', 'bad']],
    ['createdDateTime lt 2026-11-20', []],
    ['createdDateTime ge 2026-11-20', all],
    [`userId eq '${anna.id}' and status/errorCode eq 50126`, []],
  ]
  return { ids: { good: good.id, bad: bad.id, stranger: stranger.id, silent: silent.id }, questions }
}

function idsIn({ body }: TestAnswer): string[] {
  return body.value.map((entry: { id: string }) => entry.id)
}
