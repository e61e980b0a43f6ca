import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roleIdOf } from '#server/domain/roles.ts'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const secret = { mobilePhone: '+31687654321', department: 'Store 12', otherMails: ['anna@home.example'], employeeId: 'personnel 4711' }
const secrets = ['+31687654321', 'Store 12', 'anna@home.example', 'personnel 4711']
const select = '$select=id,displayName,mobilePhone,department,otherMails,employeeId,accountEnabled,assignedLicenses'

/** Anna manages everybody here, and everybody manages Bert, so that every list about people has somebody in it. */
async function surrounded(world: World, client: Client): Promise<string> {
  const [anna, bert] = [await world.person('anna', secret), await world.person('bert', secret)]
  await world.system.inTransaction(async ({ users }) => {
    await users.setManager(client.id, anna.id)
    await users.setManager(bert.id, client.id)
  })
  return anna.id
}

const whoSeesLittle: readonly [string, (world: World) => Promise<Client>][] = [
  ['a guest', async (world) => world.signedIn((await world.person('guest', { userType: 'Guest' })).id)],
  [
    'an app that asked for the basics',
    async (world) => world.signedIn((await world.person('carl')).id, { scopes: ['User.Read', 'User.ReadBasic.All'] }),
  ],
]

for (const database of databases) {
  for (const [who, comeIn] of whoSeesLittle) {
    test(`${who} recognises others and learns no more, on ${database.name}`, async () => {
      await using world = await startWorld(database)
      const client = await comeIn(world)
      const anna = await surrounded(world, client)
      const addresses = [
        '/me/manager',
        `/me/manager?${select}`,
        '/me?$expand=manager',
        '/me/directReports',
        `/me/directReports?${select}`,
        ...['/users', `/users?${select}`, '/users?$expand=manager', `/users/${anna}?${select}`].filter(() => who !== 'a guest'),
      ]
      for (const address of addresses) {
        const { status, text } = await client.get(`/v1.0${address}`)
        assert.equal(status, 200, `${address}: ${text}`)
        assert.match(text, /anna|bert/, address)
        for (const each of secrets) assert.ok(!text.includes(each), `${address}: ${text}`)
      }
    })

    test(`${who} finds nobody by what they may not see, on ${database.name}`, async () => {
      await using world = await startWorld(database)
      const client = await comeIn(world)
      await surrounded(world, client)
      const questions = [
        "$filter=department eq 'Store 12'",
        "$filter=not(startsWith(employeeId,'4')) and displayName eq 'bert'&$count=true",
        '$filter=accountEnabled eq true',
        '$search="department:Store"',
      ]
      const lists = who === 'a guest' ? ['/me/directReports'] : ['/me/directReports', '/users', '/users/$count']
      for (const list of [...lists, ...(who === 'a guest' ? [] : ['/directory/deletedItems/microsoft.graph.user'])]) {
        for (const question of questions) {
          const { status, text } = await client.get(`/v1.0${list}?${encodeURI(question)}`, { consistencylevel: 'eventual' })
          assert.equal(status, 403, `${list}?${question}: ${text}`)
        }
        const allowed = await client.get(`/v1.0${list}?$filter=${encodeURI("displayName eq 'bert'")}`)
        assert.equal(allowed.status, 200, `${list}: ${allowed.text}`)
      }
    })
  }

  test(`a member sees all of others, and everybody all of themselves, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const member = await world.signedIn((await world.person('member')).id)
    const anna = await surrounded(world, member)
    assert.equal((await member.get(`/v1.0/users/${anna}?${select}`)).body.department, 'Store 12')
    assert.equal((await member.get(`/v1.0/users?$filter=${encodeURI("department eq 'Store 12'")}`)).body.value.length, 2)
    const guest = await world.signedIn((await world.person('gina', { ...secret, userType: 'Guest' })).id)
    assert.equal((await guest.get(`/v1.0/me?${select}`)).body.mobilePhone, '+31687654321')
  })
}

for (const database of databases) {
  test(`an app that may say who is in what does not learn people’s numbers by it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const scopes = ['GroupMember.Read.All', 'AdministrativeUnit.Read.All', 'RoleManagement.Read.Directory']
    const client = await world.signedIn((await world.person('carl')).id, { scopes })
    const anna = await world.person('anna', secret)
    const group = await world.group('store', { members: [anna], owners: [anna] })
    const unit = await world.unit('north', { members: [anna] })
    await world.giveRole(anna.id, 'Reports Reader')
    const addresses = [
      ...['members', 'transitiveMembers', 'owners', 'members/microsoft.graph.user'].map((name) => `/groups/${group.id}/${name}`),
      `/directory/administrativeUnits/${unit.id}/members`,
      `/directory/administrativeUnits/${unit.id}/members/${anna.id}`,
      `/directoryRoles/${roleIdOf('Reports Reader')}/members`,
    ].flatMap((address) => [address, `${address}?${select}`])
    const expanded = ['/groups?$expand=members', `/groups/${group.id}?$expand=members`, '/directoryRoles?$expand=members']
    for (const address of [...addresses, ...expanded, '/roleManagement/directory/roleAssignments?$expand=principal']) {
      const { status, text } = await client.get(`/v1.0${address}`)
      assert.equal(status, 200, `${address}: ${text}`)
      assert.match(text, /"displayName":"anna"/, address)
      for (const each of secrets) assert.ok(!text.includes(each), `${address}: ${text}`)
    }
  })
}
