import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld, type World } from '#test/world.ts'

const path = '/sesam/v1/checklist'

async function doneIn(world: World): Promise<string[]> {
  const reader = await world.as('Global Reader')
  const { steps } = (await reader.get(path)).body
  return steps.filter(({ isDone }: { isDone: boolean }) => isDone).map(({ id }: { id: string }) => id)
}

for (const database of databases) {
  test(`the list ticks itself as an organisation is set up, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    await world.number({ id: admin.id }, '+31612345678', { signIn: false })
    assert.deepEqual(await doneIn(world), [])

    assert.equal((await admin.post('/sesam/v1/gateways/sms/test', {})).body.outcome, 'sent')
    assert.deepEqual(await doneIn(world), ['gateway'])
    const seen = (await admin.get(path)).body.steps[0].doneDateTime
    assert.equal(seen, world.now.toISOString())

    const sms = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms'
    assert.equal(
      (await admin.patch(sms, { '@odata.type': '#microsoft.graph.smsAuthenticationMethodConfiguration', state: 'enabled' })).status,
      204,
    )
    assert.deepEqual(await doneIn(world), ['gateway', 'policy'])
    const group = await world.group('Shop')
    const includeTargets = [{ targetType: 'group', id: group.id, isUsableForSignIn: true }]
    const scoped = await admin.patch(sms, { '@odata.type': '#microsoft.graph.smsAuthenticationMethodConfiguration', includeTargets })
    assert.equal(scoped.status, 204, scoped.text)
    assert.deepEqual(await doneIn(world), ['gateway', 'policy', 'group'])

    const app = await admin.post('/v1.0/applications', { displayName: 'Roster' })
    assert.equal(app.status, 201, app.text)
    await world.as('Global Administrator')
    assert.deepEqual(await doneIn(world), ['gateway', 'policy', 'group', 'app', 'administrator'])

    const { signIns } = world.system
    const attempt = {
      id: signIns.newId(world.now),
      startedAt: world.now,
      correlationId: 'c',
      userId: admin.id,
      userDisplayName: 'A',
      userPrincipalName: 'a',
    }
    const how = {
      appId: 'x',
      appDisplayName: 'Roster',
      identifier: '+31612345678',
      identifierType: 'phoneNumber',
      address: '192.0.2.1',
    } as const
    const seenBy = { userAgent: '', protocol: 'authenticationTransfer', isInteractive: true, result: 0 } as const
    await world.system.inTransaction(({ signIns }) => signIns.open({ ...attempt, ...how, ...seenBy } as never))
    const whole = (await admin.get(path)).body
    assert.equal(whole.isComplete, true, JSON.stringify(whole))

    world.turnClock(60_000)
    assert.equal((await admin.get(path)).body.steps[0].doneDateTime, seen, 'since when it was done stays')
    assert.equal(
      (await admin.patch(sms, { '@odata.type': '#microsoft.graph.smsAuthenticationMethodConfiguration', state: 'disabled' })).status,
      204,
    )
    assert.deepEqual(await doneIn(world), ['gateway', 'app', 'administrator', 'signIn'], 'what was undone is not done')
  })

  test(`the list can be put away and brought back, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    for (const isHidden of [true, true, false]) assert.equal((await admin.patch(path, { isHidden })).status, 204)
    assert.equal((await admin.get(path)).body.isHidden, false)
    assert.deepEqual(await world.auditTrail(), ['Update setup checklist', 'Update setup checklist'])
    assert.equal((await (await world.as('Global Reader')).patch(path, { isHidden: true })).status, 403)
    assert.equal((await (await world.as('User Administrator')).get(path)).status, 403)
  })

  test(`many who look at once tick a step once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    await world.as('Global Administrator')
    const answers = await Promise.all(Array.from({ length: 12 }, () => admin.get(path)))
    for (const { status } of answers) assert.equal(status, 200)
    const rows = world.installation.parts.database.kysely
      .selectFrom('checklist_steps')
      .select('step')
      .where('tenant_id', '=', world.tenantId)
    assert.deepEqual(
      (await rows.execute()).map(({ step }) => step),
      ['administrator'],
    )
  })
}
