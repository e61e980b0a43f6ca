import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld, type TestAnswer, type World } from './world.ts'

const nested = (depth: number) => `{"displayName":${'['.repeat(depth)}${']'.repeat(depth)}}`
const person = (changes: object) => ({ accountEnabled: true, displayName: 'Anna', mailNickname: 'anna', ...changes })

/** What every answer carries, whatever it says. */
function assertProtected(answer: TestAnswer, what: string): void {
  const { headers } = answer
  assert.equal(headers['strict-transport-security'], 'max-age=63072000; includeSubDomains', what)
  assert.equal(headers['x-content-type-options'], 'nosniff', what)
  assert.equal(headers['referrer-policy'], 'no-referrer', what)
  assert.equal(headers['x-frame-options'], 'DENY', what)
  assert.equal(headers['cross-origin-opener-policy'], 'same-origin', what)
  assert.equal(headers['cross-origin-resource-policy'], 'same-origin', what)
  assert.match(String(headers['permissions-policy']), /^camera=\(\), microphone=\(\)/, what)
  assert.match(String(headers['content-security-policy']), /^default-src 'none'; .*frame-ancestors 'none'/, what)
  assert.match(String(headers['cache-control']), /^(no-store|public, max-age=300)$/, what)
  assert.match(String(headers['request-id']), /^[0-9a-f-]{36}$/, what)
  for (const name of ['server', 'x-powered-by', 'access-control-allow-origin']) assert.equal(headers[name], undefined, what)
}

function assertRefused(answer: TestAnswer, status: number, code: string, what: string): void {
  assert.equal(answer.status, status, `${what}: ${answer.text}`)
  assertProtected(answer, what)
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8', what)
  const { error } = answer.body
  assert.equal(error.details[0].code, code, what)
  assert.equal(error.message, error.innerError.message, what)
  assert.equal(error.innerError['request-id'], answer.headers['request-id'], what)
}

const text = { 'content-type': 'text/plain' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** Bodies for `POST /users` that no client library sends. */
const bodies: readonly [string, unknown, number, string, Record<string, string>?][] = [
  ['no JSON', '{"displayName":', 400, 'body_not_json'],
  ['JSON with a tail', '{} {}', 400, 'body_not_json'],
  ['a byte order mark', '\ufeff{}', 400, 'body_not_json'],
  ['nothing', '', 400, 'body_missing'],
  ['null', 'null', 400, 'body_missing'],
  ['a list', '[]', 400, 'property_invalid'],
  ['a text', '"hello"', 400, 'property_invalid'],
  ['a key twice', '{"displayName":"a","displayName":"b"}', 400, 'body_key_twice'],
  ['a key twice, disguised', '{"displayName":"a","display\\u004eame":"b"}', 400, 'body_key_twice'],
  ['__proto__', '{"__proto__":{"accountEnabled":true}}', 400, 'body_key_forbidden'],
  ['constructor', '{"constructor":{"prototype":{}}}', 400, 'body_key_forbidden'],
  ['21 levels', nested(20), 400, 'body_too_deep'],
  ['30,000 levels', nested(30_000), 400, 'body_too_deep'],
  ['more than 64 KiB', JSON.stringify({ displayName: 'x'.repeat(64 * 1024) }), 413, 'body_too_large'],
  ['a key nobody knows', person({ userPrincipalName: 'a@contoso.example', isAdmin: true }), 400, 'property_unknown'],
  ['a key in another case', person({ userPrincipalName: 'a@contoso.example', DisplayName: 'Anna' }), 400, 'property_unknown'],
  [
    'a read-only key',
    person({ userPrincipalName: 'a@contoso.example', createdDateTime: '2020-01-01T00:00:00Z' }),
    400,
    'property_read_only',
  ],
  ['NUL', person({ userPrincipalName: 'anna\u0000@contoso.example' }), 400, 'property_invalid'],
  ['a line break', person({ userPrincipalName: 'a@contoso.example', displayName: 'Anna\r\nBcc: eve' }), 400, 'property_invalid'],
  ['half a character', person({ userPrincipalName: 'a@contoso.example', displayName: '\ud800' }), 400, 'property_invalid'],
  ['too long a name', person({ userPrincipalName: 'a@contoso.example', displayName: 'x'.repeat(257) }), 400, 'property_invalid'],
  ['text for a truth', person({ userPrincipalName: 'a@contoso.example', accountEnabled: 'true' }), 400, 'property_invalid'],
  ['an object for a text', person({ userPrincipalName: { $ne: null } }), 400, 'property_invalid'],
  ['text that says so', JSON.stringify(person({})), 415, 'body_wrong_type', text],
  ['a form', 'displayName=Anna', 415, 'body_wrong_type', form],
  ['XML', '<user/>', 415, 'body_wrong_type', { 'content-type': 'application/xml' }],
  ['an empty type', '{}', 415, 'body_wrong_type', { 'content-type': '' }],
]

for (const database of databases) {
  test(`a body that is wrong is refused and changes nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    for (const [what, body, status, code, headers] of bodies) {
      assertRefused(await admin.post('/v1.0/users', body, headers), status, code, `a body with ${what}`)
    }
    assert.deepEqual(await world.auditTrail(), [])
    assert.equal((await admin.get('/v1.0/users/$count', { consistencylevel: 'eventual' })).text, '1')
  })

  test(`an id of no shape is somebody who is not there, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const ids = [
      'x',
      '0',
      '-1',
      '%00',
      'a%00b',
      '%20',
      "'",
      "'%20or%201=1--",
      '%27',
      '..',
      '%2e%2e',
      '%2Fme',
      '😀',
      'null',
      '%25',
      'a'.repeat(512),
    ]
    for (const id of [...ids, 'x'.repeat(600), crypto.randomUUID()]) {
      for (const answer of [
        await admin.get(`/v1.0/users/${id}`),
        await admin.patch(`/v1.0/users/${id}`, { displayName: 'Eve' }),
        await admin.delete(`/v1.0/users/${id}`),
        await admin.get(`/v1.0/directory/deletedItems/${id}`),
        await admin.put(`/v1.0/users/${id}/manager/$ref`, { '@odata.id': `https://sesam.test/v1.0/users/${crypto.randomUUID()}` }),
      ]) {
        assert.ok(answer.status === 404 || answer.status === 400, `${id}: ${answer.text}`)
        assertProtected(answer, id)
      }
    }
  })

  test(`a question with anything in it is answered or refused, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const values = ['%00', "a'b", '%25', '_', '\\', '%F0%9F%98%80', 'x'.repeat(300), '%0d%0a', '%c2%85', '{7*7}', '*']
    for (const value of values) {
      for (const query of [
        `$filter=displayName eq '${value.replaceAll("'", "''")}'`,
        `$filter=startswith(userPrincipalName,'${value.replaceAll("'", "''")}')`,
        `$filter=createdDateTime ge ${value}`,
        `$search="displayName:${value}"`,
        `$orderby=${value}`,
        `$select=${value}`,
        `$top=${value}`,
        `$skiptoken=${value}`,
        `${value}=1`,
      ]) {
        const answer = await admin.get(`/v1.0/users?${query.replaceAll(' ', '%20')}`, { consistencylevel: 'eventual' })
        assert.ok(answer.status === 200 || answer.status === 400, `${query}: ${answer.text}`)
        assertProtected(answer, query)
      }
    }
  })
}

