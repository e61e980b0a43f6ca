import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordMethodId } from '#contract/graph/authentication-methods.ts'
import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { databases, startWorld } from '#test/world.ts'

for (const database of databases) {
  test(`a person's methods of every kind stand in one list, each under its type, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.person('anna')
    await world.number(anna, '+31612345678')
    const own = await world.signedIn(anna.id)
    const phone = {
      '@odata.type': '#microsoft.graph.phoneAuthenticationMethod',
      id: phoneMethodIds.mobile,
      phoneNumber: '+31 612345678',
      phoneType: 'mobile',
      smsSignInState: 'ready',
      createdDateTime: '2026-11-20T09:00:00.000Z',
    }
    assert.deepEqual((await own.get('/v1.0/me/authentication/methods')).body, {
      '@odata.context': `https://sesam.test/v1.0/$metadata#users('${anna.id}')/authentication/methods`,
      value: [phone],
    })
    await world.system.inTransaction(({ users }) => users.change(anna.id, { password: { hash: 'x', mustChange: false } }, world.now))
    const password = {
      '@odata.type': '#microsoft.graph.passwordAuthenticationMethod',
      id: passwordMethodId,
      password: null,
      createdDateTime: '2026-11-20T09:00:00.000Z',
    }
    const admin = await world.as('Authentication Administrator')
    const path = `/beta/users/anna@${world.domain}/authentication`
    const masked = { ...phone, phoneNumber: '+31 XXXXXXX78' }
    assert.deepEqual((await admin.get(`${path}/methods`)).body.value, [password, masked])
    const context = `https://sesam.test/beta/$metadata#users('${anna.id}')/authentication/methods/$entity`
    assert.deepEqual((await admin.get(`${path}/methods/${passwordMethodId}`)).body, { '@odata.context': context, ...password })
    assert.deepEqual((await admin.get(`${path}/methods/${phoneMethodIds.mobile}`)).body, { '@odata.context': context, ...masked })
    const { '@odata.type': _, ...plain } = password
    assert.deepEqual((await admin.get(`${path}/passwordMethods`)).body.value, [plain])
    assert.partialDeepStrictEqual((await admin.get(`${path}/passwordMethods/${passwordMethodId}`)).body, plain)
    assert.equal((await admin.get(`${path}/methods/${phoneMethodIds.office}`)).status, 404)
    assert.equal((await admin.get(`${path}/passwordMethods/${phoneMethodIds.mobile}`)).status, 404)
  })

  test(`nothing is deleted in the list of all, and it says where, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    await world.number(anna, '+31612345678')
    const admin = await world.as('Global Administrator')
    const path = `/v1.0/users/${anna.id}/authentication`
    const refused = await admin.delete(`${path}/methods/${phoneMethodIds.mobile}`)
    assert.equal(refused.status, 400)
    assert.equal(refused.body.error.code, 'badRequest')
    assert.match(refused.body.error.message, /\/authentication\/phoneMethods/)
    assert.equal((await admin.get(`${path}/phoneMethods`)).body.value.length, 1)
    assert.equal((await admin.delete(`${path}/methods/x`)).status, 404)
    assert.deepEqual(await world.auditTrail(), [])
  })
}
