import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { permissionIdOf, sesamApi } from '#server/domain/app-permissions.ts'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const day = 24 * 60 * 60 * 1000

async function register(client: Client, body: object = {}) {
  const answer = await client.post('/v1.0/applications', { displayName: 'Stock counter', ...body })
  assert.equal(answer.status, 201, answer.text)
  return answer.body
}

/** Lets the app in and gives it a permission of its own, as mighty administrators did before the story. */
async function makeMighty(world: World, appId: string) {
  const [letIn] = await world.system.inTransaction(async (stores) => {
    const offer = (await stores.servicePrincipals.findOffer(appId)) ?? assert.fail('no such app')
    const servicePrincipal = { id: appId, appId, ...offer, isEnabled: true, createdAt: world.now }
    await stores.servicePrincipals.add(servicePrincipal)
    await stores.apps.addRole(servicePrincipal.id, 'User.ReadWrite.All', world.now)
    return [servicePrincipal]
  })
  return letIn
}

for (const database of databases) {
  test(`an app is registered, read, changed and deleted, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Application Administrator')
    const made = await register(admin, {
      description: 'Counts what is left',
      web: { redirectUris: ['https://stock.example/cb'], homePageUrl: 'https://stock.example' },
      spa: { redirectUris: ['http://localhost:5173'] },
      publicClient: { redirectUris: ['com.example.stock:/cb'] },
      requiredResourceAccess: [
        { resourceAppId: sesamApi.appId, resourceAccess: [{ id: permissionIdOf('Scope', 'User.Read'), type: 'Scope' }] },
      ],
    })
    assert.partialDeepStrictEqual(made, {
      displayName: 'Stock counter',
      description: 'Counts what is left',
      signInAudience: 'AzureADMyOrg',
      publisherDomain: world.domain,
      tokenSigningAlgorithm: 'ES256',
      isFallbackPublicClient: false,
      passwordCredentials: [],
      keyCredentials: [],
      identifierUris: [],
      web: {
        redirectUris: ['https://stock.example/cb'],
        homePageUrl: 'https://stock.example',
        logoutUrl: null,
        backChannelLogoutUri: null,
      },
      publicClient: { redirectUris: ['com.example.stock:/cb'] },
      createdDateTime: world.now.toISOString(),
      requiredResourceAccess: [
        { resourceAppId: sesamApi.appId, resourceAccess: [{ id: permissionIdOf('Scope', 'User.Read'), type: 'Scope' }] },
      ],
    })
    assert.notEqual(made.id, made.appId)

    const changed = await admin.patch(`/beta/applications/${made.id}`, {
      displayName: 'Stock',
      tokenSigningAlgorithm: 'RS256',
      web: { backChannelLogoutUri: 'https://stock.example/bye' },
      spa: { redirectUris: [] },
      description: null,
    })
    assert.equal(changed.status, 204, changed.text)
    const read = await admin.get(`/v1.0/applications/${made.appId}`)
    assert.partialDeepStrictEqual(read.body, {
      id: made.id,
      displayName: 'Stock',
      description: null,
      tokenSigningAlgorithm: 'RS256',
      web: { redirectUris: ['https://stock.example/cb'], backChannelLogoutUri: 'https://stock.example/bye' },
      spa: { redirectUris: [] },
      publicClient: { redirectUris: ['com.example.stock:/cb'] },
    })

    assert.equal((await admin.delete(`/v1.0/applications/${made.id}`)).status, 204)
    assert.equal((await admin.get(`/v1.0/applications/${made.id}`)).status, 404)
    assert.deepEqual(await world.auditTrail(), ['Add application', 'Update application', 'Delete application'])
    const [, update] = await world.auditEvents()
    assert.deepEqual(
      update?.targets[0]?.changed?.map(({ name }) => name),
      [
        'displayName',
        'description',
        'backChannelLogoutUri',
        'idTokenAlgorithm',
        'web.redirectUris',
        'spa.redirectUris',
        'publicClient.redirectUris',
      ],
    )
  })

  test(`apps are listed, filtered, searched and paged, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Cloud Application Administrator')
    for (const displayName of ['Till', 'Stock', 'Rota']) await register(admin, { displayName })
    const names = async (query: string, headers = {}) => {
      const answer = await admin.get(`/v1.0/applications?${query}`, headers)
      assert.equal(answer.status, 200, answer.text)
      return answer.body.value.map((app: { displayName: string }) => app.displayName)
    }
    const eventual = { consistencylevel: 'eventual' }
    assert.deepEqual(await names('$select=displayName'), ['Rota', 'Stock', 'Till'])
    assert.deepEqual(await names("$filter=startsWith(displayName,'st')"), ['Stock'])
    assert.deepEqual(await names('$search="displayName:ro"', eventual), ['Rota'])
    const first = await admin.get('/v1.0/applications?$top=2&$count=true', eventual)
    assert.equal(first.body['@odata.count'], 3)
    const next = await admin.get(first.body['@odata.nextLink'], eventual)
    assert.deepEqual(
      next.body.value.map((app: { displayName: string }) => app.displayName),
      ['Till'],
    )
    assert.deepEqual(Object.keys((await admin.get('/v1.0/applications?$select=appId')).body.value[0]), ['id', 'appId'])
  })

  test(`a secret is shown once, kept as a hash, and there are never three, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Application Administrator')
    const { id, appId } = await register(admin)
    const add = (passwordCredential: object = {}) => admin.post(`/v1.0/applications/${id}/addPassword`, { passwordCredential })
    const added = await add({ displayName: 'rota server' })
    assert.equal(added.status, 200, added.text)
    const { secretText, hint, keyId, endDateTime } = added.body
    assert.equal(Buffer.from(secretText, 'base64url').length, 32)
    assert.equal(hint, secretText.slice(0, 3))
    assert.equal(endDateTime, '2028-11-20T09:00:00.000Z')

    const kept = (await world.system.apps.findByAppId(appId))?.secrets ?? []
    assert.deepEqual(
      kept.map(({ hash }) => hash),
      [createHash('sha256').update(secretText).digest('base64url')],
    )
    const read = await admin.get(`/v1.0/applications/${id}`)
    assert.partialDeepStrictEqual(read.body.passwordCredentials, [{ keyId, hint, secretText: null, displayName: 'rota server' }])
    assert.ok(!read.text.includes(secretText))
    assert.ok(!world.logged.join('').includes(secretText))
    assert.ok(!JSON.stringify(await world.auditEvents()).includes(secretText.slice(3)))

    const answers = await Promise.all(Array.from({ length: 8 }, () => add()))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(7).fill(400)])
    assert.equal(answers.find(({ status }) => status === 400)?.body.error.details[0].code, 'app_secrets_full')

    assert.equal((await admin.post(`/v1.0/applications/${id}/removePassword`, { keyId })).status, 204)
    assert.equal((await admin.post(`/v1.0/applications/${id}/removePassword`, { keyId })).body.error.details[0].code, 'app_secret_unknown')
    assert.equal((await add()).status, 200)
    world.turnClock(731 * day)
    const later = await world.signedIn(admin.id)
    assert.equal((await later.post(`/v1.0/applications/${id}/addPassword`, {})).status, 200)
    assert.equal((await world.auditTrail()).filter((name) => name.endsWith('Certificates and secrets management')).length, 5)
  })

  test(`a secret lives two years at most, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Application Administrator')
    const { id } = await register(admin)
    for (const passwordCredential of [
      { endDateTime: '2028-11-20T09:00:01Z' },
      { endDateTime: '2026-11-20T08:59:59Z' },
      { startDateTime: '2027-02-01T00:00:00Z', endDateTime: '2027-01-01T00:00:00Z' },
      { startDateTime: '2029-01-01T00:00:00Z' },
    ]) {
      const answer = await admin.post(`/v1.0/applications/${id}/addPassword`, { passwordCredential })
      assert.equal(answer.body.error.details[0].code, 'app_secret_life', answer.text)
    }
    for (const endDateTime of ['tomorrow', 7, '2027-13-01'])
      assert.equal((await admin.post(`/v1.0/applications/${id}/addPassword`, { passwordCredential: { endDateTime } })).status, 400)
  })

  test(`who manages apps cannot become one that may do more than they, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Application Administrator')
    const mighty = await world.as('Privileged Role Administrator')
    const owner = await world.as('Global Administrator')
    const { id, appId } = await register(admin)
    await makeMighty(world, appId)

    const refused = await admin.post(`/v1.0/applications/${id}/addPassword`, {})
    assert.equal(refused.status, 403)
    assert.equal(refused.body.error.details[0].code, 'app_protected')
    assert.equal(refused.body.error.innerError.roles, 'Privileged Role Administrator, Global Administrator')
    for (const body of [
      { web: { redirectUris: ['https://evil.example/cb'] } },
      { keyCredentials: [] },
      { isFallbackPublicClient: true },
      { web: { backChannelLogoutUri: 'https://evil.example/bye' } },
    ])
      assert.equal((await admin.patch(`/v1.0/applications/${id}`, body)).body.error.details[0].code, 'app_protected')
    assert.equal((await admin.patch(`/v1.0/applications/${id}`, { description: 'harmless' })).status, 204)

    const added = await mighty.post(`/v1.0/applications/${id}/addPassword`, {})
    assert.equal(added.status, 200, added.text)
    for (const client of [owner, mighty])
      assert.equal((await client.patch(`/v1.0/applications/${id}`, { web: { redirectUris: ['https://stock.example/cb'] } })).status, 204)
    // Taking a secret away makes nobody mightier.
    const { keyId } = added.body
    assert.equal((await admin.post(`/v1.0/applications/${id}/removePassword`, { keyId })).status, 204)
  })

  test(`an app with a mighty consent is guarded like one with a permission, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Application Administrator')
    const { id, appId } = await register(admin)
    const app = (await world.system.apps.findByAppId(appId)) ?? assert.fail('gone')
    const servicePrincipal = { id: app.appId, appId, displayName: 'S', homeTenantId: world.tenantId, isEnabled: true, createdAt: world.now }
    await world.system.inTransaction(({ servicePrincipals }) => servicePrincipals.add(servicePrincipal))
    const change = () => admin.patch(`/v1.0/applications/${id}`, { spa: { redirectUris: ['https://new.example/'] } })
    await world.system.inTransaction(({ apps }) => apps.addConsent({ servicePrincipalId: appId, scopes: ['User.Read'] }, world.now))
    assert.equal((await change()).status, 204)
    const [consent] = (await world.system.appConsents.list({ ...noQuery, top: 1 })).items
    await world.system.inTransaction(({ appConsents }) => appConsents.change(consent?.id ?? '', ['Directory.ReadWrite.All']))
    assert.equal((await change()).body.error.details[0].code, 'app_protected')
  })

  test(`another organisation’s app is not there, whatever one does, on ${database.name}`, async () => {
    await using maker = await startWorld(database)
    await using stranger = await startWorld(database)
    const { id, appId } = await register(await maker.as('Application Administrator'), { signInAudience: 'AzureADMultipleOrgs' })
    const admin = await stranger.as('Global Administrator')
    for (const name of [id, appId]) {
      assert.equal((await admin.get(`/v1.0/applications/${name}`)).status, 404)
      assert.equal((await admin.patch(`/v1.0/applications/${name}`, { displayName: 'Mine' })).status, 404)
      assert.equal((await admin.post(`/v1.0/applications/${name}/addPassword`, {})).status, 404)
      assert.equal((await admin.delete(`/v1.0/applications/${name}`)).status, 404)
    }
    assert.deepEqual((await admin.get('/v1.0/applications')).body.value, [])
    assert.ok(await maker.system.apps.find(id))
  })
}

const noQuery = {
  filter: undefined,
  search: undefined,
  orderBy: undefined,
  select: undefined,
  expand: [],
  top: 999,
  count: false,
  after: undefined,
}
