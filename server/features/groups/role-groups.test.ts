import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everyScope } from '#server/domain/permissions.ts'
import { databases, startWorld, type TestAnswer } from '#test/world.ts'

const body = { displayName: 'Shift leaders', mailNickname: 'leaders', mailEnabled: false, securityEnabled: true, isAssignableToRole: true }
const ref = (id: string) => ({ '@odata.id': `https://sesam.test/v1.0/directoryObjects/${id}` })
const codeOf = ({ status, body: answered }: TestAnswer) => (status < 300 ? status : answered.error.details[0].code)

for (const database of databases) {
  test(`only who may give roles makes a group that can hold them, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const giver = await world.as('Privileged Role Administrator')

    for (const role of ['Groups Administrator', 'User Administrator'] as const) {
      assert.equal(codeOf(await (await world.as(role)).post('/v1.0/groups', body)), 'role_missing')
    }
    assert.equal(codeOf(await giver.post('/v1.0/groups', { ...body, isAssignableToRole: false })), 'role_missing')
    const created = await giver.post('/v1.0/groups', { ...body, 'members@odata.bind': [ref(anna.id)['@odata.id']] })
    assert.equal(created.status, 201, created.text)
    assert.partialDeepStrictEqual(created.body, { isAssignableToRole: true, visibility: 'Private' })
    assert.deepEqual((await giver.get(`/v1.0/groups/${created.body.id}/owners`)).body.value, [])
    assert.equal((await giver.get(`/v1.0/groups/${created.body.id}/members/$count`)).text, '1')

    for (const bound of ['members@odata.bind', 'owners@odata.bind']) {
      assert.equal(codeOf(await giver.post('/v1.0/groups', { ...body, [bound]: [ref(giver.id)['@odata.id']] })), 'not_on_yourself')
    }
    const weakApp = await world.signedIn(giver.id, { scopes: everyScope.filter((scope) => scope !== 'RoleManagement.ReadWrite.Directory') })
    assert.equal(codeOf(await weakApp.post('/v1.0/groups', body)), 'scope_missing')
    // Behind the door only one of the two is asked for, and only that one is named.
    const { error: noScope } = (await weakApp.post('/v1.0/groups', body)).body
    assert.equal(noScope.message, 'The token lacks one of the scopes: RoleManagement.ReadWrite.Directory.')
    assert.equal(noScope.innerError.roles, undefined)
    const { error: noRole } = (await (await world.as('Groups Administrator')).post('/v1.0/groups', body)).body
    assert.equal(noRole.message, 'This needs one of the roles: Privileged Role Administrator, Global Administrator.')
    assert.equal(noRole.innerError.scopes, undefined)
    assert.equal(codeOf(await giver.patch(`/v1.0/groups/${created.body.id}`, { isAssignableToRole: false })), 'property_read_only')
    assert.equal((await giver.get('/v1.0/groups/$count')).text, '1')
  })

  test(`who is in a group that holds roles is decided by who may give roles, and by nobody for themselves, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const [anna, bas, owner] = [await world.person('anna'), await world.person('bas'), await world.person('owner')]
    const group = await world.group('Leaders', { members: [anna], owners: [owner, anna], isAssignableToRole: true })
    const groupUrl = `/v1.0/groups/${group.id}`
    const giver = await world.as('Privileged Role Administrator')

    for (const client of [await world.signedIn(owner.id), await world.as('Groups Administrator'), await world.as('User Administrator')]) {
      assert.equal(codeOf(await client.post(`${groupUrl}/members/$ref`, ref(bas.id))), 'role_missing')
      assert.equal(codeOf(await client.delete(`${groupUrl}/members/${anna.id}/$ref`)), 'role_missing')
      assert.equal(codeOf(await client.post(`${groupUrl}/owners/$ref`, ref(bas.id))), 'role_missing')
      assert.equal(codeOf(await client.delete(`${groupUrl}/owners/${anna.id}/$ref`)), 'role_missing')
      assert.equal(codeOf(await client.patch(groupUrl, { displayName: 'Mine' })), 'role_missing')
      assert.equal(codeOf(await client.patch(groupUrl, { 'members@odata.bind': [ref(bas.id)['@odata.id']] })), 'role_missing')
      assert.equal(codeOf(await client.delete(groupUrl)), client.id === owner.id ? 'not_on_yourself' : 'role_missing')
    }
    for (const path of ['members', 'owners']) {
      assert.equal(codeOf(await giver.post(`${groupUrl}/${path}/$ref`, ref(giver.id))), 'not_on_yourself')
      assert.equal(codeOf(await giver.post(`${groupUrl}/${path}/$ref`, ref(bas.id))), 204)
    }
    assert.equal(codeOf(await giver.patch(groupUrl, { 'members@odata.bind': [ref(giver.id)['@odata.id']] })), 'not_on_yourself')
    assert.equal(codeOf(await giver.delete(`${groupUrl}/members/${anna.id}/$ref`)), 204)
    assert.equal(codeOf(await giver.delete(`${groupUrl}/owners/${anna.id}/$ref`)), 204)
    assert.equal(codeOf(await giver.patch(groupUrl, { displayName: 'Renamed' })), 204)
    const once = await world.signedIn(giver.id, { methods: ['pwd'] })
    assert.equal(codeOf(await once.delete(groupUrl)), 'stronger_sign_in_needed')
    assert.equal(codeOf(await giver.delete(groupUrl)), 204)
  })

  test(`a group that holds roles has no groups in it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const inner = await world.group('Inner')
    const group = await world.group('Leaders', { isAssignableToRole: true })
    const giver = await world.as('Global Administrator')

    const bound = [ref(inner.id)['@odata.id']]
    for (const answer of [
      await giver.post(`/v1.0/groups/${group.id}/members/$ref`, ref(inner.id)),
      await giver.patch(`/v1.0/groups/${group.id}`, { 'members@odata.bind': bound }),
      await giver.post('/v1.0/groups', { ...body, 'members@odata.bind': bound }),
    ]) {
      assert.equal(answer.status, 400, answer.text)
      assert.equal(codeOf(answer), 'role_group_takes_no_groups')
    }
    assert.equal(codeOf(await giver.post(`/v1.0/groups/${inner.id}/members/$ref`, ref(group.id))), 204, 'the other way round is harmless')
  })

  test(`whoever is in or owns a group that holds roles does not delete it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const member = await world.as('Privileged Role Administrator')
    const owner = await world.as('Privileged Role Administrator')
    const group = await world.group('Leaders', { members: [member], owners: [owner], isAssignableToRole: true })
    for (const client of [member, owner]) assert.equal(codeOf(await client.delete(`/v1.0/groups/${group.id}`)), 'not_on_yourself')
    assert.equal(codeOf(await member.delete(`/v1.0/groups/${group.id}/members/${member.id}/$ref`)), 'not_on_yourself')
    assert.equal(codeOf(await owner.delete(`/v1.0/groups/${group.id}/owners/${owner.id}/$ref`)), 'not_on_yourself')
  })

  test(`the last Global Administrator does not vanish with a group, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const asleep = await world.person('asleep', { accountEnabled: false })
    const group = await world.group('Chiefs', { members: [anna, asleep], isAssignableToRole: true })
    await world.giveRole(group.id, 'Global Administrator', { kind: 'tenant' }, 'group')
    const giver = await world.as('Privileged Role Administrator')

    assert.equal(codeOf(await giver.delete(`/v1.0/groups/${group.id}/members/${anna.id}/$ref`)), 'last_global_administrator')
    assert.equal(codeOf(await giver.delete(`/v1.0/groups/${group.id}`)), 'last_global_administrator')
    assert.equal(codeOf(await giver.delete(`/v1.0/groups/${group.id}/members/${asleep.id}/$ref`)), 204)

    await world.giveRole(anna.id, 'Global Administrator')
    assert.equal(codeOf(await giver.delete(`/v1.0/groups/${group.id}/members/${anna.id}/$ref`)), 204, 'she has the role by herself too')
    assert.equal(codeOf(await giver.delete(`/v1.0/groups/${group.id}`)), 204)
  })

  test(`of two Global Administrators taken out at the same moment one stays, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const [anna, bas] = [await world.person('anna'), await world.person('bas')]
    const one = await world.group('One', { members: [anna], isAssignableToRole: true })
    const other = await world.group('Other', { members: [bas], isAssignableToRole: true })
    for (const group of [one, other]) await world.giveRole(group.id, 'Global Administrator', { kind: 'tenant' }, 'group')
    const giver = await world.as('Privileged Role Administrator')

    const answers = await Promise.all([
      giver.delete(`/v1.0/groups/${one.id}/members/${anna.id}/$ref`),
      giver.delete(`/v1.0/groups/${other.id}`),
    ])
    assert.deepEqual(answers.map(codeOf).sort(), [204, 'last_global_administrator'])
    assert.equal(await world.system.roles.leavesNoGlobalAdministrator([anna.id, bas.id]), true, 'one of them is still there')
  })
}
