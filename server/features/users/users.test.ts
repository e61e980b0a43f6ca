import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld } from '#test/world.ts'

const anna = { accountEnabled: true, displayName: 'Anna de Vries', mailNickname: 'anna' }

for (const database of databases) {
  test(`a person is created, read, changed and deleted, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const userPrincipalName = `Anna@${world.domain}`

    const created = await admin.post('/v1.0/users', { ...anna, userPrincipalName, mobilePhone: '+31 6 12345678' })
    assert.equal(created.status, 201, created.text)
    assert.equal(created.body.userPrincipalName, userPrincipalName)

    const read = await admin.get(`/v1.0/users/anna@${world.domain}`)
    assert.equal(read.status, 200, read.text)
    assert.partialDeepStrictEqual(read.body, { id: created.body.id, displayName: 'Anna de Vries', mobilePhone: '+31 6 12345678' })

    const changed = await admin.patch(`/v1.0/users/${created.body.id}`, { displayName: 'Anna Jansen', department: 'Store 12' })
    assert.equal(changed.status, 204, changed.text)
    const again = await admin.get(`/v1.0/users/${created.body.id}?$select=displayName,department`)
    assert.deepEqual(again.body, {
      '@odata.context': 'https://sesam.test/v1.0/$metadata#users/$entity',
      id: created.body.id,
      displayName: 'Anna Jansen',
      department: 'Store 12',
    })

    assert.equal((await admin.delete(`/v1.0/users/${created.body.id}`)).status, 204)
    assert.equal((await admin.get(`/v1.0/users/${created.body.id}`)).status, 404)
    assert.deepEqual(await world.auditTrail(), ['Add user', 'Update user', 'Delete user'])
  })
}
