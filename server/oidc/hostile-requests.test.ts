import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { App } from '#server/domain/app.ts'
import { type Fields, postForm } from '#test/app-proofs.ts'
import { limitsBut } from '#test/asking.ts'
import { authorizeRequest, callback, type PageAnswer, redeem, registerApp, signInByNumber, Visitor } from '#test/visitor.ts'
import { databases, publicUrl, startWorld, type TestDatabase, type World } from '#test/world.ts'

const number = '+31612345678'
const host = new URL(publicUrl).host

async function begin(database: TestDatabase): Promise<{ world: World; app: App }> {
  const world = await startWorld(database, { startsAt: new Date(), limits: limitsBut('texts', {}) })
  await world.number(await world.person('anna'), number)
  await world.allow('sms')
  return { world, app: await registerApp(world) }
}

function assertNoMistakes(world: World): void {
  assert.deepEqual(
    world.logged.filter((line) => line.includes('"level":50')),
    [],
  )
}

/** The error an app hears at its own address. */
function errorAtApp({ headers }: PageAnswer): string {
  const { location } = headers
  assert.ok(typeof location === 'string' && location.startsWith(callback), String(location))
  const end = new URL(location)
  assert.ok(!end.searchParams.has('code'))
  return String(end.searchParams.get('error') ?? new URLSearchParams(end.hash.slice(1)).get('error'))
}

/** What is wrong with the address an answer would go to, so that nothing goes there. */
const nowhere: Readonly<Record<string, Record<string, string>>> = {
  'an app nobody knows': { client_id: randomUUID() },
  'no id of an app': { client_id: "x' or '1'='1" },
  'an id with a NUL': { client_id: 'a\0b' },
  'a slash too many': { redirect_uri: `${callback}/` },
  'other letters': { redirect_uri: callback.replace('callback', 'Callback') },
  'another port': { redirect_uri: callback.replace('.example', '.example:8443') },
  'another scheme': { redirect_uri: callback.replace('https', 'http') },
  'a query more': { redirect_uri: `${callback}?a=b` },
  'a fragment': { redirect_uri: `${callback}#a` },
  'a way up': { redirect_uri: 'https://app.example/x/../callback' },
  'somebody in front': { redirect_uri: 'https://app.example@evil.example/callback' },
  'a script': { redirect_uri: 'javascript:alert(1)' },
  'a NUL at the end': { redirect_uri: `${callback}\0` },
}

