import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld } from '#test/world.ts'

const deletedItems = '/v1.0/directory/deletedItems'

for (const database of databases) {
  test(`a deleted person is out of sight, can be found among the deleted and comes back as they were, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const anna = await world.person('anna', { department: 'Store 12', mobilePhone: '0612345678' })
    const select = '?$select=displayName,department,mobilePhone,userPrincipalName,accountEnabled'
    const before = (await admin.get(`/v1.0/users/${anna.id}${select}`)).body

    world.turnClock(60_000)
    assert.equal((await admin.delete(`/v1.0/users/ANNA@${world.domain}`)).status, 204)
    for (const path of [anna.id, `anna@${world.domain}`]) assert.equal((await admin.get(`/v1.0/users/${path}`)).status, 404)
    assert.equal((await admin.delete(`/v1.0/users/${anna.id}`)).status, 404)
    assert.equal((await admin.patch(`/v1.0/users/${anna.id}`, { department: 'x' })).status, 404)
    const living = await admin.get("/v1.0/users?$filter=department eq 'Store 12'")
    assert.deepEqual(living.body.value, [], living.text)

    const list = await admin.get(`${deletedItems}/microsoft.graph.user?$select=displayName,deletedDateTime`)
    assert.deepEqual(list.body.value, [{ id: anna.id, displayName: 'anna', deletedDateTime: '2026-11-20T09:01:00.000Z' }], list.text)
    const filtered = await admin.get(`${deletedItems}/microsoft.graph.user?$filter=deletedDateTime ge 2026-11-20T09:02:00Z`)
    assert.deepEqual(filtered.body.value, [], filtered.text)
    const one = await admin.get(`${deletedItems}/${anna.id.toUpperCase()}`)
    assert.partialDeepStrictEqual(one.body, { '@odata.type': '#microsoft.graph.user', id: anna.id, displayName: 'anna' }, one.text)
    assert.equal((await admin.get(`${deletedItems}/${admin.id}`)).status, 404)

    const restored = await admin.post(`${deletedItems}/${anna.id}/restore`)
    assert.equal(restored.status, 200, restored.text)
    assert.partialDeepStrictEqual(restored.body, { '@odata.type': '#microsoft.graph.user', id: anna.id })
    assert.deepEqual((await admin.get(`/v1.0/users/${anna.id}${select}`)).body, before)
    assert.deepEqual((await admin.get(`${deletedItems}/microsoft.graph.user`)).body.value, [])
    assert.equal((await admin.post(`${deletedItems}/${anna.id}/restore`)).status, 404)
    assert.deepEqual(await world.auditTrail(), ['Delete user', 'Restore user'])
  })

  test(`the name of a deleted person is free, and whoever took it keeps it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const old = await world.person('anna')
    assert.equal((await admin.delete(`/v1.0/users/${old.id}`)).status, 204)
    const wanted = { accountEnabled: true, displayName: 'New Anna', mailNickname: 'anna', userPrincipalName: `Anna@${world.domain}` }
    const taken = await admin.post('/v1.0/users', wanted)
    assert.equal(taken.status, 201, taken.text)

    const refused = await admin.post(`${deletedItems}/${old.id}/restore`)
    assert.equal(refused.status, 409, refused.text)
    assert.partialDeepStrictEqual(refused.body.error, {
      code: 'Request_MultipleObjectsWithSameKeyValue',
      details: [{ code: 'upn_taken_meanwhile' }],
    })
    const bodies: [unknown, number, string][] = [
      [{ newUserPrincipalName: `ANNA@${world.domain}` }, 409, 'upn_taken_meanwhile'],
      [{ newUserPrincipalName: 'anna@elsewhere.example' }, 400, 'domain_not_verified'],
      [{ newUserPrincipalName: 'an na@x' }, 400, 'property_invalid'],
      [{ autoReconcile: 'x' }, 400, 'property_unknown'],
    ]
    for (const [body, status, code] of bodies) {
      const answer = await admin.post(`${deletedItems}/${old.id}/restore`, body)
      assert.equal(answer.status, status, answer.text)
      assert.equal(answer.body.error.details[0].code, code)
    }
    const restored = await admin.post(`${deletedItems}/${old.id}/restore`, { newUserPrincipalName: `Anna.Old@${world.domain}` })
    assert.equal(restored.status, 200, restored.text)
    assert.equal((await admin.get(`/v1.0/users/anna.old@${world.domain}`)).body.id, old.id)
    assert.equal((await admin.get(`/v1.0/users/anna@${world.domain}`)).body.id, taken.body.id)
  })

  test(`two deleted people of one name restored at the same moment: one comes back, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const ids: string[] = []
    for (let each = 0; each < 3; each++) {
      const { id } = await world.person('anna')
      ids.push(id)
      assert.equal((await admin.delete(`/v1.0/users/${id}`)).status, 204)
    }
    const answers = await Promise.all(ids.map((id) => admin.post(`${deletedItems}/${id}/restore`)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409], answers.map(({ text }) => text).join('\n'))
  })

  test(`an erased person is gone for good, with everything that pointed at them, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const anna = await world.person('anna')
    await world.giveRole(anna.id, 'Reports Reader')
    assert.equal((await admin.delete(`${deletedItems}/${anna.id}`)).status, 404, 'the living cannot be erased')
    assert.equal((await admin.delete(`/v1.0/users/${anna.id}`)).status, 204)

    const helper = await world.as('Authentication Administrator')
    assert.equal((await helper.delete(`${deletedItems}/${anna.id}`)).status, 403)
    assert.equal((await admin.delete(`${deletedItems}/${anna.id}`)).status, 204)
    assert.equal((await admin.get(`${deletedItems}/${anna.id}`)).status, 404)
    assert.equal((await admin.post(`${deletedItems}/${anna.id}/restore`)).status, 404)
    assert.deepEqual((await world.system.authority.targetOf(anna.id)).roles, [])
    assert.deepEqual(await world.auditTrail(), ['Delete user', 'Hard Delete user'])
  })

  test(`who may delete and restore depends on the role of the other, deleted or not, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const mighty = await world.as('Privileged Authentication Administrator')
    const boss = await world.as('Global Administrator')
    const chief = await world.person('chief')
    await world.giveRole(chief.id, 'Security Administrator')

    const refused = await admin.delete(`/v1.0/users/${chief.id}`)
    assert.equal(refused.body.error.details[0].code, 'target_protected', refused.text)
    assert.equal((await mighty.delete(`/v1.0/users/${chief.id}`)).status, 204)
    assert.equal((await admin.post(`${deletedItems}/${chief.id}/restore`)).status, 403)
    assert.equal((await admin.delete(`${deletedItems}/${chief.id}`)).status, 403)
    assert.equal((await mighty.post(`${deletedItems}/${chief.id}/restore`)).status, 200)
    const helpdesk = await world.as('Helpdesk Administrator')
    assert.equal((await helpdesk.delete(`/v1.0/users/${chief.id}`)).status, 403)

    const itself = await boss.delete(`/v1.0/users/${boss.id}`)
    assert.equal(itself.body.error.details[0].code, 'not_on_yourself', itself.text)
    const last = await mighty.delete(`/v1.0/users/${boss.id}`)
    assert.equal(last.status, 400, last.text)
    assert.equal(last.body.error.details[0].code, 'last_global_administrator')
    assert.equal((await boss.get('/v1.0/me')).status, 200)
  })

  test(`of two Global Administrators deleted at the same moment one stays, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const mighty = await world.as('Privileged Authentication Administrator')
    const one = await world.as('Global Administrator')
    const two = await world.as('Global Administrator')
    const answers = await Promise.all([
      mighty.delete(`/v1.0/users/${one.id}`),
      mighty.patch(`/v1.0/users/${two.id}`, { accountEnabled: false }),
      one.delete(`/v1.0/users/${two.id}`),
      two.delete(`/v1.0/users/${one.id}`),
    ])
    assert.ok(
      answers.every(({ status }) => [204, 400, 401, 404].includes(status)),
      answers.map(({ text }) => text).join('\n'),
    )
    const left = (await Promise.all([one.get('/v1.0/me'), two.get('/v1.0/me')])).filter(({ status }) => status === 200)
    assert.equal(left.length, 1)
  })
}
