import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RoleName } from '#contract/graph/role-templates.ts'
import { databases, startWorld } from '#test/world.ts'

const everything = 'id,displayName,givenName,department,mobilePhone,otherMails,userPrincipalName,accountEnabled,usageLocation,userType'

for (const database of databases) {
  test(`a change touches what it names and nothing else, and null empties, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const anna = await world.person('anna', { givenName: 'Anna', department: 'Store 12', otherMails: ['a@home.example'] })
    const path = `/v1.0/users/${anna.id}`

    const changes = { department: null, otherMails: [], usageLocation: 'se', displayName: 'Anna 💐 Öberg' }
    assert.equal((await admin.patch(path, changes)).status, 204)
    const { '@odata.context': _, ...after } = (await admin.get(`${path}?$select=${everything}`)).body
    assert.deepEqual(after, {
      id: anna.id,
      displayName: 'Anna 💐 Öberg',
      givenName: 'Anna',
      department: null,
      mobilePhone: null,
      otherMails: [],
      userPrincipalName: `anna@${world.domain}`,
      accountEnabled: true,
      usageLocation: 'SE',
      userType: 'Member',
    })
    assert.equal((await admin.patch(path, {})).status, 204)
    assert.equal((await admin.patch(path, { passwordProfile: null })).status, 204)
    assert.deepEqual(await world.auditTrail(), ['Update user'])
  })

  test(`a change with one wrong property changes nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const anna = await world.person('anna')
    await world.person('bo')
    const path = `/v1.0/users/${anna.id}`
    const before = (await admin.get(`${path}?$select=${everything}`)).text
    const cases: [unknown, string, string?][] = [
      [{ displayName: 'Eve', id: anna.id }, 'property_read_only', 'id'],
      [{ displayName: 'Eve', createdDateTime: '2020-01-01T00:00:00Z' }, 'property_read_only', 'createdDateTime'],
      [{ displayName: 'Eve', deletedDateTime: null }, 'property_read_only', 'deletedDateTime'],
      [{ displayName: 'Eve', assignedLicenses: [] }, 'property_read_only', 'assignedLicenses'],
      [{ displayName: 'Eve', identities: [] }, 'property_read_only', 'identities'],
      [
        { displayName: 'Eve', signInSessionsValidFromDateTime: '2020-01-01T00:00:00Z' },
        'property_read_only',
        'signInSessionsValidFromDateTime',
      ],
      [{ displayName: 'Eve', manager: anna.id }, 'property_unknown', 'manager'],
      [{ displayName: 'Eve', isAdmin: true }, 'property_unknown', 'isAdmin'],
      [{ displayName: 'Eve', toString: 'x' }, 'property_unknown', 'toString'],
      [{ displayName: null }, 'property_invalid', 'displayName'],
      [{ displayName: 'Eve', department: 12 }, 'property_invalid', 'department'],
      [{ displayName: 'Eve', department: 'a\u2028b' }, 'property_invalid', 'department'],
      [{ displayName: 'Eve', mail: 'not an address' }, 'property_invalid', 'mail'],
      [{ displayName: 'Eve', preferredLanguage: 'nl_NL' }, 'property_invalid', 'preferredLanguage'],
      [{ displayName: 'Eve', userType: 'Admin' }, 'property_invalid', 'userType'],
      [{ displayName: 'Eve', userPrincipalName: `BO@${world.domain}` }, 'upn_taken', 'userPrincipalName'],
      [{ displayName: 'Eve', userPrincipalName: 'anna@elsewhere.example' }, 'domain_not_verified', 'userPrincipalName'],
      ['{"displayName":"Eve","displayName":"Mallory"}', 'body_key_twice'],
      ['{"displayName":"Eve","__proto__":{}}', 'body_key_forbidden'],
      [`{"displayName":"Eve","x":${'['.repeat(30)}${']'.repeat(30)}}`, 'body_too_deep'],
      ['displayName=Eve', 'body_not_json'],
      ['null', 'body_missing'],
    ]
    for (const [body, code, target] of cases) {
      const answer = await admin.patch(path, body)
      const name = typeof body === 'string' ? body : JSON.stringify(body)
      assert.equal(answer.status, 400, `${name}: ${answer.text}`)
      assert.equal(answer.body.error.details[0].code, code, name)
      assert.equal(answer.body.error.details[0].target, target, name)
    }
    const form = await admin.patch(path, 'displayName=Eve', { 'content-type': 'application/x-www-form-urlencoded' })
    assert.equal(form.status, 415, form.text)
    assert.equal((await admin.get(`${path}?$select=${everything}`)).text, before)
    assert.deepEqual(await world.auditTrail(), [])
  })

  test(`two people who take one name at the same moment: one gets it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const people = await Promise.all(['a', 'b', 'c', 'd'].map((name) => world.person(name)))
    const answers = await Promise.all(
      people.map(({ id }, index) =>
        admin.patch(`/v1.0/users/${id}`, { userPrincipalName: `${index % 2 ? 'New' : 'nEW'}@${world.domain}` }),
      ),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 400, 400, 400], answers.map(({ text }) => text).join('\n'))
    const found = await admin.get(`/v1.0/users/NEW@${world.domain}`)
    const respelt = await admin.patch(`/v1.0/users/${found.body.id}`, { userPrincipalName: `new@${world.domain}` })
    assert.equal(respelt.status, 204, 'one may spell the own name anew')
    assert.equal((await admin.get(`/v1.0/users/${found.body.id}`)).body.userPrincipalName, `new@${world.domain}`)
  })

  test(`a password is set, never told, and ends every session, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Password Administrator')
    const anna = await world.person('anna', { mobilePhone: '0612345678' })
    const session = await world.signedIn(anna.id)
    assert.equal((await session.get('/v1.0/me')).status, 200)

    world.turnClock(60_000)
    const changed = await admin.patch(`/v1.0/users/${anna.id}`, { passwordProfile: { password: 'correct horse battery' } })
    assert.equal(changed.status, 204, changed.text)
    assert.equal((await session.get('/v1.0/me')).body.error.details[0].code, 'token_revoked')
    const read = await admin.get(`/v1.0/users/${anna.id}?$select=lastPasswordChangeDateTime,signInSessionsValidFromDateTime`)
    assert.partialDeepStrictEqual(read.body, {
      lastPasswordChangeDateTime: '2026-11-20T09:01:00.000Z',
      signInSessionsValidFromDateTime: '2026-11-20T09:01:00.000Z',
    })

    assert.equal((await admin.patch(`/v1.0/users/${anna.id}`, { mobilePhone: '0687654321' })).status, 204)
    const changes = (await world.auditEvents()).flatMap(({ targets }) => targets[0]?.changed ?? [])
    assert.deepEqual(changes, [
      { name: 'passwordProfile', from: null, to: '***' },
      { name: 'mobilePhone', from: 'XXXXXXXX78', to: 'XXXXXXXX21' },
    ])
    const written = JSON.stringify(await world.auditEvents()) + world.logged.join('')
    for (const secret of ['correct horse', '$argon2', '0612345678', '0687654321']) assert.ok(!written.includes(secret), secret)
  })

  test(`what may be changed depends on the role, and on the role of the other, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const target = await world.person('target')
    const boss = await world.person('boss')
    await world.giveRole(boss.id, 'Global Administrator')
    const displayName = { displayName: 'Changed' }
    const phone = { mobilePhone: '0612345678' }
    const secret = { passwordProfile: { password: 'correct horse battery' } }
    const off = { accountEnabled: false }
    const on = { accountEnabled: true }
    const rows: [RoleName, string, object, number, string?][] = [
      ['User Administrator', target.id, displayName, 204],
      ['User Administrator', boss.id, displayName, 204],
      ['User Administrator', boss.id, phone, 403, 'target_protected'],
      ['User Administrator', boss.id, { ...displayName, ...secret }, 403, 'target_protected'],
      ['User Administrator', boss.id, off, 403, 'target_protected'],
      ['User Administrator', boss.id, { userPrincipalName: `chief@${world.domain}` }, 403, 'target_protected'],
      ['Helpdesk Administrator', target.id, phone, 204],
      ['Helpdesk Administrator', target.id, secret, 204],
      ['Helpdesk Administrator', target.id, displayName, 403, 'role_missing'],
      ['Helpdesk Administrator', target.id, { ...phone, ...displayName }, 403, 'role_missing'],
      ['Helpdesk Administrator', target.id, off, 403, 'role_missing'],
      ['Authentication Administrator', target.id, off, 204],
      ['Authentication Administrator', target.id, on, 204],
      ['Privileged Authentication Administrator', boss.id, secret, 204],
      ['Groups Administrator', target.id, displayName, 403, 'role_missing'],
      ['Global Reader', target.id, displayName, 403, 'role_missing'],
      ['Global Administrator', boss.id, displayName, 204],
    ]
    for (const [role, id, body, status, code] of rows) {
      const client = await world.as(role)
      const answer = await client.patch(`/v1.0/users/${id}`, body)
      const name = `${role} ${JSON.stringify(body)}: ${answer.text}`
      assert.equal(answer.status, status, name)
      if (code) assert.equal(answer.body.error.details[0].code, code, name)
    }
  })

  test(`people change their own language and nothing else, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const bo = await world.person('bo')
    const herself = await world.signedIn(anna.id)

    assert.equal((await herself.patch('/v1.0/me', { preferredLanguage: 'sv' })).status, 204)
    assert.equal((await herself.get('/v1.0/me')).body.preferredLanguage, 'sv')
    const before = (await herself.get(`/v1.0/me?$select=${everything}`)).text
    const wishes = [
      { displayName: 'Queen' },
      { preferredLanguage: 'nl', displayName: 'Queen' },
      { mobilePhone: '0612345678' },
      { userPrincipalName: `queen@${world.domain}` },
      { userType: 'Member' },
      { usageLocation: 'SE' },
      { passwordProfile: { password: 'correct horse battery' } },
      { accountEnabled: false },
    ]
    for (const body of wishes) {
      const answer = await herself.patch('/v1.0/me', body)
      assert.equal(answer.status, 403, `${JSON.stringify(body)}: ${answer.text}`)
    }
    assert.equal((await herself.patch(`/v1.0/users/${bo.id}`, { preferredLanguage: 'sv' })).status, 403)
    assert.equal((await herself.get(`/v1.0/me?$select=${everything}`)).text, before)
    const events = await world.auditEvents()
    assert.equal(events.length, 1)
    assert.partialDeepStrictEqual(events[0], { activity: 'Update user', actor: { kind: 'person', id: anna.id } })
  })

  test(`nobody disables themselves or the last Global Administrator, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const only = await world.as('Global Administrator')
    const itself = await only.patch(`/v1.0/users/${only.id}`, { accountEnabled: false })
    assert.equal(itself.body.error.details[0].code, 'not_on_yourself', itself.text)
    assert.equal((await only.patch('/v1.0/me', { accountEnabled: false })).status, 403)
    assert.equal((await only.patch('/v1.0/me', { passwordProfile: { password: 'correct horse battery' } })).status, 403)

    const mighty = await world.as('Privileged Authentication Administrator')
    const last = await mighty.patch(`/v1.0/users/${only.id}`, { accountEnabled: false })
    assert.equal(last.status, 400, last.text)
    assert.equal(last.body.error.details[0].code, 'last_global_administrator')

    const second = await world.as('Global Administrator')
    const answers = await Promise.all([only.id, second.id].map((id) => mighty.patch(`/v1.0/users/${id}`, { accountEnabled: false })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 400], answers.map(({ text }) => text).join('\n'))

    const third = await world.as('Global Administrator')
    const fourth = await world.as('Global Administrator')
    const stays = answers[0]?.status === 400 ? only : second
    assert.equal((await third.patch(`/v1.0/users/${stays.id}`, { accountEnabled: false })).status, 204)
    const duel = await Promise.all([
      third.patch(`/v1.0/users/${fourth.id}`, { accountEnabled: false }),
      fourth.patch(`/v1.0/users/${third.id}`, { accountEnabled: false }),
    ])
    assert.equal(duel.filter(({ status }) => status === 204).length, 1, duel.map(({ text }) => text).join('\n'))
  })

  test(`a person of another organisation can neither be read nor changed nor deleted, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const stranger = await other.person('stranger')
    const ids = [stranger.id, stranger.userPrincipalName, 'nobody', '%00', '%27%20or%201=1--', '..%2f..', 'a'.repeat(400)]
    for (const id of ids) {
      assert.equal((await admin.get(`/v1.0/users/${id}`)).status, 404, id)
      assert.equal((await admin.patch(`/v1.0/users/${id}`, { displayName: 'Eve' })).status, 404, id)
      assert.equal((await admin.delete(`/v1.0/users/${id}`)).status, 404, id)
      assert.equal((await admin.post(`/v1.0/users/${id}/revokeSignInSessions`)).status, 404, id)
      assert.equal((await admin.get(`/v1.0/users/${id}/manager`)).status, 404, id)
      assert.equal((await admin.get(`/v1.0/users/${id}/directReports`)).status, 404, id)
      assert.equal((await admin.get(`/v1.0/directory/deletedItems/${id}`)).status, 404, id)
      assert.equal((await admin.post(`/v1.0/directory/deletedItems/${id}/restore`)).status, 404, id)
      assert.equal((await admin.delete(`/v1.0/directory/deletedItems/${id}`)).status, 404, id)
    }
    for (const id of ['%', '%zz', '%ff']) {
      assert.equal((await admin.get(`/v1.0/users/${id}`)).status, 404, id)
    }
    assert.deepEqual(await world.auditTrail(), [])
    assert.equal((await other.system.users.find(stranger.id))?.displayName, 'stranger')
    const token = await other.signedIn(stranger.id)
    assert.equal((await world.client(token.token).get(`/v1.0/users/${admin.id}`)).status, 404)
  })
}
