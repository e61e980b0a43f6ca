import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { at, codeOf, storeIn } from '#test/staff-story.ts'
import { databases, startWorld } from '#test/world.ts'

const path = '/sesam/v1/staffSettings'

for (const database of databases) {
  test(`an administrator opens My Staff to all, to some or to nobody, and it counts at once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { client, manager, anna } = await storeIn(world)
    const admin = await world.as('Global Administrator')
    assert.partialDeepStrictEqual((await admin.get(path)).body, { id: 'staffSettings', access: 'all', groups: [] })
    assert.equal((await client.get(at(anna))).status, 200)

    assert.equal((await admin.patch(path, { access: 'none' })).status, 204)
    assert.equal(codeOf(await client.get(at(anna))), 'staff_closed')
    assert.equal(codeOf(await admin.post(at(anna, '/resetPassword'))), 'staff_closed')

    const inner = await world.group('leaders of 12', { members: [manager] })
    const outer = await world.group('leaders', { members: [inner] })
    assert.equal((await admin.patch(path, { access: 'selected', groupIds: [outer.id] })).status, 204)
    assert.equal((await client.get(at(anna))).status, 200)
    assert.equal(codeOf(await admin.get(at(anna))), 'staff_closed')
    assert.deepEqual((await admin.get(path)).body.groups, [{ id: outer.id, displayName: 'leaders' }])
    assert.equal((await admin.patch(path, { groupIds: [] })).status, 204)
    assert.equal(codeOf(await client.get(at(anna))), 'staff_closed')

    // Whoever is in a chosen group but has no role for it stays outside.
    await admin.patch(path, { groupIds: [(await world.group('all', { members: [anna] })).id] })
    assert.equal(codeOf(await (await world.signedIn(anna.id)).get(at(anna))), 'role_missing')
    const updates = (await world.auditEvents()).filter(({ activity }) => activity === 'Update My Staff settings')
    assert.equal(updates.length, 4)
    assert.deepEqual(updates[0]?.targets[0]?.changed, [{ name: 'access', from: 'all', to: 'none' }])
  })

  test(`only who decides about methods changes it, and only to what there is, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Authentication Policy Administrator')
    for (const body of [{ access: 'some' }, { groupIds: ['x'] }, { groupIds: [randomUUID()] }, { id: 'x' }, { open: true }])
      assert.equal((await admin.patch(path, body)).status, 400, JSON.stringify(body))
    assert.deepEqual(await world.auditTrail(), [])
    const reader = await world.as('Global Reader')
    assert.equal((await reader.get(path)).status, 200)
    assert.equal((await reader.patch(path, { access: 'none' })).status, 403)
    assert.equal((await (await world.as('User Administrator')).get(path)).status, 403)
  })
}
