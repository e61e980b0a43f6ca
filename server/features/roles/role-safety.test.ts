import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RoleName, roleTemplates } from '#contract/graph/role-templates.ts'
import { roleIdOf } from '#server/domain/roles.ts'
import { databases, startWorld, type TestAnswer, type World } from '#test/world.ts'

const globalAdministrator = roleIdOf('Global Administrator')
const helpdesk = roleIdOf('Helpdesk Administrator')
const reportsReader = roleIdOf('Reports Reader')
const assignments = '/v1.0/roleManagement/directory/roleAssignments'
const globalAdministrators = `/v1.0/directoryRoles/${globalAdministrator}/members`

function reason({ status, body }: TestAnswer): [number, string] {
  return [status, body.error?.details[0].code]
}

async function assignmentId(world: World, principalId: string, roleId = globalAdministrator): Promise<string> {
  const found = await world.system.roles.find({ roleId, principalId, scope: { kind: 'tenant' } })
  return found?.id ?? assert.fail('there is no such assignment')
}

for (const database of databases) {
  test(`a role counts from the next call and ends before the next, with a token from before, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Privileged Role Administrator')
    const anna = await world.person('anna')
    const bert = await world.person('bert')
    const annas = await world.signedIn(anna.id)
    const tries = () => annas.patch(`/v1.0/users/${bert.id}`, { department: 'Store 12' })

    assert.deepEqual(reason(await tries()), [403, 'role_missing'])
    const wanted = { roleDefinitionId: roleIdOf('User Administrator'), principalId: anna.id, directoryScopeId: '/' }
    const given = await admin.post(assignments, wanted)
    assert.equal((await tries()).status, 204)
    assert.equal((await admin.delete(`${assignments}/${given.body.id}`)).status, 204)
    assert.deepEqual(reason(await tries()), [403, 'role_missing'])

    const { id: unit } = await world.unit('Store 12', { members: [bert] })
    const scoped = await admin.post(assignments, { ...wanted, directoryScopeId: `/administrativeUnits/${unit}` })
    assert.equal((await tries()).status, 204)
    assert.equal((await admin.delete(`/v1.0/directory/administrativeUnits/${unit}/scopedRoleMembers/${scoped.body.id}`)).status, 204)
    assert.deepEqual(reason(await tries()), [403, 'role_missing'])

    const { id: team } = await world.group('Service desk', { members: [anna], isAssignableToRole: true })
    await admin.post(assignments, { ...wanted, principalId: team })
    assert.equal((await tries()).status, 204)
    assert.equal((await admin.delete(`/v1.0/directoryRoles/${wanted.roleDefinitionId}/members/${team}/$ref`)).status, 204)
    assert.deepEqual(reason(await tries()), [403, 'role_missing'])
  })

  test(`nobody raises or lowers themselves, nor through a group they are in or own, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.giveRole((await world.person('boss')).id, 'Global Administrator')
    const admin = await world.as('Privileged Role Administrator', 'Reports Reader')
    const { id: memberOf } = await world.group('Member of', { members: [admin], isAssignableToRole: true })
    const { id: around } = await world.group('Around it', { members: [{ id: memberOf }], isAssignableToRole: true })
    const { id: owned } = await world.group('Owned', { owners: [admin], isAssignableToRole: true })
    const { id: aroundOwned } = await world.group('Around the owned', { members: [{ id: owned }], isAssignableToRole: true })
    const { id: unit } = await world.unit('Store 12')
    const scoped = `/v1.0/directory/administrativeUnits/${unit}/scopedRoleMembers`
    const refused = [403, 'not_on_yourself']

    for (const principalId of [admin.id, memberOf, around, owned, aroundOwned]) {
      for (const directoryScopeId of ['/', `/administrativeUnits/${unit}`, `/${admin.id}`]) {
        const body = { roleDefinitionId: helpdesk, principalId, directoryScopeId }
        assert.deepEqual(reason(await admin.post(assignments, body)), refused)
      }
      const reference = { '@odata.id': `https://x/v1.0/directoryObjects/${principalId}` }
      assert.deepEqual(reason(await admin.post(`${globalAdministrators}/$ref`, reference)), refused)
      assert.deepEqual(reason(await admin.post(scoped, { roleId: helpdesk, roleMemberInfo: { id: principalId } })), refused)
    }
    assert.deepEqual(reason(await admin.delete(`/v1.0/directoryRoles/${reportsReader}/members/${admin.id}/$ref`)), refused)
    assert.deepEqual(reason(await admin.delete(`${assignments}/${await assignmentId(world, admin.id, reportsReader)}`)), refused)
    for (const groupId of [memberOf, around, owned, aroundOwned]) {
      await world.giveRole(groupId, 'Guest Inviter', { kind: 'tenant' }, 'group')
      const id = await assignmentId(world, groupId, roleIdOf('Guest Inviter'))
      assert.deepEqual(reason(await admin.delete(`${assignments}/${id}`)), refused)
    }
    assert.deepEqual(await world.auditTrail(), [])

    const { id: others } = await world.group('Others', { members: [await world.person('carl')], isAssignableToRole: true })
    assert.equal((await admin.post(assignments, { roleDefinitionId: helpdesk, principalId: others, directoryScopeId: '/' })).status, 201)
  })

  test(`only two roles give roles, and only after a second factor of today, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const wanted = { roleDefinitionId: globalAdministrator, principalId: anna.id, directoryScopeId: '/' }
    const givers: RoleName[] = ['Privileged Role Administrator', 'Global Administrator']
    for (const { displayName } of roleTemplates) {
      const somebody = await world.as(displayName)
      const weakly = await world.signedIn(somebody.id, { methods: ['pwd'] })
      if (givers.includes(displayName)) {
        assert.deepEqual(reason(await weakly.post(assignments, wanted)), [403, 'stronger_sign_in_needed'], displayName)
        const given = await somebody.post(assignments, wanted)
        assert.equal(given.status, 201, displayName)
        assert.equal((await somebody.delete(`${assignments}/${given.body.id}`)).status, 204, displayName)
      } else {
        assert.deepEqual(reason(await somebody.post(assignments, wanted)), [403, 'role_missing'], displayName)
      }
    }
    const { id: unit } = await world.unit('Store 12', { members: [anna] })
    const local = await world.person('local')
    await world.giveRole(local.id, 'Privileged Authentication Administrator', { kind: 'unit', unitId: unit })
    const locals = await world.signedIn(local.id)
    const scoped = `/v1.0/directory/administrativeUnits/${unit}/scopedRoleMembers`
    assert.deepEqual(reason(await locals.post(scoped, { roleId: helpdesk, roleMemberInfo: { id: anna.id } })), [403, 'role_missing'])
  })

  test(`who is kept out hears which scope and which role would help, in their language, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const member = await world.as()
    const boss = await world.as('Global Administrator')
    const narrow = await world.signedIn(boss.id, { scopes: ['RoleManagement.Read.Directory'] })
    const wanted = { roleDefinitionId: reportsReader, principalId: member.id, directoryScopeId: '/' }
    const roles = 'Privileged Role Administrator, Global Administrator'

    const english: [TestAnswer, string, string][] = [
      [
        await narrow.post(assignments, wanted),
        'scope_missing',
        `The token lacks one of the scopes: RoleManagement.ReadWrite.Directory. Needed role: ${roles}.`,
      ],
      [
        await member.post(assignments, wanted),
        'role_missing',
        `This needs one of the roles: ${roles}. Needed scope: RoleManagement.ReadWrite.Directory.`,
      ],
    ]
    const rollen = 'Beheerder van bevoorrechte rollen, Globale beheerder'
    const dutch = { 'accept-language': 'nl-NL,nl;q=0.9,en;q=0.5' }
    const inDutch: [TestAnswer, string, string][] = [
      [
        await narrow.post(assignments, wanted, dutch),
        'scope_missing',
        `Het token mist een van de scopes: RoleManagement.ReadWrite.Directory. Benodigde rol: ${rollen}.`,
      ],
      [
        await member.post(assignments, wanted, dutch),
        'role_missing',
        `Hiervoor is een van deze rollen nodig: ${rollen}. Benodigde scope: RoleManagement.ReadWrite.Directory.`,
      ],
    ]
    for (const [answer, code, message] of [...english, ...inDutch]) {
      assert.deepEqual(reason(answer), [403, code])
      assert.equal(answer.body.error.code, 'Authorization_RequestDenied')
      assert.equal(answer.body.error.message, message)
      assert.partialDeepStrictEqual(answer.body.error.innerError, { roles, scopes: 'RoleManagement.ReadWrite.Directory' })
    }
    assert.equal((await narrow.get(assignments)).status, 200)
    const blind = await world.signedIn(boss.id, { scopes: ['User.Read'] })
    const read = await blind.get(assignments)
    assert.deepEqual(reason(read), [403, 'scope_missing'])
    assert.match(read.body.error.message, /RoleManagement\.Read\.Directory/)
  })

  test(`the last enabled Global Administrator keeps the role, whichever door is tried, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Privileged Role Administrator')
    const anna = await world.person('anna')
    const bert = await world.person('bert', { accountEnabled: false })
    await world.giveRole(anna.id, 'Global Administrator')
    await world.giveRole(bert.id, 'Global Administrator')
    const kept = [400, 'last_global_administrator']

    assert.deepEqual(reason(await admin.delete(`${globalAdministrators}/${anna.id}/$ref`)), kept)
    assert.deepEqual(reason(await admin.delete(`${assignments}/${await assignmentId(world, anna.id)}`)), kept)
    assert.equal((await admin.delete(`${globalAdministrators}/${bert.id}/$ref`)).status, 204)

    const { id: board } = await world.group('Board', { members: [anna], isAssignableToRole: true })
    const given = await admin.post(assignments, { roleDefinitionId: globalAdministrator, principalId: board, directoryScopeId: '/' })
    assert.equal(given.status, 201, given.text)
    assert.equal((await admin.delete(`${globalAdministrators}/${anna.id}/$ref`)).status, 204)
    assert.deepEqual(reason(await admin.delete(`${assignments}/${given.body.id}`)), kept)
    assert.deepEqual(reason(await admin.delete(`${globalAdministrators}/${board}/$ref`)), kept)

    await world.giveRole((await world.person('carl')).id, 'Global Administrator')
    assert.equal((await admin.delete(`${assignments}/${given.body.id}`)).status, 204)
  })

  test(`of the last two Global Administrators one keeps the role, when both are removed at once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Privileged Role Administrator')
    const kept = [400, 'last_global_administrator']
    let last = await world.person('first')
    await world.giveRole(last.id, 'Global Administrator')
    for (const name of ['anna', 'bert', 'carl', 'dirk', 'emma']) {
      const other = await world.person(name)
      await world.giveRole(other.id, 'Global Administrator')
      const byAssignment = `${assignments}/${await assignmentId(world, other.id)}`
      const both = await Promise.all([admin.delete(`${globalAdministrators}/${last.id}/$ref`), admin.delete(byAssignment)])
      assert.deepEqual(both.map(reason).sort(), [[204, undefined], kept])

      const { value } = (await admin.get(globalAdministrators)).body
      assert.equal(value.length, 1)
      last = value[0].id === last.id ? last : other
      assert.equal(value[0].id, last.id)
    }
  })

  test(`two Global Administrators who remove each other at once do not both succeed, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.as('Global Administrator')
    const bert = await world.as('Global Administrator')
    const both = await Promise.all([
      anna.delete(`${globalAdministrators}/${bert.id}/$ref`),
      bert.delete(`${globalAdministrators}/${anna.id}/$ref`),
    ])
    const statuses = both.map(({ status }) => status)
    assert.equal(statuses.filter((status) => status === 204).length, 1, String(statuses))
    assert.equal(
      (await world.system.roles.leavesNoGlobalAdministrator([anna.id])) !==
        (await world.system.roles.leavesNoGlobalAdministrator([bert.id])),
      true,
    )
  })

  test(`a removal and a disabling at once leave one Global Administrator, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Privileged Role Administrator')
    const privileged = await world.as('Privileged Authentication Administrator')
    const anna = await world.person('anna')
    const bert = await world.person('bert')
    for (const { id } of [anna, bert]) await world.giveRole(id, 'Global Administrator')
    const both = await Promise.all([
      admin.delete(`${globalAdministrators}/${anna.id}/$ref`),
      privileged.patch(`/v1.0/users/${bert.id}`, { accountEnabled: false }),
    ])
    assert.deepEqual(both.map(reason).sort(), [
      [204, undefined],
      [400, 'last_global_administrator'],
    ])
  })
}
