import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { permissionIdOf, sesamApi } from '#server/domain/app-permissions.ts'
import { type Client, databases, startWorld } from '#test/world.ts'

async function register(client: Client, body: object = {}) {
  const answer = await client.post('/v1.0/applications', { displayName: 'Stock', ...body })
  assert.equal(answer.status, 201, answer.text)
  return answer.body
}

async function letIn(client: Client, appId: string) {
  const answer = await client.post('/v1.0/servicePrincipals', { appId })
  assert.equal(answer.status, 201, answer.text)
  return answer.body
}

function codeOf(answer: { status: number; body: { error?: { details: { code: string }[] } } }) {
  return answer.body.error?.details[0]?.code ?? `${answer.status}`
}

for (const database of databases) {
  test(`an app is let in once, switched off and on, and shut out, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Cloud Application Administrator')
    const { id: appObjectId, appId } = await register(admin, { web: { redirectUris: ['https://stock.example/cb'] } })
    assert.equal(await world.system.apps.findClient(appId), undefined)

    const answers = await Promise.all(Array.from({ length: 6 }, () => admin.post('/v1.0/servicePrincipals', { appId })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409])
    const made = answers.find(({ status }) => status === 201)?.body
    assert.partialDeepStrictEqual(made, {
      appId,
      displayName: 'Stock',
      appDisplayName: 'Stock',
      accountEnabled: true,
      appOwnerOrganizationId: world.tenantId,
      replyUrls: ['https://stock.example/cb'],
      servicePrincipalNames: [appId],
      servicePrincipalType: 'Application',
      signInAudience: 'AzureADMyOrg',
      passwordCredentials: [],
    })
    const at = `/v1.0/servicePrincipals/${made.id}`
    assert.equal((await admin.patch(at, { accountEnabled: false })).status, 204)
    assert.equal((await world.system.apps.findClient(appId))?.isEnabled, false)
    assert.equal((await admin.patch(at, { accountEnabled: true })).status, 204)
    assert.equal((await admin.patch(`/v1.0/applications/${appObjectId}`, { displayName: 'Counting' })).status, 204)
    assert.equal((await admin.get(at)).body.displayName, 'Counting')
    assert.equal((await admin.delete(at)).status, 204)
    assert.equal((await admin.get(at)).status, 404)
    assert.equal(await world.system.apps.findClient(appId), undefined)
    assert.deepEqual(await world.auditTrail(), [
      'Add application',
      'Add service principal',
      'Update service principal',
      'Update service principal',
      'Update application',
      'Remove service principal',
    ])
  })

  test(`our own API stands among the apps, and cannot be changed, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    await letIn(admin, (await register(admin)).appId)
    const { value } = (await admin.get('/v1.0/servicePrincipals?$select=displayName')).body
    assert.deepEqual(
      value.map((item: { displayName: string }) => item.displayName),
      ['Sesam API', 'Stock'],
    )
    const found = await admin.get(`/v1.0/servicePrincipals?$filter=appId eq '${sesamApi.appId}'`)
    const [ours] = found.body.value
    assert.equal(ours.id, sesamApi.id)
    const scope = ours.oauth2PermissionScopes.find((item: { value: string }) => item.value === 'User.Read')
    assert.partialDeepStrictEqual(scope, { id: permissionIdOf('Scope', 'User.Read'), type: 'User', isEnabled: true })
    const roles = ours.appRoles.map((role: { value: string }) => role.value)
    assert.ok(roles.includes('User.Read.All'))
    assert.ok(!roles.includes('User.Read'), 'what is about oneself is no permission of an app')
    assert.deepEqual((await admin.get(`/v1.0/servicePrincipals/${sesamApi.id}`)).body.appRoles, ours.appRoles)

    const at = `/v1.0/servicePrincipals/${sesamApi.id}`
    assert.equal(codeOf(await admin.patch(at, { accountEnabled: false })), 'built_in_app')
    assert.equal(codeOf(await admin.delete(at)), 'built_in_app')
    assert.equal(codeOf(await admin.post('/v1.0/servicePrincipals', { appId: sesamApi.appId })), 'app_already_here')
  })

  test(`an organisation lets in only what another shares, and keeps the name it let in, on ${database.name}`, async () => {
    await using maker = await startWorld(database)
    await using guest = await startWorld(database)
    const owner = await maker.as('Global Administrator')
    const admin = await guest.as('Global Administrator')
    const secret = await register(owner)
    const shared = await register(owner, { displayName: 'Rota', signInAudience: 'AzureADMultipleOrgs' })
    const kept = await admin.post('/v1.0/servicePrincipals', { appId: secret.appId })
    const none = await admin.post('/v1.0/servicePrincipals', { appId: randomUUID() })
    assert.deepEqual([codeOf(kept), codeOf(none)], ['app_not_available', 'app_not_available'])

    const made = await letIn(admin, shared.appId)
    assert.equal(made.appOwnerOrganizationId, maker.tenantId)
    assert.equal((await owner.patch(`/v1.0/applications/${shared.id}`, { displayName: 'Microsoft Teams' })).status, 204)
    const at = `/v1.0/servicePrincipals/${made.id}`
    assert.partialDeepStrictEqual((await admin.get(at)).body, { displayName: 'Rota', appDisplayName: 'Microsoft Teams' })
    assert.equal((await owner.get(at)).status, 404, 'what another organisation let in is not the maker’s to see')

    assert.equal((await owner.delete(`/v1.0/applications/${shared.id}`)).status, 204)
    assert.partialDeepStrictEqual((await admin.get(at)).body, { displayName: 'Rota', appDisplayName: null, replyUrls: [] })
    assert.equal(await guest.system.apps.findClient(shared.appId), undefined)
    assert.equal((await admin.delete(at)).status, 204)
  })

  test(`an administrator consents for everybody, widens, narrows and withdraws, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Application Administrator')
    const owner = await world.as('Global Administrator')
    const { appId } = await register(admin)
    const { id: clientId } = await letIn(admin, appId)
    const grant = (scope: string, more = {}) => ({ clientId, consentType: 'AllPrincipals', resourceId: sesamApi.id, scope, ...more })
    const made = await admin.post('/v1.0/oauth2PermissionGrants', grant('openid User.Read  User.Read'))
    assert.equal(made.status, 201, made.text)
    const { id } = made.body
    assert.deepEqual(
      { ...made.body, '@odata.context': undefined },
      { '@odata.context': undefined, id, ...grant('openid User.Read'), principalId: null },
    )
    assert.equal(codeOf(await admin.post('/v1.0/oauth2PermissionGrants', grant('User.Read'))), 'consent_exists')

    const at = `/v1.0/oauth2PermissionGrants/${id}`
    const mighty = await admin.patch(at, { scope: 'openid Directory.ReadWrite.All' })
    assert.equal(mighty.status, 403)
    assert.equal(codeOf(mighty), 'consent_too_mighty')
    assert.equal((await owner.patch(at, { scope: 'openid Directory.ReadWrite.All' })).status, 204)
    // What is there already may stay, and be taken away by those who could not give it.
    assert.equal((await admin.patch(at, { scope: 'openid profile Directory.ReadWrite.All' })).status, 204)
    assert.equal((await admin.patch(at, { scope: 'openid' })).status, 204)
    assert.deepEqual([...((await world.system.apps.findClient(appId))?.consentedScopes ?? [])], ['openid'])

    const anna = await world.person('anna')
    const one = await admin.post('/v1.0/oauth2PermissionGrants', grant('User.Read', { consentType: 'Principal', principalId: anna.id }))
    assert.equal(one.status, 201, one.text)
    const byPerson = await admin.get(`/v1.0/oauth2PermissionGrants?$filter=principalId eq '${anna.id}'`)
    assert.deepEqual(
      byPerson.body.value.map((item: { id: string }) => item.id),
      [one.body.id],
    )
    const ofApp = await admin.get(`/v1.0/oauth2PermissionGrants?$filter=clientId eq '${clientId}' and consentType eq 'AllPrincipals'`)
    assert.deepEqual(
      ofApp.body.value.map((item: { id: string }) => item.id),
      [id],
    )

    assert.equal((await admin.delete(at)).status, 204)
    assert.equal((await admin.get(at)).status, 404)
    assert.deepEqual((await world.auditTrail()).slice(2), [
      'Add delegated permission grant',
      'Add delegated permission grant',
      'Add delegated permission grant',
      'Remove delegated permission grant',
      'Add delegated permission grant',
      'Remove delegated permission grant',
    ])
  })

  test(`of consents that race only one is kept, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const owner = await world.as('Global Administrator')
    const { id: clientId } = await letIn(owner, (await register(owner)).appId)
    const body = { clientId, consentType: 'AllPrincipals', resourceId: sesamApi.id, scope: 'User.Read' }
    const answers = await Promise.all(Array.from({ length: 6 }, () => owner.post('/v1.0/oauth2PermissionGrants', body)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409])
  })

  test(`only who gives roles lets an app act in its own name, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Application Administrator')
    const giver = await world.as('Privileged Role Administrator')
    const { id: principalId } = await letIn(admin, (await register(admin)).appId)
    const at = `/v1.0/servicePrincipals/${principalId}/appRoleAssignments`
    const body = { principalId, resourceId: sesamApi.id, appRoleId: permissionIdOf('Role', 'User.Read.All') }
    assert.equal(codeOf(await admin.post(at, body)), 'role_missing')
    const given = await giver.post(at, body)
    assert.equal(given.status, 201, given.text)
    assert.partialDeepStrictEqual(given.body, { ...body, principalType: 'ServicePrincipal', resourceDisplayName: 'Sesam API' })
    assert.equal(codeOf(await giver.post(at, body)), 'permission_already_given')
    assert.deepEqual(
      (await admin.get(at)).body.value.map((item: { appRoleId: string }) => item.appRoleId),
      [body.appRoleId],
    )
    assert.equal((await admin.get(`/v1.0/servicePrincipals/${sesamApi.id}/appRoleAssignments`)).body.value.length, 0)

    assert.equal(codeOf(await giver.post(at, { ...body, principalId: randomUUID() })), 'property_invalid')
    assert.equal(codeOf(await giver.post(at, { ...body, resourceId: randomUUID() })), 'resource_unknown')
    assert.equal(codeOf(await giver.post(at, { ...body, appRoleId: permissionIdOf('Scope', 'User.Read.All') })), 'permission_unknown')
    assert.equal(codeOf(await giver.post(at, { ...body, appRoleId: permissionIdOf('Role', 'User.Read') })), 'permission_unknown')

    const other = await letIn(admin, (await register(admin)).appId)
    const wrong = `/v1.0/servicePrincipals/${other.id}/appRoleAssignments/${given.body.id}`
    assert.equal((await giver.delete(wrong)).status, 404)
    assert.equal((await giver.delete(`${at}/${given.body.id}`)).status, 204)
    assert.deepEqual((await admin.get(at)).body.value, [])
    assert.deepEqual(
      (await world.auditTrail()).filter((name) => name.includes('app role')),
      ['Add app role assignment to service principal', 'Remove app role assignment from service principal'],
    )
  })
}

test('a consent to nothing there is, or for nobody, is refused', async () => {
  const [database = assert.fail('no database')] = databases
  await using world = await startWorld(database)
  await using elsewhere = await startWorld(database)
  const owner = await world.as('Global Administrator')
  const { id: clientId } = await letIn(owner, (await register(owner)).appId)
  const stranger = await elsewhere.person('stranger')
  const good = { clientId, consentType: 'AllPrincipals', resourceId: sesamApi.id, scope: 'User.Read' }
  const cases: [object, string][] = [
    [{ scope: 'User.Read Mail.Read' }, 'permission_unknown'],
    [{ scope: 'user.read' }, 'permission_unknown'],
    [{ scope: 7 }, 'property_invalid'],
    [{ resourceId: randomUUID() }, 'resource_unknown'],
    [{ clientId: randomUUID() }, 'object_not_found'],
    [{ clientId: sesamApi.id }, 'built_in_app'],
    [{ clientId: 'x' }, 'property_invalid'],
    [{ consentType: 'Principal' }, 'property_required'],
    [{ consentType: 'Principal', principalId: randomUUID() }, 'object_not_found'],
    [{ consentType: 'Principal', principalId: stranger.id }, 'object_not_found'],
    [{ principalId: stranger.id }, 'property_invalid'],
    [{ consentType: 'Everybody' }, 'property_invalid'],
    [{ note: 'x' }, 'property_unknown'],
  ]
  for (const [wrong, code] of cases) {
    const answer = await owner.post('/v1.0/oauth2PermissionGrants', { ...good, ...wrong })
    assert.equal(codeOf(answer), code, `${JSON.stringify(wrong)}: ${answer.text}`)
  }
  assert.deepEqual((await world.auditTrail()).slice(2), [])
})
