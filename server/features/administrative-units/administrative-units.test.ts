import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { type Client, databases, startWorld, type TestAnswer } from '#test/world.ts'

const units = '/v1.0/directory/administrativeUnits'
const ref = (id: string) => ({ '@odata.id': `https://sesam.test/v1.0/users/${id}` })
const codeOf = ({ status, body }: TestAnswer) => (status < 300 ? status : body.error.details[0].code)

for (const database of databases) {
  test(`a unit is created, read, changed and deleted, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Privileged Role Administrator')

    const created = await admin.post(units, { displayName: 'Amsterdam', description: 'All stores', visibility: 'Public' })
    assert.equal(created.status, 201, created.text)
    const { id } = created.body
    const whole = {
      '@odata.context': 'https://sesam.test/v1.0/$metadata#directory/administrativeUnits/$entity',
      id,
      deletedDateTime: null,
      description: 'All stores',
      displayName: 'Amsterdam',
      isMemberManagementRestricted: false,
      membershipRule: null,
      membershipRuleProcessingState: null,
      membershipType: null,
      visibility: 'Public',
    }
    assert.deepEqual(created.body, whole)
    assert.deepEqual((await admin.get(`${units}/${id}`)).body, whole)

    assert.equal(codeOf(await admin.patch(`${units}/${id}`, { displayName: 'Utrecht', description: null, visibility: null })), 204)
    const read = await admin.get(`${units}/${id}?$select=displayName,description,visibility`)
    assert.partialDeepStrictEqual(read.body, { displayName: 'Utrecht', description: null, visibility: null })
    assert.equal(codeOf(await admin.delete(`${units}/${id}`)), 204)
    assert.equal(codeOf(await admin.delete(`${units}/${id}`)), 'object_not_found')
    assert.equal(codeOf(await admin.patch(`${units}/${id}`, { displayName: 'Gone' })), 'object_not_found')
    assert.deepEqual(await world.auditTrail(), ['Add administrative unit', 'Update administrative unit', 'Delete administrative unit'])
  })

  test(`what a unit cannot be is refused, and only who may give roles changes one, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const unit = await world.unit('Amsterdam')
    const admin = await world.as('Global Administrator')
    for (const wrong of [
      {},
      { displayName: '' },
      { displayName: 'A', visibility: 'Secret' },
      { displayName: 'A', membershipType: 'Dynamic' },
      { displayName: 'A', membershipRule: 'user.city -eq 1' },
      { displayName: 'A', isMemberManagementRestricted: 'yes' },
      { displayName: 'A', id: randomUUID() },
    ]) {
      assert.equal((await admin.post(units, wrong)).status, 400, JSON.stringify(wrong))
    }
    assert.equal(codeOf(await admin.patch(`${units}/${unit.id}`, { isMemberManagementRestricted: true })), 'property_read_only')
    for (const role of ['User Administrator', 'Groups Administrator', 'Global Reader'] as const) {
      const other = await world.as(role)
      assert.equal(codeOf(await other.post(units, { displayName: 'A' })), 'role_missing')
      assert.equal(codeOf(await other.post(`${units}/${unit.id}/members/$ref`, ref(other.id))), 'role_missing')
      assert.equal(codeOf(await other.delete(`${units}/${unit.id}`)), 'role_missing')
    }
    assert.equal(codeOf(await admin.get(`${units}/amsterdam`)), 'object_not_found')
    assert.deepEqual(await world.auditTrail(), [])
  })

  test(`units are found by name and kind, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    for (const name of ['Rotterdam', 'amsterdam', 'Utrecht']) await world.unit(name)
    await world.unit('Board', { isRestricted: true, visibility: 'HiddenMembership' })
    const reader = await world.signedIn((await world.person('anna')).id)
    const namesOf = async (query: string) => {
      const found = await reader.get(`${units}?$select=displayName&${query}`, { ConsistencyLevel: 'eventual' })
      assert.equal(found.status, 200, found.text)
      return found.body.value.map((unit: { displayName: string }) => unit.displayName)
    }
    assert.deepEqual(await namesOf(''), ['amsterdam', 'Board', 'Rotterdam', 'Utrecht'])
    assert.deepEqual(await namesOf("$filter=displayName eq 'AMSTERDAM'"), ['amsterdam'])
    assert.deepEqual(await namesOf("$filter=visibility eq 'HiddenMembership' and isMemberManagementRestricted eq true"), ['Board'])
    assert.deepEqual(await namesOf('$search="displayName:rott"'), ['Rotterdam'])
    assert.deepEqual(await namesOf('$top=2&$orderby=displayName desc'), ['Utrecht', 'Rotterdam'])
    assert.equal((await reader.get(`${units}/$count`)).text, '4')
  })

  test(`people and groups enter and leave a unit, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const group = await world.group('Store 12')
    const unit = await world.unit('Amsterdam')
    const admin = await world.as('Privileged Role Administrator')
    const members = `${units}/${unit.id}/members`

    const added = await Promise.all([anna, group, anna].map(({ id }) => admin.post(`${members}/$ref`, ref(id))))
    assert.deepEqual(added.map(codeOf).sort(), [204, 204, 'reference_exists'])
    assert.equal(codeOf(await admin.post(`${members}/$ref`, ref(randomUUID()))), 'object_not_found')
    assert.equal(codeOf(await admin.post(`${members}/$ref`, ref(unit.id))), 'object_not_found')
    assert.equal(codeOf(await admin.post(`${members}/$ref`, ref('anna'))), 'reference_invalid')

    const read = await admin.get(`${members}?$select=id,displayName&$orderby=displayName`)
    assert.deepEqual(read.body.value, [
      { '@odata.type': '#microsoft.graph.user', id: anna.id, displayName: 'anna' },
      { '@odata.type': '#microsoft.graph.group', id: group.id, displayName: 'Store 12' },
    ])
    assert.equal((await admin.get(`${members}/microsoft.graph.user/$count`)).text, '1')
    assert.equal((await admin.get(`${members}/$ref`)).body.value.length, 2)
    const one = await admin.get(`${members}/${anna.id}?$select=displayName`)
    assert.partialDeepStrictEqual(one.body, { '@odata.type': '#microsoft.graph.user', id: anna.id, displayName: 'anna' })
    assert.equal(codeOf(await admin.get(`${members}/${admin.id}`)), 'object_not_found')
    const memberOf = await admin.get(`/v1.0/users/${anna.id}/memberOf`)
    assert.partialDeepStrictEqual(memberOf.body.value, [{ '@odata.type': '#microsoft.graph.administrativeUnit', id: unit.id }])

    assert.equal(codeOf(await admin.delete(`${members}/${group.id}/$ref`)), 204)
    assert.equal(codeOf(await admin.delete(`${members}/${group.id}/$ref`)), 'object_not_found')
    const activities = ['Add member', 'Add member', 'Remove member']
    assert.deepEqual(
      await world.auditTrail(),
      activities.map((activity) => `${activity} ${activity.startsWith('Add') ? 'to' : 'from'} administrative unit`),
    )
  })

  test(`hidden members are seen from inside the unit and from above, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const [anna, bas, leader] = [await world.person('anna'), await world.person('bas'), await world.person('leader')]
    const unit = await world.unit('Witnesses', { members: [anna, bas], visibility: 'HiddenMembership' })
    await world.giveRole(leader.id, 'Authentication Administrator', { kind: 'unit', unitId: unit.id })
    const outsider = await world.signedIn((await world.person('outsider')).id)
    const members = `${units}/${unit.id}/members`
    const unitsOfAnna = async (client: Client) => {
      const paths = ['memberOf', 'transitiveMemberOf'].map((name) => `/v1.0/users/${anna.id}/${name}?$select=id`)
      const lists = await Promise.all(paths.map((path) => client.get(path)))
      const ids = await client.post(`/v1.0/users/${anna.id}/getMemberObjects`, { securityEnabledOnly: false })
      return [...lists.map(({ body }) => body.value.length), ids.body.value.length]
    }

    assert.equal(codeOf(await outsider.get(`${units}/${unit.id}`)), 200)
    for (const path of ['', '/$ref', '/$count', `/${anna.id}`, '/microsoft.graph.user'])
      assert.equal(codeOf(await outsider.get(members + path)), 'members_hidden', path)
    assert.deepEqual(await unitsOfAnna(outsider), [0, 0, 0])
    for (const client of [await world.signedIn(bas.id), await world.signedIn(leader.id), await world.as('Global Reader')]) {
      assert.equal(codeOf(await client.get(members)), 200)
      assert.deepEqual(await unitsOfAnna(client), [1, 1, 1])
    }
    const own = await (await world.signedIn(anna.id)).get('/v1.0/me/memberOf/microsoft.graph.administrativeUnit')
    assert.deepEqual(
      own.body.value.map((found: { id: string }) => found.id),
      [unit.id],
    )
  })

  test(`a deleted unit takes the roles over it along, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const leader = await world.person('leader')
    const unit = await world.unit('Amsterdam', { members: [anna] })
    await world.giveRole(leader.id, 'User Administrator', { kind: 'unit', unitId: unit.id })
    const admin = await world.as('Global Administrator')

    assert.equal((await world.system.authority.targetOf(leader.id)).roles.length, 1)
    assert.equal(codeOf(await admin.delete(`${units}/${unit.id}`)), 204)
    assert.deepEqual((await world.system.authority.targetOf(leader.id)).roles, [])
    assert.deepEqual((await world.system.authority.targetOf(anna.id)).unitIds, [])
  })
}
