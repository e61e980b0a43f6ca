import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld } from '#test/world.ts'

const store12 = { displayName: 'Store 12', mailNickname: 'store12', mailEnabled: false, securityEnabled: true }
const eventual = { ConsistencyLevel: 'eventual' }

const unfit: readonly { because: string; body: object; code: string; property: string }[] = [
  { because: 'it gets mail', body: { ...store12, mailEnabled: true }, code: 'property_invalid', property: 'mailEnabled' },
  {
    because: 'it is no security group',
    body: { ...store12, securityEnabled: false },
    code: 'property_invalid',
    property: 'securityEnabled',
  },
  {
    because: 'it is a Microsoft 365 group',
    body: { ...store12, groupTypes: ['Unified'] },
    code: 'property_invalid',
    property: 'groupTypes',
  },
  {
    because: 'a rule would fill it',
    body: { ...store12, membershipRule: 'user.city -eq 1' },
    code: 'property_unknown',
    property: 'membershipRule',
  },
  { because: 'everybody could join', body: { ...store12, visibility: 'Public' }, code: 'property_invalid', property: 'visibility' },
  { because: 'it has no name', body: { ...store12, displayName: ' ' }, code: 'property_invalid', property: 'displayName' },
  {
    because: 'its nickname is missing',
    body: { ...store12, mailNickname: undefined },
    code: 'property_required',
    property: 'mailNickname',
  },
  {
    because: 'its nickname has a space',
    body: { ...store12, mailNickname: 'store 12' },
    code: 'property_invalid',
    property: 'mailNickname',
  },
  {
    because: 'it brings its own id',
    body: { ...store12, id: 'c4e39bd9-1100-46d3-8c65-fb160da0071f' },
    code: 'property_read_only',
    property: 'id',
  },
  { because: 'nobody is bound', body: { ...store12, 'members@odata.bind': [] }, code: 'property_invalid', property: 'members@odata.bind' },
  {
    because: 'twenty-one are bound',
    body: { ...store12, 'owners@odata.bind': Array.from({ length: 21 }, () => 'x/users/1') },
    code: 'property_invalid',
    property: 'owners@odata.bind',
  },
  {
    because: 'what is bound has no address',
    body: { ...store12, 'members@odata.bind': ['https://sesam.test/v1.0/users/'] },
    code: 'reference_invalid',
    property: 'members@odata.bind',
  },
]

