import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { assertionType, newKey, newSecret, postForm, webApp } from '#test/app-proofs.ts'
import { authorizeRequest, callback, redeem, registerApp, signInByNumber, Visitor } from '#test/visitor.ts'
import { databases, publicUrl, startWorld, type TestDatabase, type World } from '#test/world.ts'

const number = '+31612345678'

async function withAnna(database: TestDatabase): Promise<World> {
  const world = await startWorld(database, { startsAt: new Date() })
  await world.number(await world.person('anna'), number)
  await world.allow('sms')
  return world
}

function payloadOf(token: string) {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

for (const database of databases) {
  test(`an app with a secret shows it whatever else it sends, on ${database.name}`, async () => {
    await using world = await withAnna(database)
    const { secret, registered } = newSecret()
    const app = await registerApp(world, webApp([registered]))
    const { code, verifier } = await signInByNumber(world, app, number)
    const client = { client_id: app.appId }
    const byCode = { ...client, grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: callback }

    for (const redirect_uri of [callback, 'https://elsewhere.example/', 'http://localhost']) {
      const answer = await postForm(world, 'token', { ...byCode, redirect_uri })
      assert.deepEqual([answer.status, answer.body.error], [401, 'invalid_client'], redirect_uri)
    }
    const tokens = await postForm(world, 'token', { ...byCode, client_secret: secret })
    assert.equal(tokens.status, 200, 'without a secret nothing was used up')

    const byRefresh = { ...client, grant_type: 'refresh_token', refresh_token: tokens.body.refresh_token }
    const alone = { ...client, grant_type: 'client_credentials', scope: `${publicUrl}/.default` }
    for (const asked of [byRefresh, alone]) {
      for (const extra of [{}, { redirect_uri: 'https://elsewhere.example/' }, { redirect_uri: callback }, { client_secret: 'wrong' }]) {
        const answer = await postForm(world, 'token', { ...asked, ...extra })
        assert.deepEqual([answer.status, answer.body.error], [401, 'invalid_client'], JSON.stringify(extra))
      }
    }
    assert.equal((await postForm(world, 'token', { ...byRefresh, client_secret: secret })).status, 200)
    assert.equal((await postForm(world, 'token', { ...alone, client_secret: secret })).status, 200)
  })

  test(`an app that may sign people in by a browser still shows its secret to act in its own name, on ${database.name}`, async () => {
    await using world = await withAnna(database)
    const { registered } = newSecret()
    const app = await registerApp(world, {
      redirectUris: { web: ['https://app.example/server'], spa: [callback], publicClient: [] },
      secrets: [registered],
      isFallbackPublicClient: true,
    })
    const answer = await postForm(world, 'token', { client_id: app.appId, grant_type: 'client_credentials', redirect_uri: callback })
    assert.deepEqual([answer.status, answer.body.error], [401, 'invalid_client'])
  })

  test(`what an app may do for people it may not do alone, and the other way round, on ${database.name}`, async () => {
    await using world = await withAnna(database)
    const { secret, registered } = newSecret()
    const app = await registerApp(world, webApp([registered]), ['User.Read'])
    const principal = await world.system.servicePrincipals.findByAppId(app.appId)
    await world.system.inTransaction(({ appConsents }) =>
      appConsents.addRole({
        id: randomUUID(),
        servicePrincipalId: principal?.id ?? '',
        role: 'Group.ReadWrite.All',
        createdAt: world.now,
      }),
    )
    const client = { client_id: app.appId, client_secret: secret }
    for (const resource of [{}, { resource: publicUrl }]) {
      const scope = 'User.Read'
      const alone = await postForm(world, 'token', { ...client, ...resource, grant_type: 'client_credentials', scope })
      assert.ok(alone.status === 400 || payloadOf(alone.body.access_token).roles.length === 0, alone.text)
      const visitor = new Visitor(world)
      const asked = authorizeRequest(world, app, { ...resource, scope: 'openid Group.ReadWrite.All' })
      await visitor.get(asked.url)
      if (visitor.left) assert.equal(visitor.left.searchParams.get('error'), 'consent_required')
      else {
        const { code, verifier } = await signInByNumber(world, app, number, new Visitor(world), {
          ...resource,
          scope: 'openid Group.ReadWrite.All',
        })
        const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier, client_secret: secret })
        assert.doesNotMatch(String(tokens.body.scope), /Group/)
      }
    }
  })

  test(`a signed assertion counts only for its maker, here, now, and once, on ${database.name}`, async () => {
    await using world = await withAnna(database)
    const { registered, assertionOf } = await newKey()
    const thief = await newKey()
    const app = await registerApp(world, webApp([], [registered]))
    const other = await registerApp(world, webApp([], [thief.registered]))
    const asked = { grant_type: 'client_credentials', client_id: app.appId, client_assertion_type: assertionType }
    const ask = (client_assertion: string) => postForm(world, 'token', { ...asked, client_assertion })

    const good = await assertionOf(world, app)
    assert.equal((await ask(good)).status, 200)
    const [header, payload = '', signature] = good.split('.')
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    const elsewhere = Object.assign(Object.create(world), { tenantId: randomUUID() })
    for (const [what, assertion] of Object.entries({
      again: good,
      unsigned,
      changed: [header, Buffer.from(JSON.stringify({ ...payloadOf(good), jti: 'x' })).toString('base64url'), signature].join('.'),
      'of another key': await thief.assertionOf(world, app),
      'of another app': await thief.assertionOf(world, other),
      'for another organisation': await assertionOf(elsewhere, app),
      'no token at all': 'x.y.z',
    })) {
      const answer = await ask(assertion)
      assert.ok([400, 401].includes(answer.status) && /invalid_(?:client|request)/.test(answer.body.error), `${what}: ${answer.text}`)
    }
  })
}
