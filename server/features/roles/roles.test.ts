import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { roleTemplates } from '#contract/graph/role-templates.ts'
import { roleIdOf } from '#server/domain/roles.ts'
import { databases, startWorld } from '#test/world.ts'

const globalAdministrator = roleIdOf('Global Administrator')
const helpdesk = roleIdOf('Helpdesk Administrator')
const reportsReader = roleIdOf('Reports Reader')
const definitions = '/roleManagement/directory/roleDefinitions'

function names(body: { value: { displayName: string }[] }): string[] {
  return body.value.map(({ displayName }) => displayName)
}

for (const database of databases) {
  test(`every role there is can be read as a template and as a definition, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await world.as()
    const everyName = roleTemplates.map(({ displayName }) => displayName)

    const templates = await reader.get('/v1.0/directoryRoleTemplates')
    assert.equal(templates.status, 200, templates.text)
    assert.deepEqual(names(templates.body), everyName)
    assert.deepEqual((await reader.get(`/v1.0/directoryRoleTemplates/${helpdesk.toUpperCase()}`)).body, {
      '@odata.context': 'https://sesam.test/v1.0/$metadata#directoryRoleTemplates/$entity',
      id: helpdesk,
      deletedDateTime: null,
      displayName: 'Helpdesk Administrator',
      description: 'Resets passwords and ends sessions of people without an important role and of other Helpdesk Administrators.',
    })
    assert.equal((await reader.get(`/v1.0/directoryRoleTemplates/${randomUUID()}`)).status, 404)

    const all = await reader.get(`/v1.0${definitions}`)
    assert.deepEqual(names(all.body), everyName)
    const one = await reader.get(`/v1.0${definitions}/${helpdesk}`)
    assert.equal(one.status, 200, one.text)
    assert.partialDeepStrictEqual(one.body, {
      id: helpdesk,
      templateId: helpdesk,
      displayName: 'Helpdesk Administrator',
      isBuiltIn: true,
      isEnabled: true,
      isPrivileged: true,
      resourceScopes: ['/'],
      version: '1',
    })
    assert.deepEqual(one.body.rolePermissions, [
      {
        allowedResourceActions: ['microsoft.directory/users/password/update', 'microsoft.directory/users/invalidateAllRefreshTokens'],
        condition: null,
      },
    ])
    assert.equal((await reader.get(`/v1.0${definitions}/nobody`)).status, 404)
  })

  test(`role definitions are asked for as a table would be, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await world.as()
    const eventual = { consistencylevel: 'eventual' }
    const questions: [string, string[]][] = [
      ["$filter=displayName eq 'helpdesk administrator'", ['Helpdesk Administrator']],
      ["$filter=displayName in ('Reports Reader','Guest Inviter')", ['Guest Inviter', 'Reports Reader']],
      [
        "$filter=startswith(displayName,'Sec') and isPrivileged eq true",
        ['Security Administrator', 'Security Operator', 'Security Reader'],
      ],
      [`$filter=templateId eq '${reportsReader}'`, ['Reports Reader']],
      [
        "$filter=isPrivileged eq false and startswith(displayName,'U')",
        ['Usage Summary Reports Reader', 'User Experience Success Manager'],
      ],
      ['$filter=isBuiltIn eq false', []],
      ['$orderby=displayName desc&$top=1', ['User Experience Success Manager']],
    ]
    for (const [question, expected] of questions) {
      for (const version of ['v1.0', 'beta']) {
        const { status, body, text } = await reader.get(`/${version}${definitions}?${question}`)
        assert.equal(status, 200, `${question}: ${text}`)
        assert.deepEqual(names(body), expected, question)
      }
    }
    const counted = await reader.get(`/v1.0${definitions}?$count=true&$top=5&$select=displayName`, eventual)
    assert.equal(counted.body['@odata.count'], roleTemplates.length)
    assert.deepEqual(counted.body.value[0], { id: roleIdOf('Application Administrator'), displayName: 'Application Administrator' })

    const seen: string[] = []
    let next = `/v1.0${definitions}?$top=9`
    while (next) {
      const page = await reader.get(next)
      assert.equal(page.status, 200, page.text)
      seen.push(...names(page.body))
      next = page.body['@odata.nextLink']
    }
    assert.deepEqual(
      seen,
      roleTemplates.map(({ displayName }) => displayName),
    )
    assert.equal((await reader.get(`/v1.0${definitions}?$filter=version eq '1'`)).status, 400)
  })

  test(`a role is taken into use once, also by two at the same moment, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Privileged Role Administrator')
    const roleTemplateId = reportsReader
    assert.equal((await admin.get(`/v1.0/directoryRoles/${roleTemplateId}`)).status, 404)
    assert.equal((await admin.get(`/v1.0/directoryRoles/${roleTemplateId}/members`)).status, 404)

    const answers = await Promise.all([1, 2, 3].map(() => admin.post('/v1.0/directoryRoles', { roleTemplateId })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 400, 400])
    const created = answers.find(({ status }) => status === 201)
    assert.partialDeepStrictEqual(created?.body, { id: roleTemplateId, roleTemplateId, displayName: 'Reports Reader' })
    const refused = answers.find(({ status }) => status === 400)
    assert.equal(refused?.body.error.details[0].code, 'role_already_active')
    assert.equal((await admin.post('/v1.0/directoryRoles', { roleTemplateId: globalAdministrator })).status, 400)
    assert.equal((await admin.post('/v1.0/directoryRoles', { roleTemplateId: randomUUID() })).status, 404)
    for (const body of [{}, { roleTemplateId: 'Reports Reader' }, { roleTemplateId, displayName: 'Mine' }, []]) {
      assert.equal((await admin.post('/v1.0/directoryRoles', body)).status, 400, JSON.stringify(body))
    }

    for (const address of [
      `/directoryRoles/${roleTemplateId}`,
      `/directoryRoles/roleTemplateId=${roleTemplateId}`,
      `/directoryRoles(roleTemplateId='${roleTemplateId}')`,
      `/directoryRoles(roleTemplateId=%27${roleTemplateId}%27)`,
    ]) {
      const read = await admin.get(`/v1.0${address}`)
      assert.equal(read.status, 200, `${address}: ${read.text}`)
      assert.equal(read.body.displayName, 'Reports Reader')
    }
    const filters: [string, string[]][] = [
      [`roleTemplateId eq '${roleTemplateId}'`, ['Reports Reader']],
      ["displayName eq 'Reports Reader'", ['Reports Reader']],
      ["displayName eq 'Guest Inviter'", []],
    ]
    for (const [filter, expected] of filters) {
      assert.deepEqual(names((await admin.get(`/v1.0/directoryRoles?$filter=${filter}`)).body), expected, filter)
    }
    assert.deepEqual(await world.auditTrail(), ['Add role from template'])
  })

  test(`people and groups become and cease to be members of a role, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Privileged Role Administrator')
    const anna = await world.person('anna')
    const { id: team } = await world.group('Service desk', { isAssignableToRole: true })
    const members = `/v1.0/directoryRoles/${helpdesk}/members`
    await admin.post('/v1.0/directoryRoles', { roleTemplateId: helpdesk })

    for (const id of [anna.id, team]) {
      const added = await admin.post(`${members}/$ref`, { '@odata.id': `https://graph.example/v1.0/directoryObjects/${id}` })
      assert.equal(added.status, 204, added.text)
    }
    const listed = await admin.get(`${members}?$select=displayName,userPrincipalName`)
    assert.equal(listed.status, 200, listed.text)
    const kinds = listed.body.value.map((member: Record<string, string>) => [member['@odata.type'], member.id, member.displayName])
    assert.deepEqual(
      new Set(kinds),
      new Set([
        ['#microsoft.graph.user', anna.id, 'anna'],
        ['#microsoft.graph.group', team, 'Service desk'],
      ]),
    )
    const expanded = await admin.get(`/v1.0/directoryRoles?$filter=roleTemplateId eq '${helpdesk}'&$expand=members`)
    assert.equal(expanded.body.value[0].members.length, 2, expanded.text)
    const first = await admin.get(`${members}?$top=1`)
    const second = await admin.get(first.body['@odata.nextLink'])
    assert.deepEqual(new Set([first.body.value[0].id, second.body.value[0].id]), new Set([anna.id, team]))
    assert.equal(second.body['@odata.nextLink'], undefined)

    for (const id of [anna.id.toUpperCase(), team]) {
      const removed = await admin.delete(`${members}/${id}/$ref`)
      assert.equal(removed.status, 204, removed.text)
      assert.equal((await admin.delete(`${members}/${id}/$ref`)).status, 404)
    }
    assert.deepEqual((await admin.get(members)).body.value, [])
    assert.equal((await admin.get(`/v1.0/directoryRoles/${helpdesk}`)).status, 200)
    assert.deepEqual(await world.auditTrail(), [
      'Add role from template',
      'Add member to role',
      'Add member to role',
      'Remove member from role',
      'Remove member from role',
    ])
  })

  test(`what cannot be a member of a role is refused in words, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using elsewhere = await startWorld(database)
    const admin = await world.as('Privileged Role Administrator')
    const anna = await world.person('anna')
    const stranger = await elsewhere.person('stranger')
    const leaver = await world.person('leaver')
    await world.giveRole(leaver.id, 'Reports Reader')
    const remover = await world.as('Global Administrator')
    assert.equal((await remover.delete(`/v1.0/users/${leaver.id}`)).status, 204)
    const { id: team } = await world.group('Night shift')
    const members = `/v1.0/directoryRoles/${reportsReader}/members`
    await world.giveRole(anna.id, 'Reports Reader')

    const cases: [unknown, number, string][] = [
      [{ '@odata.id': `https://x/v1.0/users/${anna.id}` }, 400, 'role_already_given'],
      [{ '@odata.id': `https://x/v1.0/groups/${team}` }, 400, 'group_not_for_roles'],
      [{ '@odata.id': `https://x/v1.0/directoryObjects/${randomUUID()}` }, 404, 'object_not_found'],
      [{ '@odata.id': `https://x/v1.0/directoryObjects/${stranger.id}` }, 404, 'object_not_found'],
      [{ '@odata.id': `https://x/v1.0/directoryObjects/${leaver.id}` }, 404, 'object_not_found'],
      [{ '@odata.id': 'https://x/v1.0/directoryObjects/garbage' }, 400, 'reference_invalid'],
      [{ '@odata.id': `https://x/v1.0/applications/${anna.id}` }, 400, 'reference_invalid'],
      [{ '@odata.id': '' }, 400, 'reference_invalid'],
      [{ '@odata.id': 7 }, 400, 'property_invalid'],
      [{ id: anna.id }, 400, 'property_required'],
      [[], 400, 'property_invalid'],
    ]
    for (const [body, status, code] of cases) {
      const refused = await admin.post(`${members}/$ref`, body)
      assert.deepEqual([refused.status, refused.body.error.details[0].code], [status, code], `${JSON.stringify(body)}: ${refused.text}`)
    }
    const anyone = { '@odata.id': `https://x/v1.0/users/${anna.id}` }
    assert.equal((await admin.post(`/v1.0/directoryRoles/${helpdesk}/members/$ref`, anyone)).status, 404)
    assert.equal((await admin.post(`/v1.0/directoryRoles/${randomUUID()}/members/$ref`, anyone)).status, 404)
    assert.equal((await admin.delete(`${members}/${stranger.id}/$ref`)).status, 404)
    assert.deepEqual(
      (await admin.get(members)).body.value.map(({ id }: { id: string }) => id),
      [anna.id],
    )
    assert.deepEqual(await world.auditTrail(), ['Delete user'])
  })
}