const [sqlite] = databases
assert.ok(sqlite)

async function ask(world: World, method: string, url: string, headers: Record<string, string> = {}): Promise<TestAnswer> {
  // TRACE and HEAD are no methods of the client.
  const response = await world.app.inject({ method: method as 'GET', url, headers: { host: 'sesam.test', ...headers } })
  return {
    status: response.statusCode,
    body: response.payload.startsWith('{') ? response.json() : response.payload,
    headers: response.headers,
    text: response.payload,
  }
}

test('every door says which methods it has, whoever asks', async () => {
  await using world = await startWorld(sqlite, { metricsToken: 'a token of enough letters' })
  const doors: readonly [string, string, readonly string[]][] = [
    ['/v1.0/users', 'GET, POST', ['PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE']],
    ['/beta/me', 'GET, PATCH', ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']],
    ['/v1.0/$batch', 'POST', ['GET', 'PUT', 'TRACE']],
    ['/health/live', 'GET, HEAD', ['POST', 'OPTIONS', 'TRACE']],
    ['/health/ready', 'GET, HEAD', ['DELETE']],
    ['/openapi.json', 'GET, HEAD', ['PUT', 'OPTIONS']],
    ['/docs/api', 'GET, HEAD', ['POST']],
    ['/metrics', 'GET', ['POST', 'TRACE']],
  ]
  for (const [url, allow, methods] of doors) {
    for (const method of methods) {
      const answer = await ask(world, method, url)
      assert.equal(answer.status, 405, `${method} ${url}`)
      assert.equal(answer.headers.allow, allow, `${method} ${url}`)
      assertProtected(answer, `${method} ${url}`)
    }
  }
})

test('what is not there is not there, however it is written', async () => {
  await using world = await startWorld(sqlite)
  for (const url of [
    '/',
    '/v1.0',
    '/v2.0/users',
    '/v1.0/usersx',
    '/v1.0//users',
    '/metrics',
    '/favicon.ico',
    '/.git/config',
    '/%2e%2e/etc/passwd',
  ]) {
    assertRefused(await ask(world, 'GET', url), 404, 'path_unknown', url)
  }
  for (const url of ['/v1.0/users/%', '/v1.0/users/%zz', '/v1.0/users/%ff', `/v1.0/users/${'x'.repeat(513)}`]) {
    assertRefused(await ask(world, 'GET', url), 404, 'path_unknown', url)
    assertRefused(await ask(world, 'GET', url, { host: 'evil.example' }), 421, 'host_unknown', url)
  }
})

test('a trailing slash and another case lead to the same door', async () => {
  await using world = await startWorld(sqlite)
  const admin = await world.as('User Administrator')
  const paths = ['/v1.0/me/', '/V1.0/ME', '/BETA/Me/', `/v1.0/USERS/${admin.id}/`, `/v1.0/users/${admin.id.toUpperCase()}`]
  for (const path of paths) {
    const answer = await admin.get(path)
    assert.equal(answer.status, 200, `${path}: ${answer.text}`)
    assert.equal(answer.body.id, admin.id, path)
  }
})

test('an address of 8 KiB is read, a longer one is not', async () => {
  await using world = await startWorld(sqlite)
  const admin = await world.as('User Administrator')
  const long = (length: number) => `/v1.0/me?x=${'y'.repeat(length - 11)}`
  assert.equal((await admin.get(long(8_192))).status, 200)
  assertRefused(await admin.get(long(8_193)), 414, 'url_too_long', 'a long address')
})

test('a host name that is not ours is refused before anything else is looked at', async () => {
  await using world = await startWorld(sqlite)
  const admin = await world.as('User Administrator')
  for (const host of ['evil.example', 'sesam.test:8443', 'sesam.test.evil.example', 'sesam.test@evil.example', '']) {
    assertRefused(await admin.get('/v1.0/me', { host }), 421, 'host_unknown', host)
  }
  for (const headers of [{ 'x-forwarded-host': 'evil.example' }, { forwarded: 'host=evil.example' }, { 'x-original-url': '/v1.0/users' }]) {
    const answer = await admin.get('/v1.0/me', headers)
    assert.equal(answer.status, 200)
    assert.equal(answer.body['@odata.context'], 'https://sesam.test/v1.0/$metadata#users/$entity')
  }
  assert.equal((await admin.get('/v1.0/me', { host: 'SESAM.test' })).status, 200)
  assert.equal((await admin.get('/v1.0/me', { 'x-http-method-override': 'DELETE' })).status, 200)
})

test('a good answer carries the same headers as a bad one', async () => {
  await using world = await startWorld(sqlite)
  const admin = await world.as('User Administrator')
  for (const url of ['/v1.0/me', '/v1.0/users', '/health/live', '/health/ready', '/openapi.json', '/docs/api']) {
    const answer = await admin.get(url)
    assert.equal(answer.status, 200, url)
    assertProtected(answer, url)
  }
  assertProtected(await admin.patch('/v1.0/me', { preferredLanguage: 'nl' }), 'a change')
})

test('authentication methods and their policy say no in their own words', async () => {
  await using world = await startWorld(sqlite)
  const admin = await world.as('User Administrator')
  const codes: readonly [string, string][] = [
    [`/v1.0/users/${crypto.randomUUID()}/authentication/nothing`, 'resourceNotFound'],
    ['/beta/me/authentication/nothing', 'resourceNotFound'],
    ['/V1.0/policies/authenticationMethodsPolicy/nothing', 'resourceNotFound'],
    ['/v1.0/users/nobody@nowhere.example', 'Request_ResourceNotFound'],
    ['/v1.0/nothing', 'ResourceNotFound'],
    ['/v1.0/users/authentication', 'Request_ResourceNotFound'],
  ]
  for (const [url, code] of codes) {
    const answer = await admin.get(url)
    assert.equal(answer.status, 404, url)
    assert.equal(answer.body.error.code, code, url)
  }
})

test('a refusal speaks the language it is asked in', async () => {
  await using world = await startWorld(sqlite)
  const admin = await world.as('User Administrator')
  const spoken: readonly [string | undefined, string][] = [
    [undefined, 'There is nothing at this address.'],
    ['en-GB', 'There is nothing at this address.'],
    ['nl', 'Er is niets op dit adres.'],
    ['fr, sv;q=0.8, nl;q=0.9', 'Er is niets op dit adres.'],
    ['sv-FI', 'Det finns inget på den här adressen.'],
    ['nl;q=0, sv', 'Det finns inget på den här adressen.'],
    ['fr', 'There is nothing at this address.'],
    [`${'x,'.repeat(400)}nl`, 'There is nothing at this address.'],
    ['nl;q=abc', 'Er is niets op dit adres.'],
  ]
  for (const [language, words] of spoken) {
    const answer = await admin.get('/v1.0/nothing', language === undefined ? {} : { 'accept-language': language })
    assert.equal(answer.body.error.message, words, language)
  }
})

test('a name an app gave its request comes back when it is plainly a name', async () => {
  await using world = await startWorld(sqlite)
  const admin = await world.as('User Administrator')
  const name = '7a0f1f5e-0000-4000-8000-ABCDEF012345'
  const good = await admin.get('/v1.0/me', { 'client-request-id': name })
  assert.equal(good.headers['client-request-id'], name)
  const bad = await admin.get('/v1.0/nothing', { 'client-request-id': name })
  assert.equal(bad.body.error.innerError['client-request-id'], name)
  for (const odd of ['<script>', 'a b', 'x'.repeat(65), 'å', '']) {
    const answer = await admin.get('/v1.0/nothing', { 'client-request-id': odd })
    assert.equal(answer.body.error.innerError['client-request-id'], answer.headers['request-id'], odd)
    assert.equal((await admin.get('/v1.0/me', { 'client-request-id': odd })).headers['client-request-id'], undefined, odd)
  }
})