const refused: Readonly<Record<string, readonly [Record<string, string>, string]>> = {
  'no challenge': [{ code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
  'a plain challenge': [{ code_challenge_method: 'plain' }, 'invalid_request'],
  'a short challenge': [{ code_challenge: 'short' }, 'invalid_request'],
  'a token straight away': [{ response_type: 'token' }, 'unsupported_response_type'],
  'an id token straight away': [{ response_type: 'code id_token' }, 'unsupported_response_type'],
  'a window of another site': [{ response_mode: 'web_message' }, 'unsupported_response_mode'],
  'a scope nobody consented to': [{ scope: 'openid User.ReadWrite.All' }, 'consent_required'],
  'a scope with a NUL': [{ scope: 'openid \0' }, 'invalid_scope'],
  'an API of others': [{ resource: 'https://graph.microsoft.com' }, 'invalid_target'],
  'prompts that exclude each other': [{ prompt: 'none login' }, 'invalid_request'],
  'a made-up request_uri': [{ request_uri: 'urn:ietf:params:oauth:request_uri:made-up' }, 'invalid_request_uri'],
  'a request_uri elsewhere': [{ request_uri: 'https://169.254.169.254/latest' }, 'request_uri_not_supported'],
  'an unsigned request': [{ request: `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.` }, 'invalid_request_object'],
  'claims that are no JSON': [{ claims: '{' }, 'invalid_request'],
  'a negative age': [{ max_age: '-1' }, 'invalid_request'],
  'a hint of another shape': [{ id_token_hint: 'x.y.z', prompt: 'none' }, 'invalid_request'],
}

for (const database of databases) {
  test(`an answer goes to no address that was not registered letter by letter, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    for (const [what, parameters] of Object.entries(nowhere)) {
      const answer = await new Visitor(world).request('GET', authorizeRequest(world, app, parameters).url)
      assert.equal(answer.status, 400, what)
      assert.equal(answer.headers.location, undefined, what)
      assert.match(answer.text, /^<!doctype html>/, what)
      assert.doesNotMatch(answer.text, /javascript:|<script>alert/, what)
    }
    assertNoMistakes(world)
  })

  test(`a request that is wrong is refused at the app's address, in the standard's words, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    for (const [what, [parameters, error]] of Object.entries(refused)) {
      const answer = await new Visitor(world).request('GET', authorizeRequest(world, app, parameters).url)
      assert.equal(errorAtApp(answer), error, what)
    }
    const { url } = authorizeRequest(world, app)
    for (const twice of ['scope=openid', 'state=other', 'redirect_uri=https://evil.example/', `client_id=${randomUUID()}`]) {
      const answer = await new Visitor(world).request('GET', `${url}&${twice}`)
      assert.ok(answer.status === 400 || errorAtApp(answer) === 'invalid_request', twice)
    }
    const long = await new Visitor(world).get(authorizeRequest(world, app, { state: 's'.repeat(7_000) }).url)
    assert.equal(long.status, 200)
    assert.equal((await new Visitor(world).request('GET', authorizeRequest(world, app, { state: 's'.repeat(8_192) }).url)).status, 414)
    assert.equal((await new Visitor(world).request('POST', url, {})).status, 404)
    assertNoMistakes(world)
  })

  test(`a code is worth nothing to another app, at another address, without its verifier or elsewhere, on ${database.name}`, async () => {
    const { world } = await begin(database)
    await using _ = world
    await using elsewhere = await startWorld(database, { startsAt: new Date() })
    const app = await registerApp(world, { audience: 'AzureADMultipleOrgs' })
    const other = await registerApp(world)
    const guest = { id: randomUUID(), appId: app.appId, homeTenantId: world.tenantId, displayName: 'Rooster', isEnabled: true }
    await elsewhere.system.inTransaction(({ servicePrincipals }) => servicePrincipals.add({ ...guest, createdAt: elsewhere.now }))
    const { code, verifier } = await signInByNumber(world, app, number)
    const good = { grant_type: 'authorization_code', code, code_verifier: verifier }
    const tries: readonly (readonly [World, App, Record<string, string>])[] = [
      [world, other, good],
      [elsewhere, app, good],
      [world, app, { ...good, code_verifier: randomBytes(32).toString('base64url') }],
      [world, app, { ...good, code_verifier: '' }],
      [world, app, { ...good, redirect_uri: `${callback}/` }],
      [world, app, { ...good, code: `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}` }],
      [world, app, { ...good, code: code.toLowerCase() }],
    ]
    for (const [where, who, fields] of tries) {
      const answer = await redeem(where, who, fields)
      assert.equal(answer.status, 400)
      assert.match(answer.body.error, /^invalid_(?:grant|request)$/)
    }
    const tokens = await redeem(world, app, good)
    assert.equal(tokens.status, 200, 'a stranger who has no verifier cannot use a code up either')
    const { refresh_token } = tokens.body
    for (const [where, who] of [
      [world, other],
      [elsewhere, app],
    ] as const) {
      assert.equal((await redeem(where, who, { grant_type: 'refresh_token', refresh_token })).body.error, 'invalid_grant')
    }
    assert.equal((await redeem(world, app, { grant_type: 'refresh_token', refresh_token, scope: 'openid User.ReadWrite.All' })).status, 400)
  })

  test(`a session counts in its own organisation only, and a cookie only as it was given, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    await using elsewhere = await startWorld(database, { startsAt: new Date() })
    const same = await registerApp(elsewhere)
    const { visitor } = await signInByNumber(world, app, number)
    const [session] = visitor.cookies.filter(({ name }) => name.startsWith('__Host-s-'))
    const abroad = new Visitor(elsewhere)
    for (const tenantId of [world.tenantId, elsewhere.tenantId]) {
      abroad.cookies.push({ name: `__Host-s-${tenantId.slice(0, 8)}`, value: session?.value ?? '', path: '/' })
    }
    assert.equal(errorAtApp(await abroad.request('GET', authorizeRequest(elsewhere, same, { prompt: 'none' }).url)), 'login_required')
    for (const value of ['', 'x', `${session?.value}x`, session?.value.toLowerCase() ?? '', '%00', 'a'.repeat(4_000)]) {
      const other = new Visitor(world)
      other.cookies.push({ name: session?.name ?? '', value, path: '/' })
      assert.equal(errorAtApp(await other.request('GET', authorizeRequest(world, app, { prompt: 'none' }).url)), 'login_required', value)
    }
    assertNoMistakes(world)
  })

  test(`nonsense at the token address is refused in the standard's words, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    const client = { client_id: app.appId }
    const forms: readonly (readonly [Fields, RegExp])[] = [
      [{}, /invalid_request/],
      [{ grant_type: 'password', username: 'anna', password: 'x' }, /invalid_request|invalid_client/],
      [{ ...client, grant_type: 'password', username: 'anna', password: 'x' }, /unsupported_grant_type/],
      [{ ...client, grant_type: 'implicit' }, /unsupported_grant_type/],
      [{ ...client, grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange' }, /unsupported_grant_type/],
      [{ ...client, grant_type: 'client_credentials' }, /invalid_(?:client|request)|unauthorized_client/],
      [{ ...client, grant_type: 'authorization_code' }, /invalid_request/],
      [
        { ...client, grant_type: 'authorization_code', code: '\0', redirect_uri: callback, code_verifier: 'x' },
        /invalid_(?:grant|request)/,
      ],
      [{ client_id: '\0', grant_type: 'refresh_token', refresh_token: 'x' }, /invalid_client/],
      [
        [
          ['client_id', app.appId],
          ['grant_type', 'refresh_token'],
          ['grant_type', 'authorization_code'],
          ['refresh_token', 'x'],
        ],
        /invalid_request/,
      ],
      [
        [
          ['client_id', app.appId],
          ['client_id', randomUUID()],
          ['grant_type', 'refresh_token'],
          ['refresh_token', 'x'],
        ],
        /invalid_(?:request|client)/,
      ],
    ]
    for (const [fields, error] of forms) {
      const { status, body, headers } = await postForm(world, 'token', fields)
      assert.ok([400, 401].includes(status), JSON.stringify(fields))
      assert.match(body.error, error, JSON.stringify(fields))
      assert.equal(headers['cache-control'], 'no-store')
    }
    assert.equal((await postForm(world, 'token', { ...client, grant_type: 'x'.repeat(60_000) })).status, 413)
    const url = `/${world.tenantId}/oauth2/v2.0/token`
    const wrong = [
      await world.send('POST', url, { grant_type: 'refresh_token' }, {}),
      await world.send('POST', url, 'grant_type=refresh_token', { 'content-type': 'text/plain' }),
      await world.send('POST', url, '<a/>', { 'content-type': 'application/xml' }),
      await world.send('GET', `${url}?grant_type=refresh_token`, undefined, {}),
    ]
    for (const { status } of wrong) assert.ok(status >= 400 && status < 500, String(status))
    assertNoMistakes(world)
  })

  test(`a host or a proxy somebody makes up changes no address of ours, on ${database.name}`, async () => {
    const { world } = await begin(database)
    await using _ = world
    const path = `/${world.tenantId}/v2.0/.well-known/openid-configuration`
    const usual = await world.send('GET', path, undefined, {})
    assert.equal(usual.body.issuer, `${publicUrl}/${world.tenantId}/v2.0`)
    const told = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
      'x-original-host': 'evil.example',
      'x-forwarded-prefix': '/evil',
    }
    for (const [name, value] of Object.entries(told)) {
      assert.deepEqual((await world.send('GET', path, undefined, { [name]: value })).body, usual.body, name)
    }
    for (const wrong of ['evil.example', `${host}.evil.example`, `${host}:8443`, `evil.example@${host}`, '']) {
      assert.equal((await world.send('GET', path, undefined, { host: wrong })).status, 421, wrong)
    }
    for (const tenant of ['%00', '..', "x'--", '%2e%2e', 'a'.repeat(400), randomUUID(), '__proto__', 'common%00']) {
      const { status } = await world.send('GET', `/${tenant}/v2.0/.well-known/openid-configuration`, undefined, {})
      assert.ok(status >= 400 && status < 500, `${tenant}: ${status}`)
    }
    assertNoMistakes(world)
  })

  test(`only a token made for our API opens it, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    const { code, verifier, visitor } = await signInByNumber(world, app, number)
    const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
    const bare = authorizeRequest(world, app, { scope: 'openid profile' })
    visitor.left = undefined
    await visitor.get(bare.url)
    const left = visitor.left as URL | undefined
    const again = { grant_type: 'authorization_code', code: left?.searchParams.get('code') ?? '', code_verifier: bare.verifier }
    const opaque = await redeem(world, app, again)
    assert.equal(opaque.status, 200)
    for (const token of [tokens.body.id_token, tokens.body.refresh_token, opaque.body.access_token, code]) {
      assert.equal((await world.client(token).get('/v1.0/me')).status, 401)
    }
    const userinfo = `/${world.tenantId}/oidc/userinfo`
    assert.equal((await world.client(opaque.body.access_token).get(userinfo)).status, 200)
    for (const token of [tokens.body.id_token, tokens.body.refresh_token, code, 'x']) {
      assert.equal((await world.client(token).get(userinfo)).status, 401)
    }
    assertNoMistakes(world)
  })

  test(`an answer an app wants posted, or behind a hash, gets there under our policy, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    const { visitor } = await signInByNumber(world, app, number)
    const state = `"><script>alert('1')</script>&amp;`
    const posted = await visitor.request('GET', authorizeRequest(world, app, { response_mode: 'form_post', state }).url)
    assert.equal(posted.status, 200)
    const policy = String(posted.headers['content-security-policy'])
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1]
    assert.ok(nonce && posted.text.includes(`<script nonce="${nonce}">document.forms[0].submit()</script>`), policy)
    assert.match(policy, /form-action 'self' https:\/\/app\.example;/)
    assert.doesNotMatch(policy, /sandbox|unsafe/)
    assert.match(posted.text, new RegExp(`<form method="post" action="${callback}">`))
    assert.match(posted.text, /name="code" value="[\w-]{43}"/)
    assert.ok(posted.text.includes('name="state" value="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;"'))
    assert.match(posted.text, /<button>Next<\/button>/)
    const refusedOne = await new Visitor(world).request(
      'GET',
      authorizeRequest(world, app, { response_mode: 'form_post', prompt: 'none' }).url,
    )
    assert.match(refusedOne.text, /name="error" value="login_required"/)

    const hash = await visitor.request('GET', authorizeRequest(world, app, { response_mode: 'fragment' }).url)
    assert.match(String(hash.headers.location), /^https:\/\/app\.example\/callback#code=/)
  })
}
