import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Installation } from '#server/system.ts'
import { startWorldApart } from '#test/audit-stage.ts'
import { databases, startWorld } from '#test/world.ts'
import { deletedErasing, eraseDeleted } from './erase-deleted.ts'
import { startSchedule } from './schedule.ts'

const day = 24 * 60 * 60 * 1000
const minute = 60_000
const deletedItems = '/v1.0/directory/deletedItems'

for (const database of databases) {
  test(`for thirty days a deleted person can be brought back, then they are gone for good, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    await using other = await startWorld(database, { database: world.database })
    const { id: adminId } = await world.as('Global Administrator')
    const [anna, bert, carl] = [await world.person('anna'), await world.person('bert'), await world.person('carl')]
    const report = await world.person('report')
    const stranger = await other.person('stranger')
    await world.system.inTransaction(({ users }) => users.setManager(report.id, anna.id))
    await world.giveRole(carl.id, 'Helpdesk Administrator', { kind: 'object', objectId: anna.id })
    const { id: group } = await world.group('Night shift', { members: [anna], owners: [anna] })
    const admin = await world.signedIn(adminId)
    // The report goes before the manager, so that nobody frees them from a manager who goes after them.
    for (const { id } of [report, anna]) assert.equal((await admin.delete(`/v1.0/users/${id}`)).status, 204)
    await other.system.inTransaction(({ users }) => users.remove(stranger.id, other.now))
    world.turnClock(2 * day)
    const later = await world.signedIn(adminId)
    assert.equal((await later.delete(`/v1.0/users/${bert.id}`)).status, 204)

    world.turnClock(27 * day)
    assert.deepEqual(await eraseDeleted(world.installation, world.now), { erased: 0, failed: [] })
    const then = await world.signedIn(adminId)
    assert.equal((await then.get(`${deletedItems}/${anna.id}`)).status, 200)
    assert.equal((await then.post(`${deletedItems}/${report.id}/restore`)).status, 200)

    world.turnClock(day + minute)
    assert.deepEqual(await eraseDeleted(world.installation, world.now), { erased: 2, failed: [] })
    const now = await world.signedIn(adminId)
    assert.equal((await now.get(`${deletedItems}/${anna.id}`)).status, 404)
    assert.equal((await now.post(`${deletedItems}/${anna.id}/restore`)).status, 404)
    assert.equal((await world.system.users.find(report.id))?.managerId, undefined)
    assert.equal(await world.system.groupMembers.has(group, anna.id), false)
    assert.deepEqual((await world.system.authority.targetOf(carl.id)).roles, [])
    assert.equal((await now.get(`${deletedItems}/${bert.id}`)).status, 200)
    assert.deepEqual(await other.auditTrail(), ['Hard Delete user'])

    const [erased, ...more] = (await world.auditEvents()).filter(({ activity }) => activity === 'Hard Delete user')
    assert.deepEqual(more, [])
    assert.deepEqual(erased?.actor, { kind: 'server', name: 'sweep' })
    assert.deepEqual(erased?.targets, [{ id: anna.id, kind: 'User', displayName: 'anna', userPrincipalName: anna.userPrincipalName }])
  })

  test(`two servers that sweep at once erase everybody, and write each of them down once, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    const ids: string[] = []
    for (let count = 0; count < 60; count++) ids.push((await world.person(`person-${count}`)).id)
    await world.system.inTransaction(async ({ users }) => {
      for (const id of ids) await users.remove(id, world.now)
    })
    world.turnClock(30 * day)
    const rounds = await Promise.all(
      [world.installation, new Installation(world.installation.parts)].map((installation) => eraseDeleted(installation, world.now)),
    )
    assert.deepEqual(
      rounds.flatMap(({ failed }) => failed),
      [],
    )
    assert.equal(
      rounds.reduce((sum, { erased }) => sum + erased, 0),
      ids.length,
    )
    const written = (await world.auditEvents()).map(({ activity, targets }) => `${activity} ${targets[0]?.id}`)
    assert.deepEqual(written.sort(), ids.map((id) => `Hard Delete user ${id}`).sort())
    const found = await Promise.all(ids.map((id) => world.system.users.findDeleted(id)))
    assert.deepEqual(found.filter(Boolean), [])
  })
}

test('the job sweeps by itself, and a tenant in trouble does not keep it from the others', async () => {
  const [database = assert.fail('no database')] = databases
  await using world = await startWorldApart(database)
  await using troubled = await startWorld(database, { database: world.database })
  for (const one of [world, troubled]) {
    const { id } = await one.person('anna')
    await one.system.inTransaction(({ users }) => users.remove(id, one.now))
  }
  world.turnClock(31 * day)
  const { installation } = world
  const told: unknown[] = []
  const needs = {
    parts: installation.parts,
    tenants: installation.tenants,
    systemOf: (id: string) => (id === troubled.tenantId ? Promise.reject(new Error('no key')) : installation.systemOf(id)),
  }
  const log = { error: (details: unknown) => void told.push(details) }
  const schedule = startSchedule([deletedErasing(needs, log)], log)
  while (told.length === 0 || (await world.auditTrail()).length === 0) await pause(1)
  await schedule.stop()
  assert.deepEqual(told, [{ tenantId: troubled.tenantId, err: new Error('no key') }])
  assert.deepEqual(await world.auditTrail(), ['Hard Delete user'])
  assert.deepEqual(await troubled.auditTrail(), [])
})
