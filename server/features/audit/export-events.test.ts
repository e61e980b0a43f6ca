import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld } from '#test/world.ts'

for (const database of databases) {
  test(`the audit log leaves as a file that is safe to open, and says that it did, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const anna = await world.person('anna')
    await admin.patch(`/v1.0/users/${anna.id}`, { department: '=cmd|1', mobilePhone: '+31 6 12345678' })
    const reader = await world.as('Reports Reader')
    const filter = encodeURIComponent(`activityDisplayName in ('Update user','Export log')`)
    const { status, text } = await reader.get(`/sesam/v1/auditLogs/directoryAudits/export?$filter=${filter}`)
    assert.equal(status, 200, text)
    const [, newest = '', change = ''] = text.split('\r\n')
    assert.match(newest, /,Export log,UserManagement,/)
    assert.match(change, /department: - > =cmd\|1; mobilePhone: - > \+XX X XXXXXX78/)
    assert.ok(!text.includes('12345678') && !/(^|,)[=@+-]/m.test(text))
  })

  test(`what has happened here at least once is told once each, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const anna = await world.person('anna')
    for (const department of ['one', 'two']) await admin.patch(`/v1.0/users/${anna.id}`, { department })
    await admin.post(`/v1.0/users/${anna.id}/revokeSignInSessions`)
    const reader = await world.as('Reports Reader')
    const { body } = await reader.get('/sesam/v1/auditLogs/activities')
    const names = body.value.map(({ id }: { id: string }) => id)
    assert.deepEqual(names, names.toSorted())
    assert.equal(names.filter((name: string) => name === 'Update user').length, 1)
    assert.equal(names.length, 2)
    assert.equal((await admin.get('/sesam/v1/auditLogs/activities')).status, 403)
  })
}
