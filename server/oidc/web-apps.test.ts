import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decodeJwt } from 'jose'
import { webApps } from '#contract/web-apps.ts'
import type { App } from '#server/domain/app.ts'
import { findWebApp } from '#server/domain/web-app.ts'
import { migrate } from '#server/store/migrate.ts'
import { newDpopKey, postForm } from '#test/app-proofs.ts'
import { type AppRequest, authorizeRequest, callback, registerApp, Visitor } from '#test/visitor.ts'
import { databases, publicUrl, startWorld, type TestDatabase, type World } from '#test/world.ts'

const number = '+31612345678'
const { appId, scopes } = webApps.account
const account = findWebApp(appId, publicUrl)?.app ?? assert.fail('no such app')
const redirectUri = `${publicUrl}/account/signed-in`
const wanted = { redirect_uri: redirectUri, scope: ['openid', 'profile', 'offline_access', ...scopes].join(' ') }

async function begin(database: TestDatabase) {
  const world = await startWorld(database, { startsAt: new Date() })
  await world.number(await world.person('anna', { displayName: 'Anna' }), number)
  await world.allow('sms')
  return world
}

/** Signs in on the pages and answers the code that came back to My Account. */
async function codeFor(world: World, asked: AppRequest, visitor = new Visitor(world)): Promise<string> {
  let page = await visitor.get(asked.url)
  if (page.text.includes('name="identifier"')) {
    const codePage = await visitor.submit(page, { identifier: number, do: 'next' })
    page = await visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' })
  }
  if (page.text.includes('name="stay"')) page = await visitor.submit(page, { stay: 'no' })
  const back = new URL(page.url, publicUrl)
  assert.equal(back.pathname, '/account/signed-in')
  assert.equal(back.searchParams.get('state'), asked.state)
  return back.searchParams.get('code') ?? assert.fail(page.url)
}

type Prove = Awaited<ReturnType<typeof newDpopKey>>

async function askToken(world: World, prove: Prove | undefined, fields: Record<string, string>) {
  const url = `${publicUrl}/${world.tenantId}/oauth2/v2.0/token`
  const form = { client_id: appId, redirect_uri: redirectUri, ...fields }
  return postForm(world, 'token', form, prove && { dpop: await prove('POST', url) })
}

async function signedIn(world: World, prove: Prove, visitor = new Visitor(world)) {
  const asked = authorizeRequest(world, account, wanted)
  const answer = await askToken(world, prove, {
    grant_type: 'authorization_code',
    code: await codeFor(world, asked, visitor),
    code_verifier: asked.verifier,
  })
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}

