import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emailMethodId } from '#contract/graph/email-methods.ts'
import { databases, startWorld } from '#test/world.ts'

const codeOf = (answer: { body: { error: { innerError: unknown; details: { code: string }[] } } }) => answer.body.error.details[0]?.code

for (const database of databases) {
  test(`an administrator gives, changes and deletes a person's address through Graph, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const admin = await world.as('Privileged Authentication Administrator')
    const addresses = `/v1.0/users/${anna.userPrincipalName}/authentication/emailMethods`
    assert.deepEqual((await admin.get(addresses)).body.value, [])
    const given = await admin.post(addresses, { emailAddress: 'Anna@contoso.example' })
    assert.equal(given.status, 201, given.text)
    assert.deepEqual(given.body, {
      '@odata.context': `https://sesam.test/v1.0/$metadata#users('${anna.id}')/authentication/emailMethods/$entity`,
      id: emailMethodId,
      emailAddress: 'Anna@contoso.example',
      createdDateTime: '2026-11-20T09:00:00.000Z',
    })
    assert.equal(codeOf(await admin.post(addresses, { emailAddress: 'other@contoso.example' })), 'email_address_taken')
    assert.equal((await admin.patch(`${addresses}/${emailMethodId}`, { emailAddress: 'anna.new@contoso.example' })).status, 204)
    assert.equal((await admin.get(`${addresses}/${emailMethodId}`)).body.emailAddress, 'anna.new@contoso.example')
    assert.equal((await admin.patch(`${addresses}/x`, { emailAddress: 'x@contoso.example' })).status, 404)

    const reader = await world.as('Authentication Administrator')
    assert.equal((await reader.get(addresses)).body.value[0].emailAddress, 'a•••@contoso.example')
    assert.equal((await admin.delete(`/v1.0/users/${anna.id}/authentication/methods/${emailMethodId}`)).status, 400)
    assert.equal((await admin.delete(`${addresses}/${emailMethodId}`)).status, 204)
    assert.equal((await admin.delete(`${addresses}/${emailMethodId}`)).status, 404)
    const acts = ['registered', 'updated', 'deleted'].map((act) => `Admin ${act} security info`)
    assert.deepEqual(await world.auditTrail(), acts)
    assert.deepEqual((await world.auditEvents())[1]?.targets[0]?.changed, [
      { name: 'EmailAddress', from: 'A•••@contoso.example', to: 'a•••@contoso.example' },
    ])
    assert.deepEqual(
      world.logged.filter((line) => /anna(\.new)?@contoso/i.test(line)),
      [],
    )
  })

  test(`of several addresses given at once one stays, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const admin = await world.as('Global Administrator')
    const addresses = `/v1.0/users/${anna.id}/authentication/emailMethods`
    const answers = await Promise.all([1, 2, 3, 4].map((each) => admin.post(addresses, { emailAddress: `a${each}@contoso.example` })))
    assert.equal(answers.filter(({ status }) => status === 201).length, 1, answers.map(({ text }) => text).join('\n'))
    assert.equal((await world.auditTrail()).length, 1)
  })

  test(`an address stands nowhere in the store, and cannot be moved to another person, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const [anna, bert] = [await world.person('anna'), await world.person('bert')]
    const admin = await world.as('Global Administrator')
    for (const person of [anna, bert])
      await admin.post(`/v1.0/users/${person.id}/authentication/emailMethods`, {
        emailAddress: `secret.${person.displayName}@contoso.example`,
      })
    const { kysely } = world.installation.parts.database
    const rows = await kysely.selectFrom('email_methods').selectAll().where('tenant_id', '=', world.tenantId).execute()
    assert.equal(rows.length, 2)
    assert.ok(!JSON.stringify(rows).includes('secret'))
    const stolen = rows.find(({ user_id }) => user_id === bert.id)?.address_sealed ?? ''
    await world.installation.parts.database.inTransaction((connection) =>
      connection.kysely.updateTable('email_methods').set({ address_sealed: stolen }).where('user_id', '=', anna.id).execute(),
    )
    await assert.rejects(world.system.emailMethods.ofUser(anna.id))
  })
}

const [sqlite] = databases
assert.ok(sqlite)

test('an address takes a role over the person, and one’s own a code', async () => {
  await using world = await startWorld(sqlite)
  const [anna, bert] = [await world.person('anna'), await world.person('bert')]
  const addresses = `/v1.0/users/${anna.id}/authentication/emailMethods`
  const body = { emailAddress: 'anna@contoso.example' }
  const plain = await world.signedIn(bert.id)
  assert.equal((await plain.get(addresses)).status, 403)
  assert.equal((await plain.post(addresses, body)).status, 403)
  assert.equal((await (await world.as('Global Reader')).post(addresses, body)).status, 403)
  await world.giveRole(anna.id, 'Global Administrator')
  assert.equal((await (await world.as('Authentication Administrator')).post(addresses, body)).status, 403)
  assert.equal(codeOf(await (await world.signedIn(anna.id)).post(addresses, body)), 'own_email_by_code')
})
