import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Client, databases, startWorld } from '#test/world.ts'
import { failedSignIn, phone, signIn } from './sign-ins.fixture.ts'

const log = '/v1.0/auditLogs/signIns'
const ownLog = '/sesam/v1/auditLogs/signIns'

for (const database of databases) {
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
