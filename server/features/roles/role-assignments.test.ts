import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { roleIdOf } from '#server/domain/roles.ts'
import { databases, startWorld, type TestAnswer, type World } from '#test/world.ts'

const userAdministrator = roleIdOf('User Administrator')
const helpdesk = roleIdOf('Helpdesk Administrator')
const reportsReader = roleIdOf('Reports Reader')
const assignments = '/v1.0/roleManagement/directory/roleAssignments'

function reason({ status, body }: TestAnswer): [number, string] {
  return [status, body.error?.details[0].code]
}

async function lastEvent(world: World) {
  const query = {
    filter: undefined,
    search: undefined,
    orderBy: undefined,
    select: undefined,
    expand: [],
    top: 1,
    count: false,
    after: undefined,
  }
  return (await world.system.audit.list(query)).items[0] ?? assert.fail('nothing was written down')
}

for (const database of databases) {
  test(`a role is given, read, expanded and taken through role management, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Privileged Role Administrator')
    const anna = await world.person('anna')
    const wanted = { roleDefinitionId: reportsReader.toUpperCase(), principalId: anna.id, directoryScopeId: '/' }

    const given = await admin.post(assignments, { '@odata.type': '#microsoft.graph.unifiedRoleAssignment', ...wanted })
    assert.equal(given.status, 201, given.text)
    const { id } = given.body
    const properties = {
      id,
      roleDefinitionId: reportsReader,
      principalId: anna.id,
      directoryScopeId: '/',
      appScopeId: null,
      condition: null,
    }
    assert.deepEqual(given.body, {
      '@odata.context': 'https://sesam.test/v1.0/$metadata#roleManagement/directory/roleAssignments/$entity',
      ...properties,
    })
    const { actor, targets, category, details } = await lastEvent(world)
    assert.equal(actor.kind === 'person' && actor.id, admin.id)
    assert.deepEqual([category, details], ['RoleManagement', { directoryScopeId: '/' }])
    assert.deepEqual(targets, [
      {
        id: anna.id,
        kind: 'User',
        displayName: 'anna',
        userPrincipalName: anna.userPrincipalName,
        changed: [{ name: 'Role.DisplayName', from: null, to: 'Reports Reader' }],
      },
      { id: reportsReader, kind: 'Role', displayName: 'Reports Reader' },
    ])
    assert.equal((await admin.get(`/v1.0/directoryRoles/${reportsReader}`)).status, 200)

    const read = await admin.get(`/beta/roleManagement/directory/roleAssignments/${id}?$expand=principal,roleDefinition`)
    assert.equal(read.status, 200, read.text)
    assert.partialDeepStrictEqual(read.body, {
      ...properties,
      principal: { '@odata.type': '#microsoft.graph.user', id: anna.id, displayName: 'anna' },
      roleDefinition: { id: reportsReader, displayName: 'Reports Reader' },
    })
    assert.equal((await admin.delete(`${assignments}/${id}`)).status, 204)
    assert.equal((await admin.get(`${assignments}/${id}`)).status, 404)
    assert.equal((await admin.delete(`${assignments}/${id}`)).status, 404)
    assert.deepEqual(await world.auditTrail(), ['Add member to role', 'Remove member from role'])
  })

  test(`assignments are found by principal, role and scope, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Privileged Role Administrator')
    const anna = await world.person('anna')
    const { id: unit } = await world.unit('Store 12')
    const { id: team } = await world.group('Service desk', { isAssignableToRole: true })
    await world.giveRole(anna.id, 'User Administrator', { kind: 'unit', unitId: unit })
    await world.giveRole(anna.id, 'Reports Reader')
    await world.giveRole(team, 'Helpdesk Administrator', { kind: 'object', objectId: anna.id }, 'group')

    const atUnit = [anna.id, userAdministrator, `/administrativeUnits/${unit}`]
    const overAll = [anna.id, reportsReader, '/']
    const overAnna = [team, helpdesk, `/${anna.id}`]
    const own = [admin.id, roleIdOf('Privileged Role Administrator'), '/']
    const filters: [string, string[][]][] = [
      [`principalId eq '${anna.id}'`, [atUnit, overAll]],
      [`principalId eq '${anna.id.toUpperCase()}' and roleDefinitionId eq '${reportsReader}'`, [overAll]],
      [`roleDefinitionId in ('${helpdesk}','${userAdministrator}')`, [atUnit, overAnna]],
      ["directoryScopeId eq '/'", [overAll, own]],
      [`directoryScopeId eq '/administrativeUnits/${unit.toUpperCase()}'`, [atUnit]],
      [`directoryScopeId in ('/${anna.id}', '/administrativeUnits/${unit}')`, [atUnit, overAnna]],
      ["directoryScopeId eq 'nowhere'", []],
      ['directoryScopeId eq null', []],
      [`principalId eq '${randomUUID()}'`, []],
    ]
    for (const [filter, expected] of filters) {
      const found = await admin.get(`${assignments}?$filter=${filter}`)
      assert.equal(found.status, 200, `${filter}: ${found.text}`)
      const facts = found.body.value.map((item: Record<string, string>) => [item.principalId, item.roleDefinitionId, item.directoryScopeId])
      assert.deepEqual(facts.sort(), expected.sort(), filter)
    }
    const everything = await admin.get(`${assignments}?$count=true&$top=3&$expand=principal`, { consistencylevel: 'eventual' })
    assert.equal(everything.body['@odata.count'], 4)
    const rest = await admin.get(everything.body['@odata.nextLink'], { consistencylevel: 'eventual' })
    const all = [...everything.body.value, ...rest.body.value]
    assert.deepEqual(new Set(all.map(({ principal }) => principal.id)), new Set([anna.id, team, admin.id]))
    const shown = all.find(({ principalId }) => principalId === team)
    const group = (await admin.get(`/v1.0/groups/${team}`)).body
    assert.equal(group.displayName, 'Service desk')
    assert.deepEqual(
      { ...shown.principal, '@odata.context': group['@odata.context'] },
      { '@odata.type': '#microsoft.graph.group', ...group },
    )
    assert.equal((await admin.get(`${assignments}?$filter=startswith(directoryScopeId,'/')`)).status, 400)
  })

  test(`what cannot be assigned is refused in words and changes nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using elsewhere = await startWorld(database)
    const admin = await world.as('Privileged Role Administrator')
    const anna = await world.person('anna')
    const { id: unit } = await world.unit('Store 12')
    const { id: otherUnit } = await elsewhere.unit('Store 13')
    const stranger = await elsewhere.person('stranger')
    const { id: team } = await world.group('Night shift')
    const good = { roleDefinitionId: reportsReader, principalId: anna.id, directoryScopeId: '/' }
    await world.giveRole(anna.id, 'Guest Inviter')

    const cases: [object, number, string][] = [
      [{ ...good, roleDefinitionId: roleIdOf('Guest Inviter') }, 400, 'role_already_given'],
      [{ ...good, principalId: team }, 400, 'group_not_for_roles'],
      [{ ...good, principalId: unit }, 404, 'object_not_found'],
      [{ ...good, principalId: stranger.id }, 404, 'object_not_found'],
      [{ ...good, roleDefinitionId: randomUUID() }, 404, 'object_not_found'],
      [{ ...good, directoryScopeId: `/administrativeUnits/${unit}` }, 400, 'role_not_at_unit'],
      [{ ...good, roleDefinitionId: helpdesk, directoryScopeId: `/administrativeUnits/${otherUnit}` }, 404, 'object_not_found'],
      [{ ...good, roleDefinitionId: helpdesk, directoryScopeId: `/${stranger.id}` }, 404, 'object_not_found'],
      [{ ...good, roleDefinitionId: helpdesk, directoryScopeId: `/${unit}` }, 404, 'object_not_found'],
      [{ ...good, directoryScopeId: '' }, 400, 'property_invalid'],
      [{ ...good, directoryScopeId: '/administrativeUnits/' }, 400, 'property_invalid'],
      [{ ...good, directoryScopeId: '//' }, 400, 'property_invalid'],
      [{ ...good, directoryScopeId: null }, 400, 'property_invalid'],
      [{ roleDefinitionId: reportsReader, principalId: anna.id }, 400, 'property_required'],
      [{ ...good, principalId: 'anna' }, 400, 'property_invalid'],
      [{ ...good, id: randomUUID() }, 400, 'property_read_only'],
      [{ ...good, condition: 'always' }, 400, 'property_invalid'],
      [{ ...good, until: 'tomorrow' }, 400, 'property_unknown'],
    ]
    for (const [body, status, code] of cases) {
      assert.deepEqual(reason(await admin.post(assignments, body)), [status, code], JSON.stringify(body))
    }
    assert.deepEqual(reason(await admin.get(`${assignments}/garbage`)), [404, 'object_not_found'])
    assert.deepEqual(await world.auditTrail(), [])
  })

  test(`the same role given four times at once is given once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Privileged Role Administrator')
    const anna = await world.person('anna')
    const wanted = { roleDefinitionId: reportsReader, principalId: anna.id, directoryScopeId: '/' }
    const answers = await Promise.all([1, 2, 3, 4].map(() => admin.post(assignments, wanted)))
    const refused = [400, 'role_already_given']
    assert.deepEqual(answers.map(reason).sort(), [[201, undefined], refused, refused, refused])
    assert.equal((await admin.get(`${assignments}?$filter=principalId eq '${anna.id}'`)).body.value.length, 1)
    assert.deepEqual(await world.auditTrail(), ['Add member to role'])
  })

  test(`a role over a unit is given and taken there, and seen by whom it concerns, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Privileged Role Administrator')
    const anna = await world.person('anna')
    const { id: unit } = await world.unit('Store 12')
    const { id: otherUnit } = await world.unit('Store 13')
    const scoped = `/v1.0/directory/administrativeUnits/${unit}/scopedRoleMembers`
    const wanted = { roleId: helpdesk, roleMemberInfo: { id: anna.id } }

    const given = await admin.post(scoped, wanted)
    assert.equal(given.status, 201, given.text)
    const membership = {
      id: given.body.id,
      administrativeUnitId: unit,
      roleId: helpdesk,
      roleMemberInfo: { id: anna.id, displayName: 'anna', userPrincipalName: anna.userPrincipalName },
    }
    assert.partialDeepStrictEqual(given.body, membership)
    assert.deepEqual((await admin.get(scoped)).body.value, [membership])
    assert.partialDeepStrictEqual((await admin.get(`${scoped}/${membership.id}`)).body, membership)
    const herself = await world.signedIn(anna.id, { scopes: ['User.Read'], methods: ['pwd'] })
    for (const seen of [
      await herself.get('/v1.0/me/scopedRoleMemberOf'),
      await admin.get(`/beta/users/${anna.userPrincipalName}/scopedRoleMemberOf`),
    ]) {
      assert.equal(seen.status, 200, seen.text)
      assert.deepEqual(seen.body.value, [membership])
    }
    const inManagement = await admin.get(`${assignments}/${membership.id}`)
    assert.equal(inManagement.body.directoryScopeId, `/administrativeUnits/${unit}`)

    const elsewhere = `/v1.0/directory/administrativeUnits/${otherUnit}/scopedRoleMembers`
    const cases: [() => Promise<TestAnswer>, number, string][] = [
      [() => admin.post(scoped, wanted), 400, 'role_already_given'],
      [() => admin.post(scoped, { ...wanted, roleId: reportsReader }), 400, 'role_not_at_unit'],
      [() => admin.post(scoped, { ...wanted, roleId: randomUUID() }), 404, 'object_not_found'],
      [() => admin.post(scoped, { ...wanted, roleMemberInfo: { id: randomUUID() } }), 404, 'object_not_found'],
      [() => admin.post(scoped, { roleId: helpdesk }), 400, 'property_required'],
      [() => admin.post(scoped.replace(unit, randomUUID()), wanted), 404, 'object_not_found'],
      [() => admin.get(scoped.replace(unit, randomUUID())), 404, 'object_not_found'],
      [() => admin.get(`${elsewhere}/${membership.id}`), 404, 'object_not_found'],
      [() => admin.delete(`${elsewhere}/${membership.id}`), 404, 'object_not_found'],
      [() => admin.get(`/v1.0/users/${randomUUID()}/scopedRoleMemberOf`), 404, 'object_not_found'],
    ]
    for (const [ask, status, code] of cases) assert.deepEqual(reason(await ask()), [status, code], String(ask))

    assert.equal((await admin.delete(`${scoped}/${membership.id}`)).status, 204)
    assert.deepEqual((await admin.get(scoped)).body.value, [])
    assert.deepEqual(await world.auditTrail(), ['Add scoped member to role', 'Remove scoped member from role'])
    assert.deepEqual((await lastEvent(world)).details, { directoryScopeId: `/administrativeUnits/${unit}` })
  })

  test(`roles of a deleted person are listed, because they would come back, and can be taken, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const anna = await world.person('anna')
    await world.giveRole(anna.id, 'Reports Reader')
    assert.equal((await admin.delete(`/v1.0/users/${anna.id}`)).status, 204)

    const members = await admin.get(`/v1.0/directoryRoles/${reportsReader}/members`)
    assert.deepEqual(members.body.value, [])
    const listed = await admin.get(`${assignments}?$filter=principalId eq '${anna.id}'&$expand=principal`)
    assert.deepEqual([listed.body.value.length, listed.body.value[0].principal], [1, null])
    assert.equal((await admin.delete(`${assignments}/${listed.body.value[0].id}`)).status, 204)
  })
}
