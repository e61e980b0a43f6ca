import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { databases, startWorld, type TestAnswer, type World } from '#test/world.ts'
import { attempt, failedSignIn, phone, signIn } from './sign-ins.fixture.ts'

const log = '/v1.0/auditLogs/signIns'
const ownLog = '/sesam/v1/auditLogs/signIns'
const minuteMs = 60_000

for (const database of databases) {
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
