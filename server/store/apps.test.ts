import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { App } from '#server/domain/app.ts'
import { databases, startWorld } from '#test/world.ts'

const day = 24 * 60 * 60 * 1000

function app(name: string, more: Partial<App> = {}): App {
  return {
    id: randomUUID(),
    appId: randomUUID(),
    displayName: name,
    description: undefined,
    audience: 'AzureADMyOrg',
    redirectUris: { web: ['https://app.example/cb'], spa: [], publicClient: [] },
    homePageUrl: undefined,
    logoutUrl: undefined,
    backChannelLogoutUri: undefined,
    isFallbackPublicClient: false,
    idTokenAlgorithm: 'ES256',
    requiredScopes: ['User.Read'],
    requiredRoles: [],
    secrets: [],
    keys: [],
    createdAt: new Date(0),
    ...more,
  }
}

for (const database of databases) {
  test(`an app is found by its client id with all it has and may do, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const times = { startsAt: world.now, endsAt: new Date(world.now.getTime() + day) }
    const secret = { id: randomUUID(), displayName: undefined, hint: 'abc', hash: 'h', ...times }
    const key = { id: randomUUID(), displayName: 'laptop', jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }, ...times }
    const made = app('Stock', { secrets: [secret], keys: [key], createdAt: world.now })
    const anna = await world.person('anna')

    const { apps } = world.system
    const write = world.system.inTransaction
    const servicePrincipalId = await write((stores) => stores.apps.add(made, world.now))
    assert.deepEqual(await apps.findClient(made.appId), {
      app: made,
      servicePrincipalId,
      isEnabled: true,
      consentedScopes: new Set(),
      consentedRoles: new Set(),
    })

    assert.equal(await write((stores) => stores.apps.addConsent({ servicePrincipalId, scopes: ['openid', 'User.Read'] }, world.now)), true)
    assert.equal(
      await write((stores) => stores.apps.addConsent({ servicePrincipalId, scopes: ['User.Read.All'], personId: anna.id }, world.now)),
      true,
    )
    assert.equal(await write((stores) => stores.apps.addConsent({ servicePrincipalId, scopes: ['User.Read'] }, world.now)), false)
    assert.equal(await write((stores) => stores.apps.addRole(servicePrincipalId, 'User.Read.All', world.now)), true)
    assert.equal(await write((stores) => stores.apps.addRole(servicePrincipalId, 'User.Read.All', world.now)), false)
    const client = await apps.findClient(made.appId)
    assert.deepEqual([...(client?.consentedScopes ?? [])], ['openid', 'User.Read'])
    assert.deepEqual([...(client?.consentedRoles ?? [])], ['User.Read.All'])
    assert.deepEqual(await world.system.appConsents.scopesOfPerson(servicePrincipalId, anna.id), ['User.Read.All'])
    assert.equal(await world.installation.findAppHome(made.appId), world.tenantId)
    assert.equal(await apps.findClient(randomUUID()), undefined)
  })

  test(`another organisation finds an app only when it let it in and its maker shares it, on ${database.name}`, async () => {
    await using maker = await startWorld(database)
    await using guest = await startWorld(database)
    const made = app('Shared', { audience: 'AzureADMultipleOrgs' })
    await maker.system.inTransaction(({ apps }) => apps.add(made, maker.now))
    assert.equal(await guest.system.apps.findClient(made.appId), undefined)

    const { appId, displayName } = made
    const servicePrincipal = { id: randomUUID(), appId, displayName, homeTenantId: maker.tenantId, isEnabled: true, createdAt: guest.now }
    assert.equal(await guest.system.inTransaction((stores) => stores.servicePrincipals.add(servicePrincipal)), true)
    assert.equal(
      await guest.system.inTransaction((stores) => stores.servicePrincipals.add({ ...servicePrincipal, id: randomUUID() })),
      false,
    )
    assert.equal((await guest.system.apps.findClient(appId))?.app.displayName, 'Shared')
    assert.equal((await guest.system.servicePrincipals.findAccount(servicePrincipal.id))?.appId, appId)
    assert.equal(await maker.system.servicePrincipals.findAccount(servicePrincipal.id), undefined)

    await maker.system.inTransaction(({ apps }) => apps.change(made.id, { audience: 'AzureADMyOrg' }))
    assert.equal(await guest.system.apps.findClient(appId), undefined)
    assert.equal(await guest.system.servicePrincipals.findAccount(servicePrincipal.id), undefined)
    assert.ok(await maker.system.apps.findClient(appId))

    await maker.system.inTransaction(({ apps }) => apps.remove(made.id))
    assert.equal(await maker.system.apps.findClient(appId), undefined)
  })

  test(`a service principal that does not say the true home of an app leads nowhere, on ${database.name}`, async () => {
    await using maker = await startWorld(database)
    await using thief = await startWorld(database)
    const made = app('Payroll', { audience: 'AzureADMyOrg' })
    await maker.system.inTransaction(({ apps }) => apps.add(made, maker.now))
    for (const homeTenantId of [maker.tenantId, thief.tenantId]) {
      const id = randomUUID()
      const servicePrincipal = { id, appId: made.appId, displayName: 'P', homeTenantId, isEnabled: true, createdAt: thief.now }
      await thief.system.inTransaction((stores) => stores.servicePrincipals.add(servicePrincipal))
      assert.equal(await thief.system.apps.findClient(made.appId), undefined)
      await thief.system.inTransaction((stores) => stores.servicePrincipals.remove(id))
    }
  })
}
