import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { decodeJwt } from 'jose'
import { databases } from '#test/databases.ts'
import { authorizeRequest, redeem, registerApp, signInByNumber, Visitor } from '#test/visitor.ts'
import { startWorld, type TestDatabase } from '#test/world.ts'
import { answerIn } from './listening.ts'
import { newSecret, onDevice } from './registrations.ts'

const number = '+31612345678'

async function begin(database: TestDatabase) {
  const world = await startWorld(database, { startsAt: new Date() })
  const anna = await world.person('anna', { displayName: 'Anna de Vries', mail: 'anna@contoso.example' })
  await world.number(anna, number)
  await world.allow('sms')
  return { world, anna, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

for (const database of databases) {
  describe(`what apps rely on, on ${database.name}`, () => {
    test('both addresses of the metadata, under the id or a verified domain, tell one issuer', async () => {
      await using stage = await begin(database)
      const { world } = stage
      const anybody = world.client(undefined)
      const names = [world.tenantId, world.tenantId.toUpperCase(), world.domain]
      const paths = names.flatMap((name) => [`/${name}/.well-known/openid-configuration`, `/${name}/v2.0/.well-known/openid-configuration`])
      const answers = await Promise.all(paths.map((path) => anybody.get(path, { origin: 'https://anywhere.example' })))
      for (const { status, body, headers } of answers) {
        assert.equal(status, 200)
        assert.deepEqual(body, answers[0]?.body)
        assert.equal(headers['access-control-allow-origin'], 'https://anywhere.example')
      }
      const base = `https://sesam.test/${world.tenantId}`
      assert.partialDeepStrictEqual(answers[0]?.body, {
        issuer: `${base}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        end_session_endpoint: `${base}/oauth2/v2.0/logout`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
        userinfo_endpoint: `${base}/oidc/userinfo`,
        subject_types_supported: ['pairwise'],
        code_challenge_methods_supported: ['S256'],
        response_types_supported: ['code'],
      })
      for (const name of ['nowhere.example', randomUUID(), 'x'.repeat(200)]) {
        assert.equal((await anybody.get(`/${name}/v2.0/.well-known/openid-configuration`)).status, 404, name)
      }
    })

    test('a good answer carries client_info and ext_expires_in, a bad one what a helpdesk needs', async () => {
      await using stage = await begin(database)
      const { world, anna } = stage
      const app = await registerApp(world)
      const { code, verifier } = await signInByNumber(world, app, number)
      const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
      assert.equal(tokens.body.ext_expires_in, tokens.body.expires_in)
      const info = JSON.parse(Buffer.from(tokens.body.client_info, 'base64url').toString())
      assert.deepEqual(info, { uid: anna.id, utid: world.tenantId })

      const refused = await redeem(world, app, { grant_type: 'authorization_code', code: 'no-such-code', code_verifier: verifier })
      assert.equal(refused.status, 400)
      const { error, error_codes: numbers, trace_id: trace, correlation_id: correlation, timestamp, suberror } = refused.body
      assert.deepEqual([error, numbers, suberror], ['invalid_grant', [70008], undefined])
      assert.match(timestamp, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/)
      assert.match(refused.body.error_description, new RegExp(`^SESAM70008: .*${trace}.*${correlation}`))
    })

    test('a person who is signed in goes straight on, unless the app wants an account chosen or a new proof', async () => {
      await using stage = await begin(database)
      const { world } = stage
      const app = await registerApp(world)
      const { visitor } = await signInByNumber(world, app, number)
      const ask = async (parameters: Record<string, string>) => {
        visitor.left = undefined
        return visitor.get(authorizeRequest(world, app, parameters).url)
      }
      for (const parameters of [{}, { prompt: 'none' }, { max_age: '3600' }, { prompt: 'consent' }]) {
        await ask(parameters)
        assert.ok(visitor.left && answerIn(visitor.left).code, JSON.stringify(parameters))
      }
      const choice = await ask({ prompt: 'select_account' })
      assert.match(choice.text, /Anna de Vries/)
      const [, session = ''] = /name="account" value="([^"]+)"/.exec(choice.text) ?? []
      await visitor.submit(choice, { account: session })
      assert.ok(visitor.left && answerIn(visitor.left).code)

      for (const parameters of [{ prompt: 'login' }, { max_age: '0' }]) {
        const asked = await ask(parameters)
        assert.match(asked.text, /name="identifier"/, JSON.stringify(parameters))
      }
      await ask({ prompt: 'none', max_age: '0' })
      assert.equal(answerIn(visitor.left ?? assert.fail()).error, 'login_required')
      assert.equal(world.texts().length, 1)
    })

    test('login_hint fills the field in, and sends nothing', async () => {
      await using stage = await begin(database)
      const { world } = stage
      const app = await registerApp(world)
      const page = await new Visitor(world).get(authorizeRequest(world, app, { login_hint: number }).url)
      assert.match(page.text, /name="identifier"[^>]* value="\+31612345678"/)
      await world.textsSent()
      assert.deepEqual(world.texts(), [])
    })

    test('ui_locales chooses the language, before what the browser says', async () => {
      await using stage = await begin(database)
      const { world } = stage
      const app = await registerApp(world)
      for (const [wanted, expected] of [
        ['sv', 'sv'],
        ['nl-NL en', 'nl'],
        ['xx sv-SE', 'sv'],
      ] as const) {
        const visitor = new Visitor(world, { 'accept-language': 'en' })
        const page = await visitor.get(authorizeRequest(world, app, { ui_locales: wanted }).url)
        assert.match(page.text, new RegExp(`<html lang="${expected}"`), wanted)
      }
    })

    test('an app on a device comes back to any port of its own machine, and nobody is asked for consent', async () => {
      await using stage = await begin(database)
      const { world } = stage
      const app = await registerApp(world, onDevice('http://localhost/auth'))
      for (const redirect of ['http://localhost:49152/auth', 'http://localhost:8400/auth']) {
        const page = await new Visitor(world).get(authorizeRequest(world, app, { redirect_uri: redirect }).url)
        assert.match(page.text, /name="identifier"/, page.text)
      }
      const wrong = ['http://localhost:49152/elsewhere', 'http://evil.example:49152/auth', 'https://localhost:49152/auth']
      for (const redirect of wrong) {
        const visitor = new Visitor(world)
        const page = await visitor.get(authorizeRequest(world, app, { redirect_uri: redirect }).url)
        assert.deepEqual([page.status, visitor.left], [400, undefined], redirect)
      }
      const redirect = 'http://localhost:49152/auth'
      const { code, verifier } = await signInByNumber(world, app, number, new Visitor(world), { redirect_uri: redirect })
      const fields = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirect }
      assert.equal((await redeem(world, app, fields)).status, 200)
    })

    test('claims asked for one by one are told, and max_age is answered with the time of the proof', async () => {
      await using stage = await begin(database)
      const { world } = stage
      const app = await registerApp(world)
      const claims = JSON.stringify({ id_token: { phone_number: null, email: { essential: true }, unheard_of: null } })
      const asked = { scope: 'openid', claims, max_age: '60' }
      const { code, verifier } = await signInByNumber(world, app, number, new Visitor(world), asked)
      const { body } = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
      const told = decodeJwt(body.id_token)
      assert.partialDeepStrictEqual(told, { phone_number: number, email: 'anna@contoso.example', amr: ['sms'] })
      assert.equal('name' in told, false)
      assert.equal(typeof told.auth_time, 'number')
    })

    test('what the library adds of its own accord is passed over, and the answer comes where the app wants it', async () => {
      await using stage = await begin(database)
      const { world } = stage
      const app = await registerApp(world)
      const extra = { 'x-client-SKU': 'msal.js.browser', 'client-request-id': randomUUID(), client_info: '1', instance_aware: 'true' }
      const { visitor, state } = await signInByNumber(world, app, number, new Visitor(world), extra)
      for (const mode of ['query', 'fragment']) {
        visitor.left = undefined
        await visitor.get(authorizeRequest(world, app, { response_mode: mode, prompt: 'none', state }).url)
        const left: URL = visitor.left ?? assert.fail('not sent back')
        assert.equal(left.hash !== '', mode === 'fragment')
        assert.partialDeepStrictEqual(answerIn(left), { state, iss: `https://sesam.test/${world.tenantId}/v2.0` })
      }
    })

    test('userinfo takes the token of our API, tells what its scopes open, and only the app it was made for', async () => {
      await using stage = await begin(database)
      const { world, anna } = stage
      const app = await registerApp(world)
      const tokensFor = async (scope: string, visitor: Visitor) => {
        visitor.left = undefined
        const { url, verifier } = authorizeRequest(world, app, { scope })
        // A nonce is for an ID token.
        await visitor.get(scope.includes('openid') ? url : url.replace(/&nonce=[^&]*/, ''))
        const { code = '' } = answerIn(visitor.left ?? assert.fail('not sent back'))
        return (await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })).body
      }
      const { visitor } = await signInByNumber(world, app, number)
      const ask = (token: string | undefined, path = world.tenantId, origin = 'https://app.example') =>
        world.client(token).get(`/${path}/oidc/userinfo`, { origin })
      const full = await tokensFor('openid profile User.Read', visitor)
      const told = await ask(full.access_token)
      const { sub } = decodeJwt(full.id_token)
      assert.deepEqual([told.status, told.headers['access-control-allow-origin']], [200, 'https://app.example'], told.text)
      assert.partialDeepStrictEqual(told.body, { sub, oid: anna.id, name: 'Anna de Vries' })
      assert.deepEqual(
        ['email', 'phone_number'].filter((claim) => claim in told.body),
        [],
      )
      const elsewhere = await ask(full.access_token, world.tenantId, 'https://evil.example')
      assert.equal(elsewhere.headers['access-control-allow-origin'], undefined)

      const bare = await tokensFor('User.Read', visitor)
      assert.deepEqual([(await ask(bare.access_token)).status, (await ask('a.b.c')).status, (await ask(undefined)).status], [403, 401, 401])
      await using other = await startWorld(database)
      assert.equal((await ask(full.access_token, other.tenantId)).status, 401)
      const admin = await world.as('User Administrator')
      assert.equal((await admin.post(`/v1.0/users/${anna.id}/revokeSignInSessions`)).status, 200)
      const ended = await ask(full.access_token)
      assert.deepEqual([ended.status, ended.headers['www-authenticate']], [401, 'Bearer error="invalid_token"'])
    })

    test('an app may have addresses on several hosts, on the web and on devices', async () => {
      await using stage = await begin(database)
      const { world } = stage
      const redirectUris = {
        web: ['https://app.example/server'],
        spa: ['https://other.example/page', 'http://localhost:3000/'],
        publicClient: ['rooster://signed-in'],
      }
      const app = await registerApp(world, { redirectUris, secrets: [newSecret(world.now).kept] })
      for (const redirect of Object.values(redirectUris).flat()) {
        const page = await new Visitor(world).get(authorizeRequest(world, app, { redirect_uri: redirect }).url)
        assert.match(page.text, /name="identifier"/, redirect)
      }
    })

    test('a scope no administrator consented to is named to the app, before anybody signs in', async () => {
      await using stage = await begin(database)
      const { world } = stage
      const app = await registerApp(world)
      const visitor = new Visitor(world)
      await visitor.get(authorizeRequest(world, app, { scope: 'openid User.ReadWrite.All' }).url)
      const told = answerIn(visitor.left ?? assert.fail('not sent back'))
      assert.equal(told.error, 'consent_required')
      assert.match(told.error_description ?? '', /User\.ReadWrite\.All/)
    })
  })
}
