import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { databases, startWorld, type TestAnswer } from '#test/world.ts'

for (const database of databases) {
  test(`every change through the front door leaves exactly one row, and a refused one none, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const boss = await world.person('boss')
    const anna = await world.person('anna')
    const users = '/v1.0/users'
    const reference = { '@odata.id': `https://sesam.test/v1.0/users/${boss.id}` }
    const userPrincipalName = `new@${world.domain}`
    const deleted = `/v1.0/directory/deletedItems/${anna.id}`
    const doors: readonly [() => Promise<TestAnswer>, number, string | undefined][] = [
      [() => admin.post(users, { accountEnabled: true, displayName: 'N', mailNickname: 'n', userPrincipalName }), 201, 'Add user'],
      [() => admin.post(users, { accountEnabled: true, displayName: 'N', mailNickname: 'n', userPrincipalName }), 400, undefined],
      [() => admin.patch(`${users}/${anna.id}`, { jobTitle: 'Buyer' }), 204, 'Update user'],
      [() => admin.patch(`${users}/${anna.id}`, { jobTitle: 1 }), 400, undefined],
      [() => admin.patch(`${users}/${anna.id}`, { accountEnabled: false }), 204, 'Disable account'],
      [() => admin.patch(`${users}/${randomUUID()}`, { jobTitle: 'Buyer' }), 404, undefined],
      [() => admin.put(`${users}/${anna.id}/manager/$ref`, reference), 204, "Set user's manager"],
      [() => admin.delete(`${users}/${anna.id}/manager/$ref`), 204, "Remove user's manager"],
      [() => admin.post(`${users}/${anna.id}/revokeSignInSessions`), 200, 'Update StsRefreshTokenValidFrom Timestamp'],
      [() => admin.delete(`${users}/${admin.id}`), 403, undefined],
      [() => admin.delete(`${users}/${anna.id}`), 204, 'Delete user'],
      [() => admin.delete(`${users}/${anna.id}`), 404, undefined],
      [() => admin.post(`${deleted}/restore`, {}), 200, 'Restore user'],
      [() => admin.delete(`${users}/${anna.id}`), 204, 'Delete user'],
      [() => admin.delete(deleted), 204, 'Hard Delete user'],
      [() => admin.get(`${users}/${boss.id}`), 200, undefined],
    ]
    const expected: string[] = []
    for (const [knock, status, activity] of doors) {
      const answer = await knock()
      assert.equal(answer.status, status, answer.text)
      if (activity) expected.push(activity)
      assert.deepEqual(await world.auditTrail(), expected)
    }
  })

  test(`a change that is rolled back leaves no event, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const id = randomUUID()
    const failed = world.system.inTransaction(async ({ users, audit }) => {
      const name = `ghost@${world.domain}`
      await users.add({ id, userPrincipalName: name, displayName: 'Ghost', mailNickname: 'ghost', accountEnabled: true }, world.now)
      await audit.record(
        { author: { kind: 'server', name: 'Test' }, requestId: randomUUID() },
        { activity: 'Add user', category: 'UserManagement', operation: 'Add', targets: [{ id, kind: 'User' }] },
        world.now,
      )
      throw new Error('power cut')
    })
    await assert.rejects(failed, /power cut/)
    assert.equal(await world.system.users.find(id), undefined)
    assert.deepEqual(await world.auditTrail(), [])
  })

  test(`of changes that race for one name only the one that came through leaves an event, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const body = { accountEnabled: true, displayName: 'N', mailNickname: 'n', userPrincipalName: `one@${world.domain}` }
    const answers = await Promise.all(Array.from({ length: 6 }, () => admin.post('/v1.0/users', body)))
    assert.equal(answers.filter(({ status }) => status === 201).length, 1)
    assert.deepEqual(await world.auditTrail(), ['Add user'])
  })
}
