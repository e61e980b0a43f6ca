import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { databases, startWorld } from '#test/world.ts'

const ref = (id: string, kind = 'directoryObjects') => ({ '@odata.id': `https://graph.microsoft.com/v1.0/${kind}/${id}` })
const eventual = { ConsistencyLevel: 'eventual' }

for (const database of databases) {
  test(`people and groups join and leave a group, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna', { displayName: 'Anna de Vries' })
    const inner = await world.group('Night shift')
    const group = await world.group('Store 12')
    const admin = await world.as('Groups Administrator')
    const members = `/v1.0/groups/${group.id}/members`

    for (const body of [ref(anna.id, 'users'), ref(inner.id, 'groups')]) {
      const added = await admin.post(`${members}/$ref`, body)
      assert.equal(added.status, 204, added.text)
    }
    const twice = await admin.post(`${members}/$ref`, ref(anna.id))
    assert.equal(twice.status, 400, twice.text)
    assert.partialDeepStrictEqual(twice.body.error, { code: 'Request_BadRequest', details: [{ code: 'reference_exists' }] })

    const read = await admin.get(`${members}?$select=id,displayName,userPrincipalName,securityEnabled&$orderby=displayName`)
    assert.equal(read.status, 200, read.text)
    assert.deepEqual(read.body, {
      '@odata.context': 'https://sesam.test/v1.0/$metadata#directoryObjects',
      value: [
        { '@odata.type': '#microsoft.graph.user', id: anna.id, displayName: 'Anna de Vries', userPrincipalName: anna.userPrincipalName },
        { '@odata.type': '#microsoft.graph.group', id: inner.id, displayName: 'Night shift', securityEnabled: true },
      ],
    })
    const addresses = await admin.get(`${members}/$ref?$orderby=displayName`)
    assert.deepEqual(addresses.body, {
      '@odata.context': 'https://sesam.test/v1.0/$metadata#Collection($ref)',
      value: [anna, inner].map(({ id }) => ({ '@odata.id': `https://sesam.test/v1.0/directoryObjects/${id}` })),
    })
    const people = await admin.get(`${members}/microsoft.graph.user?$select=id`)
    assert.equal(people.body['@odata.context'], 'https://sesam.test/v1.0/$metadata#users')
    assert.deepEqual(
      people.body.value.map((person: { id: string }) => person.id),
      [anna.id],
    )
    assert.equal((await admin.get(`${members}/$count`, eventual)).text, '2')
    assert.equal((await admin.get(`${members}/microsoft.graph.group/$count`)).text, '1')

    assert.equal((await admin.delete(`${members}/${anna.id.toUpperCase()}/$ref`)).status, 204)
    assert.equal((await admin.delete(`${members}/${anna.id}/$ref`)).status, 404)
    assert.deepEqual(await world.auditTrail(), ['Add member to group', 'Add member to group', 'Remove member from group'])
    const noQuery = { filter: undefined, search: undefined, orderBy: undefined, select: undefined, expand: [], top: 1, count: false }
    const [event] = (await world.system.audit.list({ ...noQuery, after: undefined })).items
    assert.partialDeepStrictEqual(event, {
      category: 'GroupManagement',
      operation: 'Unassign',
      targets: [
        { id: anna.id, kind: 'User', displayName: 'Anna de Vries', userPrincipalName: anna.userPrincipalName },
        { id: group.id, kind: 'Group', displayName: 'Store 12' },
      ],
    })
  })

  test(`a long list of members is told page by page, also while it changes, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const people = await Promise.all(Array.from({ length: 25 }, (_, number) => world.person(`person-${String(number).padStart(2, '0')}`)))
    const inner = await world.group('Z inner', { members: people.slice(20) })
    const group = await world.group('Store 12', { members: [...people.slice(0, 20), inner] })
    const reader = await world.as('Groups Administrator')
    const walk = async (start: string) => {
      const ids: string[] = []
      for (let url: string | undefined = start; url; ) {
        const page = await reader.get(url, eventual)
        assert.equal(page.status, 200, page.text)
        ids.push(...page.body.value.map((member: { id: string }) => member.id))
        url = page.body['@odata.nextLink']
      }
      return ids
    }

    assert.deepEqual(await walk(`/v1.0/groups/${group.id}/members?$top=6`), [...people.slice(0, 20), inner].map(({ id }) => id).sort())
    assert.deepEqual(
      await walk(`/v1.0/groups/${group.id}/transitiveMembers?$top=7&$orderby=displayName`),
      [...people, inner].map(({ id }) => id),
    )
    assert.deepEqual(await walk(`/v1.0/groups/${group.id}/transitiveMembers?$filter=startsWith(displayName,'person-2')&$top=2`), [
      ...people.slice(20).map(({ id }) => id),
    ])
    assert.equal((await reader.get(`/v1.0/groups/${group.id}/transitiveMembers/$count`)).text, '26')

    const first = await reader.get(`/v1.0/groups/${group.id}/members?$top=6&$count=true`, eventual)
    assert.equal(first.body['@odata.count'], 21)
    await world.system.inTransaction(({ groupMembers }) => groupMembers.remove(group.id, first.body.value[5].id))
    const rest = await walk(first.body['@odata.nextLink'])
    assert.equal(rest.length, 15)
  })

  test(`up to twenty members are bound at once, all or none, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const people = await Promise.all(Array.from({ length: 21 }, (_, number) => world.person(`person-${number}`)))
    const group = await world.group('Store 12')
    const admin = await world.as('Groups Administrator')
    const bind = (ids: readonly string[], more: object = {}) =>
      admin.patch(`/v1.0/groups/${group.id}`, { ...more, 'members@odata.bind': ids.map((id) => `https://sesam.test/v1.0/users/${id}`) })
    const ids = people.map((person) => person.id)
    const count = async () => (await admin.get(`/v1.0/groups/${group.id}/members/$count`)).text

    assert.equal((await bind(ids)).status, 400)
    assert.equal((await bind([])).status, 400)
    assert.equal((await bind([...ids.slice(0, 3), randomUUID()], { displayName: 'Renamed' })).status, 404)
    assert.equal((await bind([...ids.slice(0, 3), ids[0] ?? ''])).status, 400)
    assert.equal(await count(), '0')
    assert.equal((await world.system.groups.find(group.id))?.displayName, 'Store 12')
    assert.deepEqual(await world.auditTrail(), [])

    const bound = await bind(ids.slice(0, 20), { displayName: 'Renamed' })
    assert.equal(bound.status, 204, bound.text)
    assert.equal(await count(), '20')
    assert.equal((await bind(ids.slice(19))).status, 400)
    assert.equal(await count(), '20')
    assert.deepEqual(await world.auditTrail(), ['Update group', ...Array.from({ length: 20 }, () => 'Add member to group')])
  })

  test(`a group begins with the members and owners it was given, or with its maker as owner, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const inner = await world.group('Inner')
    const admin = await world.as('Groups Administrator')
    const body = { displayName: 'Store 12', mailNickname: 'store12', mailEnabled: false, securityEnabled: true }
    const idsAt = async (path: string) =>
      (await admin.get(path)).body.value
        .map((member: { id: string }) => member.id)
        .sort((one: string, other: string) => (one < other ? -1 : 1))

    const created = await admin.post('/v1.0/groups', {
      ...body,
      'owners@odata.bind': [`https://sesam.test/v1.0/users/${anna.id}`],
      'members@odata.bind': [anna, inner].map(({ id }) => `https://sesam.test/v1.0/directoryObjects/${id}`),
    })
    assert.equal(created.status, 201, created.text)
    assert.deepEqual(await idsAt(`/v1.0/groups/${created.body.id}/owners`), [anna.id])
    assert.deepEqual(await idsAt(`/v1.0/groups/${created.body.id}/members`), [anna.id, inner.id].sort())

    const plain = await admin.post('/v1.0/groups', body)
    assert.deepEqual(await idsAt(`/v1.0/groups/${plain.body.id}/owners`), [admin.id])
    const owned = await admin.post('/v1.0/groups', { ...body, 'owners@odata.bind': [`https://sesam.test/v1.0/groups/${inner.id}`] })
    assert.equal(owned.status, 400, owned.text)
    assert.equal(owned.body.error.details[0].code, 'owner_not_person')
    assert.equal((await admin.get('/v1.0/groups/$count')).text, '3')
  })

  test(`an owner looks after members and owners, and a last owner stays, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const [anna, bas, cees] = [await world.person('anna'), await world.person('bas'), await world.person('cees')]
    const group = await world.group('Store 12', { owners: [anna] })
    const owner = await world.signedIn(anna.id)
    const groupUrl = `/v1.0/groups/${group.id}`

    assert.equal((await owner.post(`${groupUrl}/members/$ref`, ref(cees.id))).status, 204)
    assert.equal((await owner.delete(`${groupUrl}/members/${cees.id}/$ref`)).status, 204)
    const alone = await owner.delete(`${groupUrl}/owners/${anna.id}/$ref`)
    assert.equal(alone.status, 400, alone.text)
    assert.equal(alone.body.error.details[0].code, 'last_owner')
    assert.equal((await owner.post(`${groupUrl}/owners/$ref`, ref(bas.id))).status, 204)
    assert.equal((await owner.post(`${groupUrl}/owners/$ref`, ref(bas.id))).status, 400)
    assert.equal((await owner.post(`${groupUrl}/owners/$ref`, ref(group.id))).body.error.details[0].code, 'owner_not_person')
    assert.equal((await owner.delete(`${groupUrl}/owners/${cees.id}/$ref`)).status, 404)
    assert.equal((await owner.get(`${groupUrl}/owners/$count`)).text, '2')

    const leaving = [anna, bas].map(({ id }) => owner.delete(`${groupUrl}/owners/${id}/$ref`))
    const statuses = (await Promise.all(leaving)).map(({ status }) => status).sort()
    assert.equal(statuses.filter((status) => status === 204).length, 1, String(statuses))
    const trail = await world.auditTrail()
    assert.deepEqual(trail, ['Add member to group', 'Remove member from group', 'Add owner to group', 'Remove owner from group'])
    assert.equal((await world.system.groupMembers.ownerIds(group.id)).length, 1)
  })

  test(`a deleted person is in no list and no count, and comes back when restored, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const bas = await world.person('bas')
    const group = await world.group('Store 12', { members: [anna, bas], owners: [anna] })
    const unit = await world.unit('Amsterdam', { members: [anna, bas] })
    const admin = await world.as('Global Administrator')
    const lists = [
      `/v1.0/groups/${group.id}/members`,
      `/v1.0/groups/${group.id}/transitiveMembers`,
      `/v1.0/groups/${group.id}/owners`,
      `/v1.0/directory/administrativeUnits/${unit.id}/members`,
    ]
    const counts = async () => Promise.all(lists.map(async (path) => Number((await admin.get(`${path}/$count`)).text)))
    const lengths = async () => Promise.all(lists.map(async (path) => (await admin.get(path)).body.value.length))

    assert.deepEqual(await counts(), [2, 2, 1, 2])
    assert.equal((await admin.delete(`/v1.0/users/${anna.id}`)).status, 204)
    assert.deepEqual(await counts(), [1, 1, 0, 1])
    assert.deepEqual(await lengths(), [1, 1, 0, 1])
    assert.equal((await admin.get(`/v1.0/groups/${group.id}?$expand=members`)).body.members.length, 1)
    assert.equal((await admin.post(`/v1.0/groups/${group.id}/members/$ref`, ref(anna.id))).status, 404)
    assert.equal((await admin.delete(`/v1.0/groups/${group.id}/members/${anna.id}/$ref`)).status, 404)
    assert.equal((await admin.get(`/v1.0/users/${anna.id}/memberOf`)).status, 404)

    assert.equal((await admin.post(`/v1.0/directory/deletedItems/${anna.id}/restore`, {})).status, 200)
    assert.deepEqual(await counts(), [2, 2, 1, 2])
  })

  test(`the same member added by many at once is added once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const group = await world.group('Store 12')
    const admin = await world.as('Groups Administrator')

    const added = await Promise.all(Array.from({ length: 6 }, () => admin.post(`/v1.0/groups/${group.id}/members/$ref`, ref(anna.id))))
    assert.deepEqual(added.map(({ status }) => status).sort(), [204, 400, 400, 400, 400, 400])
    assert.deepEqual(await world.auditTrail(), ['Add member to group'])
  })

  test(`a reference that points nowhere is refused in words, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const group = await world.group('Store 12')
    const unit = await world.unit('Amsterdam')
    const admin = await world.as('Global Administrator')
    const wrong: readonly [body: unknown, status: number][] = [
      [ref(randomUUID()), 404],
      [ref(unit.id), 404],
      [ref('c4e39bd9-1100-46d3-8c65-fb160da0071f'), 404],
      [ref('anna'), 400],
      [ref(randomUUID(), 'devices'), 400],
      [{ '@odata.id': '' }, 400],
      [{ '@odata.id': randomUUID() }, 400],
      [{ '@odata.id': 7 }, 400],
      [{ id: randomUUID() }, 400],
      [[ref(randomUUID())], 400],
      [{}, 400],
      [undefined, 400],
    ]
    for (const kind of ['members', 'owners']) {
      for (const [body, status] of wrong) {
        const answer = await admin.post(`/v1.0/groups/${group.id}/${kind}/$ref`, body)
        assert.equal(answer.status, status, `${kind} ${JSON.stringify(body)}: ${answer.text}`)
      }
      for (const id of ['anna', randomUUID(), '%00']) {
        assert.equal((await admin.delete(`/v1.0/groups/${group.id}/${kind}/${id}/$ref`)).status, 404, id)
      }
    }
    assert.deepEqual(await world.auditTrail(), [])
  })
}
