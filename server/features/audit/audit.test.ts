import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { type Client, databases, startWorld, type TestAnswer, type World } from '#test/world.ts'
import { loggedByService } from './rules.ts'

const log = '/v1.0/auditLogs/directoryAudits'
const minuteMs = 60_000

for (const database of databases) {
  test(`a change stands in the audit log as Graph tells it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const anna = await world.person('anna', { mobilePhone: '+31 6 12345611' })
    const changed = await admin.patch(`/v1.0/users/${anna.id}`, { mobilePhone: '+31 6 12345678', department: 'Store 12' })
    assert.equal(changed.status, 204, changed.text)
    const actor = await world.system.users.find(admin.id)

    const reader = await world.as('Reports Reader')
    const list = await reader.get(log)
    assert.equal(list.status, 200, list.text)
    const [entry] = list.body.value
    const { '@odata.context': context, ...one } = (await reader.get(`/beta/auditLogs/directoryAudits/${entry.id}`)).body
    assert.equal(context, 'https://sesam.test/beta/$metadata#auditLogs/directoryAudits/$entity')
    assert.deepEqual(one, entry)
    assert.deepEqual(list.body, {
      '@odata.context': 'https://sesam.test/v1.0/$metadata#auditLogs/directoryAudits',
      value: [
        {
          id: entry.id,
          activityDateTime: '2026-11-20T09:00:00.000Z',
          activityDisplayName: 'Update user',
          additionalDetails: [],
          category: 'UserManagement',
          correlationId: changed.headers['request-id'],
          initiatedBy: {
            user: {
              id: admin.id,
              displayName: actor?.displayName,
              userPrincipalName: actor?.userPrincipalName,
              ipAddress: '127.0.0.1',
            },
            app: null,
          },
          loggedByService: 'Core Directory',
          operationType: 'Update',
          result: 'success',
          resultReason: null,
          targetResources: [
            {
              id: anna.id,
              displayName: 'anna',
              type: 'User',
              userPrincipalName: anna.userPrincipalName,
              groupType: null,
              modifiedProperties: [
                { displayName: 'department', oldValue: null, newValue: '"Store 12"' },
                { displayName: 'mobilePhone', oldValue: '"+XX X XXXXXX11"', newValue: '"+XX X XXXXXX78"' },
              ],
            },
          ],
        },
      ],
    })
  })

  test(`what the server does by itself is told as an app's doing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.system.inTransaction(({ audit }) =>
      audit.record(
        { author: { kind: 'server', name: 'Sesam' }, requestId: randomUUID() },
        {
          activity: 'User registered security info',
          category: 'UserManagement',
          operation: 'Add',
          targets: [{ id: 'g1', kind: 'Group', displayName: 'Store 12' }],
          details: { Source: 'My Staff' },
        },
        world.now,
      ),
    )
    const reader = await world.as('Security Reader')
    const { value } = (await reader.get(log)).body
    assert.partialDeepStrictEqual(value, [
      {
        initiatedBy: { user: null, app: { appId: null, displayName: 'Sesam', servicePrincipalId: null, servicePrincipalName: null } },
        loggedByService: 'Authentication Methods',
        additionalDetails: [{ key: 'Source', value: 'My Staff' }],
        targetResources: [{ type: 'Group', groupType: 'azureAD', userPrincipalName: null, modifiedProperties: [] }],
      },
    ])
  })

  test(`the log is read newest first, page by page, whatever is added meanwhile, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { admin, ids } = await changesOf(world)
    const reader = await world.as('Global Reader')
    const first = await reader.get(`${log}?$top=2&$select=activityDisplayName`)
    assert.equal(first.status, 200, first.text)
    world.turnClock(minuteMs)
    await admin.patch(`/v1.0/users/${ids.anna}`, { jobTitle: 'Buyer' })
    const second = await reader.get(first.body['@odata.nextLink'])
    assert.equal(second.status, 200, second.text)
    assert.deepEqual(
      [namesIn(first), namesIn(second)],
      [
        ['Delete user', 'Disable account'],
        ['Add user', 'Update user'],
      ],
    )
    assert.deepEqual(Object.keys(first.body.value[0]), ['id', 'activityDisplayName'])

    const oldestFirst = await reader.get(`${log}?$orderby=activityDateTime`)
    assert.deepEqual(namesIn(oldestFirst), ['Update user', 'Add user', 'Disable account', 'Delete user', 'Update user'])
  })

  test(`the log answers who did what to whom and when, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { admin, other, ids } = await changesOf(world)
    const reader = await world.as('Security Operator')
    const [newest] = (await reader.get(log)).body.value
    const questions: readonly [string, string[]][] = [
      [`activityDisplayName eq 'Add user'`, ['Add user']],
      [`activityDisplayName in ('Add user', 'Delete user')`, ['Delete user', 'Add user']],
      [`category eq 'UserManagement' and result eq 'success'`, ['Delete user', 'Disable account', 'Add user', 'Update user']],
      [`category eq 'Policy'`, []],
      [`result eq 'failure'`, []],
      [`operationType eq 'Update'`, ['Disable account', 'Update user']],
      [`correlationId eq '${newest.correlationId}'`, ['Delete user']],
      [`correlationId eq ${newest.correlationId.toUpperCase()}`, ['Delete user']],
      [`id eq '${newest.id}'`, ['Delete user']],
      [`initiatedBy/user/id eq '${other.id}'`, ['Delete user', 'Add user']],
      [`initiatedBy/user/id eq '${admin.id}' and activityDateTime ge 2026-11-20T09:02:00Z`, ['Disable account']],
      [`targetResources/any(t:t/id eq '${ids.anna}')`, ['Disable account', 'Update user']],
      [`targetResources/any(t: t/id eq '${randomUUID()}')`, []],
      ['activityDateTime lt 2026-11-20T09:01:00Z', ['Update user']],
      ['activityDateTime ge 2026-11-20T09:01:00Z and activityDateTime le 2026-11-20T09:02:00Z', ['Disable account', 'Add user']],
      ['activityDateTime gt 2026-11-21', []],
    ]
    for (const [filter, names] of questions) {
      const answer = await reader.get(`${log}?$filter=${encodeURIComponent(filter)}`)
      assert.equal(answer.status, 200, `${filter}: ${answer.text}`)
      assert.deepEqual(namesIn(answer), names, filter)
    }
    const sorted = await reader.get(
      `${log}?$filter=activityDateTime ge 2026-11-20T09:01:00Z&$orderby=activityDateTime asc`.replaceAll(' ', '%20'),
    )
    assert.equal(sorted.status, 200, sorted.text)
    assert.deepEqual(namesIn(sorted), ['Add user', 'Disable account', 'Delete user'])
  })

  test(`a question that the log cannot answer is refused in words, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await world.as('Reports Reader')
    const questions = [
      `$filter=startswith(activityDisplayName,'Add')`,
      `$filter=activityDisplayName ne 'Add user'`,
      `$filter=loggedByService eq 'Core Directory'`,
      `$filter=activityDateTime ge 'yesterday'`,
      `$filter=correlationId eq 'x'`,
      `$filter=initiatedBy/user/displayName eq 'x'`,
      `$filter=targetResources/any(t:t/displayName eq 'x')`,
      `$filter=targetResources/any(t:t/id eq '\u0000')`,
      '$orderby=category',
      '$search="x"',
      '$expand=targetResources',
      '$select=mac',
      '$top=1001',
      '$top=0',
      '$skip=10',
      '$skiptoken=x',
    ]
    for (const question of questions) {
      const answer = await reader.get(`${log}?${encodeURI(question)}`)
      assert.equal(answer.status, 400, `${question}: ${answer.text}`)
    }
    assert.equal((await reader.get(`${log}?$top=1000`)).status, 200)
  })

  test(`an entry of nobody or of another organisation is not found, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using elsewhere = await startWorld(database)
    await changesOf(elsewhere)
    const [foreign] = await elsewhere.auditEvents()
    const reader = await world.as('Global Administrator')
    for (const id of [foreign?.id, randomUUID(), 'nothing', '%00', "'", encodeURIComponent('𝄞')]) {
      const answer = await reader.get(`${log}/${id}`)
      assert.equal(answer.status, 404, `${id}: ${answer.text}`)
    }
    assert.deepEqual((await reader.get(log)).body.value, [])
  })

  test(`only who may read logs reads them, and nobody writes them, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const person = await world.person('reader')
    await world.giveRole(person.id, 'Reports Reader')
    const callers: readonly [string, Client, number][] = [
      ['nobody', world.client(undefined), 401],
      ['somebody without a role', await world.as(), 403],
      ['a role that has nothing to do with logs', await world.as('User Administrator'), 403],
      ['the right role without the scope', await world.signedIn(person.id, { scopes: ['User.Read.All'] }), 403],
      ['the right role by one factor', await world.signedIn(person.id, { methods: ['pwd'] }), 403],
      ['the right role', await world.signedIn(person.id, { scopes: ['AuditLog.Read.All'] }), 200],
    ]
    for (const [who, client, status] of callers) {
      const answer = await client.get(log)
      assert.equal(answer.status, status, `${who}: ${answer.text}`)
    }
    const admin = await world.as('Global Administrator')
    for (const answer of [await admin.post(log, {}), await admin.delete(`${log}/x`), await admin.patch(`${log}/x`, {})]) {
      assert.equal(answer.status, 405, answer.text)
    }
  })
}

test('every activity has the service that Microsoft names for it', () => {
  const services = ['Add user', 'Admin updated security info', 'user started password reset', 'Suspicious activity reported'].map(
    loggedByService,
  )
  assert.deepEqual(services, ['Core Directory', 'Authentication Methods', 'Authentication Methods', 'Azure MFA'])
})

/** Four changes, a minute apart: two by each of two administrators. */
async function changesOf(world: World) {
  const admin = await world.as('User Administrator')
  const other = await world.as('User Administrator')
  const anna = await world.person('anna')
  const answers = [await admin.patch(`/v1.0/users/${anna.id}`, { department: 'Store 12' })]
  world.turnClock(minuteMs)
  const bob = { accountEnabled: true, displayName: 'Bob', mailNickname: 'bob', userPrincipalName: `bob@${world.domain}` }
  const created = await other.post('/v1.0/users', bob)
  answers.push(created)
  world.turnClock(minuteMs)
  answers.push(await admin.patch(`/v1.0/users/${anna.id}`, { accountEnabled: false }))
  world.turnClock(minuteMs)
  answers.push(await other.delete(`/v1.0/users/${created.body.id}`))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [204, 201, 204, 204],
  )
  return { admin, other, ids: { anna: anna.id, bob: String(created.body.id) } }
}

function namesIn({ body }: TestAnswer): string[] {
  return body.value.map((entry: { activityDisplayName: string }) => entry.activityDisplayName)
}
