import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { SignJWT } from 'jose'
import { graphRoutes } from '#server/app.ts'
import type { App } from '#server/domain/app.ts'
import { everyAppRole, everyScope, isForPeopleOnly } from '#server/domain/permissions.ts'
import { databases, startWorld, type World } from '#test/world.ts'
import { isAboutSelf } from './route.ts'

function registered(more: Partial<App> = {}): App {
  return {
    id: randomUUID(),
    appId: randomUUID(),
    displayName: 'Payroll',
    description: undefined,
    audience: 'AzureADMyOrg',
    redirectUris: { web: [], spa: [], publicClient: [] },
    homePageUrl: undefined,
    logoutUrl: undefined,
    backChannelLogoutUri: undefined,
    isFallbackPublicClient: false,
    idTokenAlgorithm: 'ES256',
    requiredScopes: [],
    requiredRoles: [],
    secrets: [],
    keys: [],
    createdAt: new Date(0),
    ...more,
  }
}

/** An app that may do this in its own name, and a client with its token. */
async function appIn(world: World, roles: readonly string[], more: Partial<App> = {}) {
  const app = registered(more)
  const servicePrincipalId = await world.system.inTransaction(async ({ apps }) => {
    const id = await apps.add(app, world.now)
    for (const role of roles) await apps.addRole(id, role, world.now)
    return id
  })
  const token = await world.system.issueToken({ servicePrincipalId, roles, appId: app.appId, lifeSeconds: 3_600 })
  return { ...world.client(token, servicePrincipalId), app }
}

function codeOf(answer: { status: number; body: { error?: { details: { code: string }[] } } }) {
  return answer.body.error?.details[0]?.code ?? `${answer.status}`
}

