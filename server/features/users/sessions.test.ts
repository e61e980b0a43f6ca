import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RoleName } from '#contract/graph/role-templates.ts'
import { databases, startWorld } from '#test/world.ts'

for (const database of databases) {
  test(`ending the sessions of a person kills every token at the next call, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Helpdesk Administrator')
    const anna = await world.person('anna')
    const phone = await world.signedIn(anna.id)
    const till = await world.signedIn(anna.id)
    assert.equal((await phone.get('/v1.0/me')).status, 200)

    const ended = await admin.post(`/v1.0/users/anna@${world.domain}/revokeSignInSessions`)
    assert.equal(ended.status, 200, ended.text)
    assert.deepEqual(ended.body, { '@odata.context': 'https://sesam.test/v1.0/$metadata#Edm.Boolean', value: true })
    for (const session of [phone, till]) {
      const answer = await session.get('/v1.0/me')
      assert.equal(answer.status, 401, answer.text)
      assert.equal(answer.body.error.details[0].code, 'token_revoked')
    }
    const fresh = await world.signedIn(anna.id)
    assert.equal((await fresh.get('/v1.0/me')).status, 200)
    assert.equal((await admin.post(`/v1.0/users/${anna.id}/revokeSignInSessions`)).status, 200)
    assert.equal((await fresh.get('/v1.0/me')).status, 401, 'also twice within one millisecond')
    assert.deepEqual(await world.auditTrail(), ['Update StsRefreshTokenValidFrom Timestamp', 'Update StsRefreshTokenValidFrom Timestamp'])
  })

  test(`people end their own sessions, this one too, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const here = await world.signedIn(anna.id)
    world.turnClock(1_000)
    assert.equal((await here.post('/beta/me/revokeSignInSessions')).status, 200)
    assert.equal((await here.get('/v1.0/me')).status, 401)
    const again = await world.signedIn(anna.id)
    const read = await again.get('/v1.0/me?$select=signInSessionsValidFromDateTime')
    assert.equal(read.body.signInSessionsValidFromDateTime, '2026-11-20T09:00:01.000Z')
    const byId = await again.post(`/v1.0/users/${anna.id}/revokeSignInSessions`)
    assert.equal(byId.status, 403, 'the door for others is for those with a role')
  })

  test(`disabling, deleting and restoring leave no session alive, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const anna = await world.person('anna')
    const path = `/v1.0/users/${anna.id}`
    const first = await world.signedIn(anna.id)
    assert.equal((await admin.patch(path, { accountEnabled: false })).status, 204)
    assert.equal((await first.get('/v1.0/me')).body.error.details[0].code, 'account_disabled')
    assert.equal((await admin.patch(path, { accountEnabled: true })).status, 204)
    assert.equal((await first.get('/v1.0/me')).body.error.details[0].code, 'token_revoked')

    const second = await world.signedIn(anna.id)
    assert.equal((await second.get('/v1.0/me')).status, 200)
    assert.equal((await admin.delete(path)).status, 204)
    assert.equal((await second.get('/v1.0/me')).status, 401)
    assert.equal((await admin.post(`/v1.0/directory/deletedItems/${anna.id}/restore`)).status, 200)
    assert.equal((await second.get('/v1.0/me')).body.error.details[0].code, 'token_revoked')
    assert.deepEqual(await world.auditTrail(), ['Disable account', 'Enable account', 'Delete user', 'Restore user'])
  })

  test(`whose sessions may be ended depends on the role of the other, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const boss = await world.person('boss')
    await world.giveRole(boss.id, 'Global Administrator')
    const rows: [RoleName, string, number][] = [
      ['Password Administrator', anna.id, 200],
      ['Authentication Administrator', anna.id, 200],
      ['User Administrator', boss.id, 403],
      ['Helpdesk Administrator', boss.id, 403],
      ['Privileged Authentication Administrator', boss.id, 200],
      ['Global Reader', anna.id, 403],
      ['Security Administrator', anna.id, 403],
    ]
    for (const [role, id, status] of rows) {
      const answer = await (await world.as(role)).post(`/v1.0/users/${id}/revokeSignInSessions`)
      assert.equal(answer.status, status, `${role}: ${answer.text}`)
    }
  })
}
