import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { roleIdOf } from '#server/domain/roles.ts'
import { databases, startWorld, type TestAnswer } from '#test/world.ts'

const reportsReader = roleIdOf('Reports Reader')
const guestInviter = roleIdOf('Guest Inviter')
const sorted = (ids: readonly string[]) => ids.toSorted((one, other) => (one < other ? -1 : 1))
const idsIn = ({ body }: TestAnswer) => sorted(body.value.map((found: { id: string }) => found.id))

for (const database of databases) {
  test(`groups, roles and units stand side by side in memberOf, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const team = await world.group('Team', { members: [anna], isAssignableToRole: true })
    const all = await world.group('All', { members: [team] })
    const unit = await world.unit('Amsterdam', { members: [anna] })
    await world.unit('Groups only', { members: [team] })
    await world.giveRole(anna.id, 'Reports Reader')
    await world.giveRole(anna.id, 'User Administrator', { kind: 'unit', unitId: unit.id })
    await world.giveRole(team.id, 'Guest Inviter', { kind: 'tenant' }, 'group')
    await world.giveRole(team.id, 'Reports Reader', { kind: 'tenant' }, 'group')
    const self = await world.signedIn(anna.id)

    const direct = await self.get('/v1.0/me/memberOf?$select=displayName,roleTemplateId&$orderby=displayName')
    assert.equal(direct.status, 200, direct.text)
    assert.deepEqual(direct.body.value, [
      { '@odata.type': '#microsoft.graph.administrativeUnit', id: unit.id, displayName: 'Amsterdam' },
      { '@odata.type': '#microsoft.graph.directoryRole', id: reportsReader, displayName: 'Reports Reader', roleTemplateId: reportsReader },
      { '@odata.type': '#microsoft.graph.group', id: team.id, displayName: 'Team' },
    ])
    const paths = [`/v1.0/users/${anna.id}`, `/beta/users/${anna.userPrincipalName}`, '/v1.0/me']
    for (const path of paths) {
      assert.deepEqual(idsIn(await self.get(`${path}/transitiveMemberOf`)), sorted([team.id, all.id, unit.id, reportsReader, guestInviter]))
      assert.deepEqual(idsIn(await self.get(`${path}/transitiveMemberOf/microsoft.graph.group`)), sorted([team.id, all.id]))
      assert.deepEqual(idsIn(await self.get(`${path}/memberOf/microsoft.graph.directoryRole`)), [reportsReader])
      assert.equal((await self.get(`${path}/transitiveMemberOf/$count`)).text, '5')
    }
    assert.equal((await self.get("/v1.0/me/transitiveMemberOf/$count?$filter=displayName eq 'REPORTS READER'")).text, '1')
    assert.deepEqual(
      idsIn(await self.get(`/v1.0/groups/${team.id}/memberOf/microsoft.graph.directoryRole`)),
      sorted([reportsReader, guestInviter]),
    )

    const pages: string[] = []
    for (let url: string | undefined = '/v1.0/me/transitiveMemberOf?$top=2'; url; ) {
      const page: TestAnswer = await self.get(url)
      assert.ok(page.body.value.length <= 2)
      pages.push(...page.body.value.map((found: { id: string }) => found.id))
      url = page.body['@odata.nextLink']
    }
    assert.deepEqual(pages, sorted([team.id, all.id, unit.id, reportsReader, guestInviter]))
  })

  test(`the ids of all memberships are told at once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const team = await world.group('Team', { members: [anna] })
    const all = await world.group('All', { members: [team] })
    const other = await world.group('Other')
    const unit = await world.unit('Amsterdam', { members: [anna, team] })
    await world.giveRole(anna.id, 'Reports Reader')
    const self = await world.signedIn(anna.id)
    const ask = async (path: string, body: unknown) => {
      const answer = await self.post(path, body)
      assert.equal(answer.status, 200, answer.text)
      assert.equal(answer.body['@odata.context'], 'https://sesam.test/v1.0/$metadata#Collection(Edm.String)')
      return sorted(answer.body.value)
    }

    for (const path of ['/v1.0/me', `/v1.0/users/${anna.id}`]) {
      assert.deepEqual(await ask(`${path}/getMemberObjects`, { securityEnabledOnly: true }), sorted([team.id, all.id]))
      assert.deepEqual(
        await ask(`${path}/getMemberObjects`, { securityEnabledOnly: false }),
        sorted([team.id, all.id, unit.id, reportsReader]),
      )
      assert.deepEqual(await ask(`${path}/getMemberGroups`, {}), sorted([team.id, all.id]))
      assert.deepEqual(await ask(`${path}/checkMemberGroups`, { groupIds: [all.id, other.id, randomUUID()] }), [all.id])
    }
    assert.deepEqual(await ask(`/v1.0/groups/${team.id}/getMemberObjects`, { securityEnabledOnly: false }), sorted([all.id, unit.id]))
    assert.deepEqual(await ask(`/v1.0/groups/${team.id}/getMemberGroups`, { securityEnabledOnly: false }), [all.id])
    assert.deepEqual(await ask(`/v1.0/groups/${all.id}/checkMemberGroups`, { groupIds: [team.id] }), [])
  })

  test(`a question about memberships that makes no sense is refused, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const self = await world.signedIn((await world.person('anna')).id)
    const many = Array.from({ length: 21 }, () => randomUUID())
    const wrong: readonly [path: string, body: unknown, status: number][] = [
      ['/v1.0/me/checkMemberGroups', { groupIds: [] }, 400],
      ['/v1.0/me/checkMemberGroups', { groupIds: many }, 400],
      ['/v1.0/me/checkMemberGroups', { groupIds: ['team'] }, 400],
      ['/v1.0/me/checkMemberGroups', {}, 400],
      ['/v1.0/me/getMemberObjects', { securityEnabledOnly: 'yes' }, 400],
      ['/v1.0/me/getMemberObjects', undefined, 400],
      [`/v1.0/users/${randomUUID()}/getMemberObjects`, { securityEnabledOnly: true }, 404],
      [`/v1.0/groups/${randomUUID()}/getMemberGroups`, { securityEnabledOnly: true }, 404],
      ['/v1.0/groups/team/getMemberGroups', { securityEnabledOnly: true }, 404],
    ]
    for (const [path, body, status] of wrong) assert.equal((await self.post(path, body)).status, status, `${path} ${JSON.stringify(body)}`)
    assert.equal((await self.get('/v1.0/me/memberOf?$filter=mail eq null')).status, 400)
    assert.equal((await self.get(`/v1.0/users/${randomUUID()}/memberOf`)).status, 404)
  })

  test(`any object is read by its id alone, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using elsewhere = await startWorld(database)
    const anna = await world.person('anna')
    const gone = await world.person('gone')
    await world.system.inTransaction(({ users }) => users.remove(gone.id, world.now))
    const group = await world.group('Team')
    const unit = await world.unit('Amsterdam')
    const foreign = await elsewhere.group('Foreign')
    const reader = await world.signedIn(anna.id)
    const types = new Map([
      [unit.id, '#microsoft.graph.administrativeUnit'],
      [anna.id, '#microsoft.graph.user'],
      [reportsReader, '#microsoft.graph.directoryRole'],
      [group.id, '#microsoft.graph.group'],
    ])

    for (const [id, type] of types) {
      const read = await reader.get(`/v1.0/directoryObjects/${id}?$select=displayName`)
      assert.equal(read.status, 200, read.text)
      assert.equal(read.body['@odata.type'], type)
      assert.deepEqual(Object.keys(read.body), ['@odata.context', '@odata.type', 'id', 'displayName'])
    }
    for (const id of [gone.id, foreign.id, randomUUID(), 'anna', '%00']) {
      assert.equal((await reader.get(`/v1.0/directoryObjects/${id}`)).status, 404, id)
    }

    const ids = [...types.keys(), gone.id, foreign.id, anna.id, randomUUID()]
    const many = await reader.post('/v1.0/directoryObjects/getByIds', { ids })
    assert.equal(many.status, 200, many.text)
    assert.deepEqual(
      many.body.value.map((found: { id: string; '@odata.type': string }) => [found.id, found['@odata.type']]),
      [...types],
    )
    const some = await reader.post('/v1.0/directoryObjects/getByIds', { ids, types: ['group', 'servicePrincipal', 'administrativeUnit'] })
    assert.deepEqual(
      some.body.value.map((found: { id: string }) => found.id),
      [unit.id, group.id],
    )
    const thousand = [anna.id, ...Array.from({ length: 999 }, () => randomUUID())]
    assert.equal((await reader.post('/v1.0/directoryObjects/getByIds', { ids: thousand, types: ['directoryObject'] })).body.value.length, 1)
    for (const body of [{ ids: [] }, { ids: [...thousand, randomUUID()] }, { ids: ['anna'] }, { ids: [anna.id], types: ['person'] }, {}]) {
      assert.equal((await reader.post('/v1.0/directoryObjects/getByIds', body)).status, 400)
    }
  })

  test(`an app needs the scope that fits the question, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const guest = await world.person('guest', { userType: 'Guest' })
    const statusFor = async (userId: string, scope: string, path: string) =>
      (await (await world.signedIn(userId, { scopes: [scope] })).get(path)).status

    assert.equal(await statusFor(anna.id, 'User.Read', '/v1.0/me/transitiveMemberOf'), 200)
    assert.equal(await statusFor(anna.id, 'User.Read', `/v1.0/users/${anna.id}/memberOf`), 403)
    assert.equal(await statusFor(anna.id, 'User.Read.All', `/v1.0/users/${anna.id}/memberOf`), 200)
    assert.equal(await statusFor(anna.id, 'GroupMember.Read.All', `/v1.0/users/${anna.id}/memberOf`), 200)
    assert.equal(await statusFor(anna.id, 'GroupMember.Read.All', `/v1.0/directoryObjects/${anna.id}`), 403)
    assert.equal(await statusFor(anna.id, 'User.Read.All', '/v1.0/groups'), 403)
    assert.equal(await statusFor(guest.id, 'User.Read', '/v1.0/me/memberOf'), 200)
    assert.equal(await statusFor(guest.id, 'Group.Read.All', '/v1.0/groups'), 403)
  })
}
