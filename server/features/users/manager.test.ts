import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { databases, startWorld } from '#test/world.ts'

const to = (id: string, kind = 'users') => ({ '@odata.id': `https://sesam.test/v1.0/${kind}/${id}` })

for (const database of databases) {
  test(`a manager is set, read from both ends, replaced and taken away, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const anna = await world.person('anna')
    const bo = await world.person('bo')
    const chief = await world.person('chief')
    const ref = `/v1.0/users/${anna.id}/manager/$ref`

    assert.equal((await admin.get(`/v1.0/users/${anna.id}/manager`)).status, 404)
    assert.equal((await admin.put(ref, to(bo.id))).status, 204)
    assert.equal((await admin.put(ref, to(chief.id.toUpperCase(), 'directoryObjects'))).status, 204)
    assert.equal((await admin.put(`/v1.0/users/bo@${world.domain}/manager/$ref`, to(chief.id))).status, 204)

    const manager = await admin.get(`/v1.0/users/${anna.id}/manager?$select=displayName,assignedLicenses`)
    assert.deepEqual(manager.body, {
      '@odata.context': 'https://sesam.test/v1.0/$metadata#directoryObjects/$entity',
      '@odata.type': '#microsoft.graph.user',
      id: chief.id,
      displayName: 'chief',
      assignedLicenses: [],
    })
    const reports = await admin.get(`/v1.0/users/${chief.id}/directReports?$select=displayName&$top=1`)
    assert.deepEqual(reports.body.value, [{ '@odata.type': '#microsoft.graph.user', id: anna.id, displayName: 'anna' }], reports.text)
    const rest = await admin.get(reports.body['@odata.nextLink'])
    assert.deepEqual(
      rest.body.value.map((person: { id: string }) => person.id),
      [bo.id],
    )
    assert.equal(rest.body['@odata.nextLink'], undefined)
    const filtered = await admin.get(`/v1.0/users/${chief.id}/directReports?$filter=startswith(displayName,'B')`)
    assert.deepEqual(
      filtered.body.value.map((person: { id: string }) => person.id),
      [bo.id],
    )

    const herself = await world.signedIn(anna.id)
    assert.equal((await herself.get('/v1.0/me/manager')).body.id, chief.id)
    assert.deepEqual((await herself.get('/v1.0/me/directReports')).body.value, [])
    const expanded = await admin.get(`/v1.0/users/${anna.id}?$select=displayName&$expand=manager`)
    assert.deepEqual(Object.keys(expanded.body).sort(), ['@odata.context', 'displayName', 'id', 'manager'])
    assert.partialDeepStrictEqual(expanded.body.manager, { '@odata.type': '#microsoft.graph.user', id: chief.id, displayName: 'chief' })
    const list = await admin.get("/v1.0/users?$expand=manager&$filter=displayName in ('anna','chief')")
    assert.deepEqual(
      list.body.value.map((person: { displayName: string; manager: { id: string } | null }) => [person.displayName, person.manager?.id]),
      [
        ['anna', chief.id],
        ['chief', undefined],
      ],
    )

    assert.equal((await admin.delete(ref)).status, 204)
    assert.equal((await admin.get(`/v1.0/users/${anna.id}/manager`)).status, 404)
    assert.equal((await admin.get(`/v1.0/users/${anna.id}?$expand=manager`)).body.manager, null)
    const events = (await world.auditEvents()).map(({ activity, targets }) => [activity, targets[0]?.changed?.[0]])
    assert.deepEqual(events[1], ["Set user's manager", { name: 'manager', from: bo.id, to: chief.id }])
    assert.deepEqual(events.at(-1), ["Remove user's manager", { name: 'manager', from: chief.id, to: null }])
  })

  test(`a deleted manager leaves reports without one, also when restored, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const anna = await world.person('anna')
    const away = await world.person('away')
    const chief = await world.person('chief')
    for (const { id } of [anna, away]) assert.equal((await admin.put(`/v1.0/users/${id}/manager/$ref`, to(chief.id))).status, 204)

    assert.equal((await admin.delete(`/v1.0/users/${away.id}`)).status, 204)
    assert.deepEqual((await admin.get(`/v1.0/users/${chief.id}/directReports`)).body.value.length, 1)
    assert.equal((await admin.delete(`/v1.0/users/${chief.id}`)).status, 204)
    assert.equal((await admin.get(`/v1.0/users/${anna.id}/manager`)).status, 404)
    assert.equal((await admin.get(`/v1.0/users/${chief.id}/directReports`)).status, 404)
    assert.equal((await admin.post(`/v1.0/directory/deletedItems/${away.id}/restore`)).status, 200)
    assert.equal((await admin.get(`/v1.0/users/${away.id}/manager`)).status, 404)
    assert.equal((await admin.get(`/v1.0/users/${away.id}?$expand=manager`)).body.manager, null)
    assert.equal((await admin.post(`/v1.0/directory/deletedItems/${chief.id}/restore`)).status, 200)
    assert.equal((await admin.get(`/v1.0/users/${anna.id}/manager`)).status, 404)
    assert.deepEqual((await admin.get(`/v1.0/users/${chief.id}/directReports`)).body.value, [])
    assert.equal((await admin.get(`/v1.0/users/${away.id}/manager`)).status, 404)
  })

  test(`a manager must be somebody else who is there, and set by whoever may, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const admin = await world.as('User Administrator')
    const anna = await world.person('anna')
    const gone = await world.person('gone')
    const stranger = await other.person('stranger')
    assert.equal((await admin.delete(`/v1.0/users/${gone.id}`)).status, 204)
    const ref = `/v1.0/users/${anna.id}/manager/$ref`
    const cases: [unknown, number, string][] = [
      [to(anna.id), 400, 'manager_is_self'],
      [to(randomUUID()), 404, 'object_not_found'],
      [to(stranger.id), 404, 'object_not_found'],
      [to(gone.id), 404, 'object_not_found'],
      [to(admin.id, 'devices'), 400, 'reference_invalid'],
      [to('anna'), 400, 'reference_invalid'],
      [to(`${admin.id}/x`), 400, 'reference_invalid'],
      [{ '@odata.id': '' }, 400, 'reference_invalid'],
      [{ '@odata.id': null }, 400, 'property_invalid'],
      [{ '@odata.id': `x${'/'.repeat(3000)}` }, 400, 'property_invalid'],
      [{ id: admin.id }, 400, 'property_required'],
      [undefined, 400, 'body_missing'],
    ]
    for (const [body, status, code] of cases) {
      const answer = await admin.put(ref, body)
      assert.equal(answer.status, status, `${JSON.stringify(body)}: ${answer.text}`)
      assert.equal(answer.body.error.details[0].code, code, JSON.stringify(body))
    }
    const helpdesk = await world.as('Helpdesk Administrator')
    assert.equal((await helpdesk.put(ref, to(admin.id))).status, 403)
    assert.equal((await helpdesk.delete(ref)).status, 403)
    assert.equal((await admin.get(`/v1.0/users/${anna.id}/manager`)).status, 404)
    assert.deepEqual(await world.auditTrail(), ['Delete user'])
  })
}