for (const database of databases) {
  describe(`My Account as an app, on ${database.name}`, () => {
    test('signs in without being registered, and its tokens are bound to the key it showed', async () => {
      await using world = await begin(database)
      const prove = await newDpopKey()
      const tokens = await signedIn(world, prove)
      assert.equal(tokens.token_type, 'DPoP')
      assert.deepEqual(String(tokens.scope).split(' ').sort(), [...scopes].sort())
      const get = async (proof: string | undefined, scheme = 'DPoP') =>
        world.client(undefined).get('/v1.0/me', { authorization: `${scheme} ${tokens.access_token}`, ...(proof && { dpop: proof }) })
      assert.equal((await get(await prove('GET', `${publicUrl}/v1.0/me`, tokens.access_token))).body.displayName, 'Anna')
      const thief = await newDpopKey()
      assert.equal((await get(await thief('GET', `${publicUrl}/v1.0/me`, tokens.access_token))).status, 401)
      assert.equal((await get(undefined, 'Bearer')).status, 401)
    })

    test('gets nothing without a key, neither for a code nor for a refresh token', async () => {
      await using world = await begin(database)
      const asked = authorizeRequest(world, account, wanted)
      const visitor = new Visitor(world)
      const code = await codeFor(world, asked, visitor)
      const bare = await askToken(world, undefined, { grant_type: 'authorization_code', code, code_verifier: asked.verifier })
      assert.equal(bare.status, 400, bare.text)
      const prove = await newDpopKey()
      const { refresh_token: refresh } = await signedIn(world, prove, visitor)
      for (const wrong of [undefined, await newDpopKey()]) {
        const answer = await askToken(world, wrong, { grant_type: 'refresh_token', refresh_token: refresh })
        assert.ok(answer.status >= 400 && answer.body.access_token === undefined, answer.text)
      }
    })

    test('renews with a refresh token that is good once', async () => {
      await using world = await begin(database)
      const prove = await newDpopKey()
      const { refresh_token: first } = await signedIn(world, prove)
      const renewed = await askToken(world, prove, { grant_type: 'refresh_token', refresh_token: first })
      assert.equal(renewed.status, 200, renewed.text)
      assert.notEqual(renewed.body.refresh_token, first)
      const again = await askToken(world, prove, { grant_type: 'refresh_token', refresh_token: first })
      assert.equal(again.body.error, 'invalid_grant')
    })

    test('is refused by the API with a token that is bound to nothing, whoever made it', async () => {
      await using world = await begin(database)
      const anna = await world.person('eva')
      const { epoch } = (await world.system.authority.findAccount(anna.id)) ?? assert.fail('nobody')
      const token = await world.system.issueToken({ userId: anna.id, scopes, methods: ['pwd'], epoch, appId, lifeSeconds: 600 })
      const answer = await world.client(token).get('/v1.0/me')
      assert.equal(answer.status, 401)
      assert.equal(answer.body.error.details[0].code, 'proof_invalid')
    })

    test('may ask for its own scopes and no other, and is sent to its own address and no other', async () => {
      await using world = await begin(database)
      const more = await new Visitor(world).get(authorizeRequest(world, account, { ...wanted, scope: `${wanted.scope} User.Read.All` }).url)
      assert.equal(new URL(more.url, publicUrl).searchParams.get('error'), 'consent_required')
      for (const address of [callback, `${redirectUri}/x`, `${publicUrl}/account`, 'https://sesam.test.evil.example/account/signed-in']) {
        const visitor = new Visitor(world)
        const answer = await visitor.get(authorizeRequest(world, account, { ...wanted, redirect_uri: address }).url)
        assert.equal(answer.status, 400, address)
        assert.equal(visitor.left, undefined)
      }
      const itself = await askToken(world, await newDpopKey(), { grant_type: 'client_credentials', scope: `${publicUrl}/.default` })
      assert.ok(itself.status >= 400)
    })

    test('is nobody’s to register, change or switch off', async () => {
      await using world = await begin(database)
      const admin = await world.as('Global Administrator')
      for (const id of [appId, appId.toUpperCase()]) {
        assert.equal((await admin.post('/v1.0/servicePrincipals', { appId: id })).status, 400)
        assert.equal((await admin.get(`/v1.0/applications/${id}`)).status, 404)
        assert.equal((await admin.patch(`/v1.0/applications/${id}`, { displayName: 'Evil' })).status, 404)
        assert.equal((await admin.patch(`/v1.0/servicePrincipals/${id}`, { accountEnabled: false })).status, 404)
        assert.equal((await admin.delete(`/v1.0/servicePrincipals/${id}`)).status, 404)
      }
      assert.ok((await admin.post('/v1.0/applications', { displayName: 'Evil', appId })).status === 400)
      // Even a row that somebody wrote into the database says nothing.
      const evil: Partial<App> = { appId, displayName: 'Evil', redirectUris: { web: [], spa: [callback], publicClient: [] } }
      if (database.name === 'sqlite') await registerApp(world, evil)
      const visitor = new Visitor(world)
      assert.equal((await visitor.get(authorizeRequest(world, account, { redirect_uri: callback }).url)).status, 400)
      assert.equal((await signedIn(world, await newDpopKey())).token_type, 'DPoP')
    })

    test('stands in the sign-in log by its name', async () => {
      await using world = await begin(database)
      const prove = await newDpopKey()
      const { refresh_token: refresh } = await signedIn(world, prove)
      await askToken(world, prove, { grant_type: 'refresh_token', refresh_token: refresh })
      const log = await (await world.as('Reports Reader')).get(`/v1.0/auditLogs/signIns?$filter=appId eq '${appId}'`)
      assert.equal(log.body.value.length, 2)
      assert.deepEqual([...new Set(log.body.value.map((row: { appDisplayName: string }) => row.appDisplayName))], ['My Account'])
    })

    test('works where several organisations are, at the address that names none', async () => {
      const store = await database.fresh()
      await migrate(store)
      await using world = await startWorld(database, { startsAt: new Date(), database: store })
      const domain = `f-${world.domain}`
      const other = await world.installation.addTenant({
        displayName: 'Fabrikam',
        defaultCountry: 'NL',
        languages: ['nl'],
        domains: [domain],
      })
      const fabrikam = world.inTenant(other, domain)
      const eva = await fabrikam.person('eva')
      await fabrikam.number(eva, number)
      await fabrikam.allow('sms')
      const asked = authorizeRequest(world, account, wanted)
      const visitor = new Visitor(world)
      const first = await visitor.get(asked.url.replace(world.tenantId, 'organizations'))
      const codePage = await visitor.submit(first, { identifier: number, do: 'next' })
      const page = await visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' })
      assert.doesNotMatch(first.text, /Contoso|Fabrikam/, 'nobody knows yet whose person this is')
      const answer = new URL(page.url, publicUrl).searchParams
      const code = answer.get('code') ?? assert.fail(page.text)
      // The answer says whose code it is, and there it is redeemed (RFC 9207).
      assert.equal(answer.get('iss'), `${publicUrl}/${fabrikam.tenantId}/v2.0`)
      const tokens = await askToken(fabrikam, await newDpopKey(), {
        grant_type: 'authorization_code',
        code,
        code_verifier: asked.verifier,
      })
      assert.equal(tokens.status, 200, tokens.text)
      assert.partialDeepStrictEqual(decodeJwt(tokens.body.id_token), { oid: eva.id, tid: fabrikam.tenantId, aud: appId })
      await store.close()
    })
  })
}