for (const database of databases) {
  test(`a group is created, read, changed and deleted, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Groups Administrator')

    const created = await admin.post('/v1.0/groups', { ...store12, description: 'Everybody in store 12', groupTypes: [] })
    assert.equal(created.status, 201, created.text)
    const { id } = created.body
    assert.deepEqual(created.body, {
      '@odata.context': 'https://sesam.test/v1.0/$metadata#groups/$entity',
      id,
      deletedDateTime: null,
      createdDateTime: '2026-11-20T09:00:00.000Z',
      description: 'Everybody in store 12',
      displayName: 'Store 12',
      groupTypes: [],
      isAssignableToRole: false,
      mail: null,
      mailEnabled: false,
      mailNickname: 'store12',
      onPremisesSyncEnabled: null,
      securityEnabled: true,
      visibility: null,
    })

    const changed = await admin.patch(`/beta/groups/${id}`, { displayName: 'Store 13', description: null })
    assert.equal(changed.status, 204, changed.text)
    const read = await admin.get(`/v1.0/groups/${id.toUpperCase()}?$select=displayName,description`)
    assert.deepEqual(read.body, {
      '@odata.context': 'https://sesam.test/v1.0/$metadata#groups/$entity',
      id,
      displayName: 'Store 13',
      description: null,
    })

    assert.equal((await admin.delete(`/v1.0/groups/${id}`)).status, 204)
    assert.equal((await admin.get(`/v1.0/groups/${id}`)).status, 404)
    assert.equal((await admin.delete(`/v1.0/groups/${id}`)).status, 404)
    assert.deepEqual(await world.auditTrail(), ['Add group', 'Add owner to group', 'Update group', 'Delete group'])
  })

  test(`groups are found by what they are, page by page, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    await world.group('Store 12', { members: [anna] })
    await world.group('store 2')
    await world.group('Night shift')
    await world.group('Role holders', { isAssignableToRole: true })
    const reader = await world.signedIn(anna.id)
    const namesOf = async (query: string) => {
      const found = await reader.get(`/v1.0/groups?${query}`, eventual)
      assert.equal(found.status, 200, found.text)
      return found.body.value.map((group: { displayName: string }) => group.displayName)
    }

    assert.deepEqual(await namesOf('$filter=startsWith(displayName,%27STORE%27)'), ['Store 12', 'store 2'])
    assert.deepEqual(await namesOf('$filter=isAssignableToRole eq true'), ['Role holders'])
    assert.deepEqual(await namesOf("$filter=securityEnabled eq true and mailNickname eq 'store2'"), ['store 2'])
    assert.deepEqual(await namesOf('$filter=securityEnabled eq false or mailEnabled eq true'), [])
    assert.deepEqual(await namesOf("$filter=groupTypes/any(x:x eq 'Unified')"), [])
    assert.deepEqual(await namesOf("$filter=not(groupTypes/any(x:x eq 'Unified'))&$count=true&$top=2&$orderby=displayName desc"), [
      'store 2',
      'Store 12',
    ])
    assert.deepEqual(await namesOf('$search="displayName:shift"'), ['Night shift'])

    const first = await reader.get('/v1.0/groups?$top=3&$select=displayName&$expand=members&$count=true', eventual)
    assert.equal(first.status, 200, first.text)
    assert.equal(first.body['@odata.count'], 4)
    assert.deepEqual(
      first.body.value.map((group: { displayName: string; members: { id: string }[] }) => [
        group.displayName,
        group.members.map((member) => member.id),
      ]),
      [
        ['Night shift', []],
        ['Role holders', []],
        ['Store 12', [anna.id]],
      ],
    )
    const second = await reader.get(first.body['@odata.nextLink'], eventual)
    assert.deepEqual(
      second.body.value.map((group: { displayName: string }) => group.displayName),
      ['store 2'],
    )
    assert.equal(second.body['@odata.nextLink'], undefined)
    assert.equal((await reader.get('/v1.0/groups/$count')).text, '4')
    assert.equal((await reader.get("/v1.0/groups/$count?$filter=startsWith(displayName,'store')")).text, '2')
    assert.equal((await reader.get('/v1.0/groups?$filter=description eq 1')).status, 400)
  })

  test(`an expanded group shows its first twenty members, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const people = await Promise.all(Array.from({ length: 22 }, (_, number) => world.person(`person-${number}`)))
    const inner = await world.group('Inner')
    const group = await world.group('Store 12', { members: people })
    const small = await world.group('Small', { members: [inner] })
    const reader = await world.signedIn(people[0]?.id ?? '')

    const read = await reader.get(`/v1.0/groups/${group.id}?$expand=members&$select=id`)
    assert.equal(read.status, 200, read.text)
    const firstTwenty = people.map((person) => person.id).sort()
    assert.deepEqual(
      read.body.members.map((member: { id: string }) => member.id),
      firstTwenty.slice(0, 20),
    )
    assert.equal(read.body.members[0]['@odata.type'], '#microsoft.graph.user')
    const other = await reader.get(`/v1.0/groups/${small.id}?$expand=members`)
    assert.partialDeepStrictEqual(other.body, {
      members: [{ '@odata.type': '#microsoft.graph.group', id: inner.id, displayName: 'Inner' }],
    })
  })

  test(`what groups cannot be is refused in words, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Groups Administrator')
    for (const { because, body, code, property } of unfit) {
      const answer = await admin.post('/v1.0/groups', body)
      assert.equal(answer.status, 400, `${because}: ${answer.text}`)
      assert.equal(answer.body.error.details[0].code, code, because)
      assert.equal(answer.body.error.innerError.property, property, because)
    }
    const words = (await admin.post('/v1.0/groups', { ...store12, mailEnabled: true })).body.error.message
    assert.equal(words, '“mailEnabled” has a value that does not fit. Expected: false: only security groups exist here.')
    assert.equal((await admin.get('/v1.0/groups/$count')).text, '0')
    assert.deepEqual(await world.auditTrail(), [])
  })

  test(`a group of another organisation is not there, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using elsewhere = await startWorld(database)
    const foreign = await elsewhere.group('Foreign')
    const stranger = await elsewhere.person('stranger')
    const group = await world.group('Store 12')
    const admin = await world.as('Global Administrator')
    const ref = (id: string) => ({ '@odata.id': `https://sesam.test/v1.0/directoryObjects/${id}` })

    const answers = [
      await admin.get(`/v1.0/groups/${foreign.id}`),
      await admin.get(`/v1.0/groups/${foreign.id}/members`),
      await admin.patch(`/v1.0/groups/${foreign.id}`, { displayName: 'Mine' }),
      await admin.delete(`/v1.0/groups/${foreign.id}`),
      await admin.post(`/v1.0/groups/${group.id}/members/$ref`, ref(stranger.id)),
      await admin.post(`/v1.0/groups/${group.id}/members/$ref`, ref(foreign.id)),
      await admin.post(`/v1.0/groups/${group.id}/owners/$ref`, ref(stranger.id)),
      await admin.get('/v1.0/groups/store12'),
      await admin.get('/v1.0/groups/%00/members'),
    ]
    assert.deepEqual(
      answers.map(({ status, text }) => (status === 404 ? 404 : text)),
      answers.map(() => 404),
    )
    assert.equal((await elsewhere.system.groups.find(foreign.id))?.displayName, 'Foreign')
  })

  test(`members, owners and administrators change a group as far as each may, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const owner = await world.person('owner')
    const guest = await world.person('guest', { userType: 'Guest' })
    const group = await world.group('Store 12', { owners: [owner] })
    const other = await world.group('Store 13')
    const unit = await world.unit('Amsterdam', { members: [group] })
    const unitAdmin = await world.person('unit-admin')
    await world.giveRole(unitAdmin.id, 'Groups Administrator', { kind: 'unit', unitId: unit.id })
    const rename = (id: string) => ({ url: `/v1.0/groups/${id}`, body: { displayName: 'Renamed' } })
    const codeOf = async (client: Awaited<ReturnType<typeof world.as>>, id: string) => {
      const answer = await client.patch(rename(id).url, rename(id).body)
      return answer.status === 204 ? 204 : answer.body.error.details[0].code
    }

    const ordinary = await world.signedIn((await world.person('ordinary')).id)
    const helpdesk = await world.as('Helpdesk Administrator')
    assert.equal(await codeOf(ordinary, group.id), 'role_missing')
    assert.equal(await codeOf(helpdesk, group.id), 'role_missing')
    assert.equal(await codeOf(await world.signedIn(guest.id), group.id), 'role_missing')
    assert.equal(await codeOf(await world.signedIn(owner.id, { methods: ['pwd'] }), group.id), 204)
    assert.equal(await codeOf(await world.signedIn(owner.id), other.id), 'role_missing')
    assert.equal(await codeOf(await world.signedIn(unitAdmin.id), group.id), 204)
    assert.equal(await codeOf(await world.signedIn(unitAdmin.id), other.id), 'group_out_of_reach')
    assert.equal(await codeOf(await world.signedIn(unitAdmin.id, { methods: ['pwd'] }), group.id), 'stronger_sign_in_needed')
    assert.equal(await codeOf(await world.as('User Administrator'), other.id), 204)
    assert.equal((await ordinary.post('/v1.0/groups', store12)).status, 403)
    assert.equal((await (await world.signedIn(unitAdmin.id)).post('/v1.0/groups', store12)).status, 403)

    const onlyMembers = await world.signedIn(owner.id, { scopes: ['GroupMember.ReadWrite.All'] })
    assert.equal(await codeOf(onlyMembers, group.id), 'scope_missing')
    const bound = await onlyMembers.patch(`/v1.0/groups/${group.id}`, {
      'members@odata.bind': [`https://sesam.test/v1.0/users/${guest.id}`],
    })
    assert.equal(bound.status, 204, bound.text)
  })

  test(`a group under restricted management obeys only who manages its unit, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const owner = await world.person('owner')
    const group = await world.group('Board', { owners: [owner] })
    const open = await world.unit('Open', { members: [group] })
    const restricted = await world.unit('Restricted', { members: [group], isRestricted: true })
    const overOpen = await world.person('over-open')
    const overRestricted = await world.person('over-restricted')
    await world.giveRole(overOpen.id, 'Groups Administrator', { kind: 'unit', unitId: open.id })
    await world.giveRole(overRestricted.id, 'Groups Administrator', { kind: 'unit', unitId: restricted.id })
    const statusFor = async (client: Awaited<ReturnType<typeof world.as>>) =>
      (await client.patch(`/v1.0/groups/${group.id}`, { description: 'tried' })).status

    assert.equal(await statusFor(await world.signedIn(owner.id)), 403)
    assert.equal(await statusFor(await world.signedIn(overOpen.id)), 403)
    assert.equal(await statusFor(await world.as('Groups Administrator')), 403)
    assert.equal(await statusFor(await world.signedIn(overRestricted.id)), 204)
    assert.equal(await statusFor(await world.as('Global Administrator')), 204)
  })

  test(`a deleted group leaves nothing behind that points at it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const inner = await world.group('Inner', { members: [anna], isAssignableToRole: true })
    const outer = await world.group('Outer', { members: [inner] })
    const unit = await world.unit('Amsterdam', { members: [inner] })
    await world.giveRole(inner.id, 'Reports Reader', { kind: 'tenant' }, 'group')
    const admin = await world.as('Global Administrator')

    assert.equal((await admin.delete(`/v1.0/groups/${inner.id}`)).status, 204)
    assert.deepEqual((await admin.get(`/v1.0/users/${anna.id}/transitiveMemberOf`)).body.value, [])
    assert.equal((await admin.get(`/v1.0/groups/${outer.id}/members/$count`)).text, '0')
    assert.equal((await admin.get(`/v1.0/directory/administrativeUnits/${unit.id}/members/$count`)).text, '0')
    assert.deepEqual((await world.system.authority.targetOf(anna.id)).roles, [])
  })
}