for (const database of databases) {
  test(`an app does in its own name what it is permitted, and the log says so, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const app = await appIn(world, ['User.ReadWrite.All'])
    const read = await app.get('/v1.0/users')
    assert.equal(read.status, 200, read.text)
    assert.equal((await app.patch(`/v1.0/users/${anna.id}`, { department: 'Store 12' })).status, 204)
    assert.equal((await world.system.users.find(anna.id))?.department, 'Store 12')
    assert.equal(codeOf(await app.get('/v1.0/groups')), 'scope_missing')

    const reader = await world.as('Reports Reader')
    const [entry] = (await reader.get('/v1.0/auditLogs/directoryAudits')).body.value
    assert.deepEqual(entry.initiatedBy, {
      user: null,
      app: { appId: app.app.appId, displayName: 'Payroll', servicePrincipalId: app.id, servicePrincipalName: app.app.appId },
    })
  })

  test(`an app in its own name cannot touch who holds a role, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const app = await appIn(world, everyAppRole)
    const boss = await world.person('boss')
    await world.giveRole(boss.id, 'Global Administrator')
    const reader = await world.person('reader')
    await world.giveRole(reader.id, 'Directory Readers')
    const guarded = await world.person('guarded')
    await world.group('role group', { members: [guarded], isAssignableToRole: true })
    const hidden = await world.person('hidden')
    await world.unit('Board', { members: [hidden], isRestricted: true })
    const anna = await world.person('anna')
    for (const { id } of [boss, reader, guarded, hidden]) {
      const answers = [
        await app.patch(`/v1.0/users/${id}`, { department: 'Mine' }),
        await app.patch(`/v1.0/users/${id}`, { accountEnabled: false }),
        await app.patch(`/v1.0/users/${id}`, { passwordProfile: { password: 'Correct-horse-battery-9' } }),
        await app.post(`/v1.0/users/${id}/revokeSignInSessions`),
        await app.delete(`/v1.0/users/${id}`),
      ]
      assert.deepEqual(answers.map(codeOf), Array(5).fill('target_protected'))
    }
    assert.equal((await app.delete(`/v1.0/users/${anna.id}`)).status, 204)
  })

  test(`an app in its own name gives nobody a role or a consent, itself least of all, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const app = await appIn(world, everyAppRole)
    const anna = await world.person('anna')
    const group = await world.group('role group', { isAssignableToRole: true })
    const refused = [
      await app.post('/v1.0/roleManagement/directory/roleAssignments', {}),
      await app.post('/v1.0/oauth2PermissionGrants', {}),
      await app.post(`/v1.0/servicePrincipals/${app.id}/appRoleAssignments`, {}),
    ]
    for (const answer of refused) assert.ok(['people_only', 'scope_missing'].includes(codeOf(answer)), answer.text)
    const add = await app.post(`/v1.0/groups/${group.id}/members/$ref`, { '@odata.id': `https://x/v1.0/users/${anna.id}` })
    assert.equal(codeOf(add), 'role_missing')
    const { body } = await app.post('/v1.0/applications', { displayName: 'A' })
    assert.equal((await app.post(`/v1.0/applications/${body.id}/addPassword`, {})).status, 200)
    assert.equal(codeOf(await app.post(`/v1.0/applications/${app.app.id}/addPassword`, {})), 'app_protected')
    const plain = await app.post('/v1.0/groups', { displayName: 'G', mailNickname: 'g', mailEnabled: false, securityEnabled: true })
    assert.equal(plain.status, 201, plain.text)
    assert.deepEqual((await app.get(`/v1.0/groups/${plain.body.id}/owners`)).body.value, [])
    assert.equal((await app.delete(`/v1.0/groups/${plain.body.id}`)).status, 204)
  })

  test(`a permission taken back counts at once, and so does switching the app off, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const app = await appIn(world, ['User.Read.All', 'Group.Read.All'])
    const { appConsents } = world.system
    const held = await appConsents.rolesOf(app.id)
    const readUsers = held.find(({ role }) => role === 'User.Read.All') ?? assert.fail('not held')
    await world.system.inTransaction((stores) => stores.appConsents.removeRole(readUsers.id))
    assert.equal(codeOf(await app.get('/v1.0/users')), 'scope_missing')
    assert.equal((await app.get('/v1.0/groups')).status, 200)

    // What was given after the token was made waits for the next token.
    await world.system.inTransaction(({ apps }) => apps.addRole(app.id, 'Domain.Read.All', world.now))
    assert.equal(codeOf(await app.get('/v1.0/domains')), 'scope_missing')

    await world.system.inTransaction(({ servicePrincipals }) => servicePrincipals.setEnabled(app.id, false))
    const off = await app.get('/v1.0/groups')
    assert.equal(off.status, 401)
    assert.equal(codeOf(off), 'app_disabled')
    await world.system.inTransaction(({ servicePrincipals }) => servicePrincipals.setEnabled(app.id, true))
    assert.equal((await app.get('/v1.0/groups')).status, 200)
    await world.system.inTransaction(({ apps }) => apps.remove(app.app.id))
    assert.equal(codeOf(await app.get('/v1.0/groups')), 'token_revoked')
  })

  test(`an app of one organisation opens nothing in another, on ${database.name}`, async () => {
    await using maker = await startWorld(database)
    await using guest = await startWorld(database)
    const app = await appIn(maker, ['User.Read.All'], { audience: 'AzureADMultipleOrgs' })
    const { appId } = app.app
    // The maker's own service principal means nothing in a token of the other organisation.
    const request = { servicePrincipalId: app.id, roles: ['User.Read.All'], appId, lifeSeconds: 600 }
    const forged = guest.client(await guest.system.issueToken(request))
    assert.equal(codeOf(await forged.get('/v1.0/users')), 'token_revoked')

    const servicePrincipalId = randomUUID()
    await guest.system.inTransaction(async ({ servicePrincipals, appConsents }) => {
      const offer = (await servicePrincipals.findOffer(appId)) ?? assert.fail('not shared')
      await servicePrincipals.add({ id: servicePrincipalId, appId, ...offer, isEnabled: true, createdAt: guest.now })
      await appConsents.addRole({ id: randomUUID(), servicePrincipalId, role: 'User.Read.All', createdAt: guest.now })
    })
    const inGuest = guest.client(await guest.system.issueToken({ ...request, servicePrincipalId }))
    await guest.person('gerda')
    await maker.person('maria')
    const names = (await inGuest.get('/v1.0/users?$select=displayName')).body.value.map((user: { displayName: string }) => user.displayName)
    assert.deepEqual(names, ['gerda'])
    // Whoever passes for another app with a true service principal is nobody.
    const posing = guest.client(await guest.system.issueToken({ ...request, servicePrincipalId, appId: randomUUID() }))
    assert.equal(codeOf(await posing.get('/v1.0/users')), 'token_invalid')
    // The maker keeps the app to itself again, and at once it is nothing here.
    await maker.system.inTransaction(({ apps }) => apps.change(app.app.id, { audience: 'AzureADMyOrg' }))
    assert.equal(codeOf(await inGuest.get('/v1.0/users')), 'token_revoked')
  })
}

test('no door about oneself opens to an app, and every other does as its permission says', async () => {
  const [database = assert.fail('no database')] = databases
  await using world = await startWorld(database)
  const app = await appIn(world, everyScope)
  const wrong: string[] = []
  for (const route of graphRoutes) {
    const address = `/v1.0${route.path.replace(/:\w+/g, () => randomUUID())}`
    const authorization = `Bearer ${app.token}`
    const answer = await world.send(route.method, address, route.method === 'GET' ? undefined : {}, { authorization })
    const expected = isAboutSelf(route) ? 'me_needs_person' : isForPeopleOnly(route.permission) ? 'people_only' : undefined
    const said = codeOf(answer)
    const isRight = expected
      ? said === expected
      : !['me_needs_person', 'people_only', 'scope_missing'].includes(said) && answer.status < 500
    if (!isRight) wrong.push(`${route.method} ${route.path}: ${answer.status} ${answer.text.slice(0, 200)}`)
  }
  assert.deepEqual(wrong, [])
})

test('a token that is half a person’s and half an app’s is nobody’s', async () => {
  const [database = assert.fail('no database')] = databases
  await using world = await startWorld(database)
  const app = await appIn(world, ['User.Read.All'])
  const anna = (await world.system.authority.findAccount((await world.person('anna')).id)) ?? assert.fail('nobody')
  const [key = assert.fail('no key')] = (await world.installation.keysOf(world.tenantId)) ?? []
  const seconds = Math.floor(world.now.getTime() / 1000)
  const ask = async (claims: object) => {
    const token = await new SignJWT({ tid: world.tenantId, client_id: app.app.appId, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.id })
      .setIssuer(world.installation.tokens.issuerOf(world.tenantId))
      .setAudience(world.installation.parts.publicUrl)
      .setIssuedAt(seconds)
      .setNotBefore(seconds)
      .setExpirationTime(seconds + 600)
      .sign(key.privateKey)
    return codeOf(await world.client(token).get('/v1.0/users'))
  }
  const asApp = { oid: app.id, idtyp: 'app', roles: ['User.Read.All'] }
  const asAnna = { oid: anna.id, scp: 'User.Read.All', epoch: anna.epoch, amr: ['pwd', 'mfa'], auth_time: seconds }
  assert.equal(await ask(asApp), '200')
  for (const claims of [
    { ...asApp, scp: 'User.Read.All' },
    { ...asApp, epoch: 0 },
    { ...asApp, roles: 'User.Read.All' },
    { ...asApp, oid: undefined },
    { ...asApp, idtyp: undefined },
    { ...asAnna, idtyp: 'app' },
    { ...asAnna, scp: undefined },
    { ...asAnna, amr: undefined },
  ])
    assert.equal(await ask(claims), 'token_invalid', JSON.stringify(claims))
  assert.equal(await ask({ ...asApp, oid: anna.id }), 'token_revoked')
  assert.equal(await ask({ ...asAnna, oid: app.id }), 'token_revoked')
})
