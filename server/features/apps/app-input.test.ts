import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sesamApi } from '#server/domain/app-permissions.ts'
import { type Client, databases, startWorld } from '#test/world.ts'

const [sqlite = assert.fail('no database')] = databases

async function register(client: Client, body: object = {}) {
  const answer = await client.post('/v1.0/applications', { displayName: 'Stock', ...body })
  assert.equal(answer.status, 201, answer.text)
  return answer.body
}

const badSettings: readonly [object, string, string][] = [
  [{ web: { redirectUris: ['http://stock.example/cb'] } }, 'redirect_uri_insecure', 'web/redirectUris'],
  [{ web: { redirectUris: ['javascript:alert(1)'] } }, 'redirect_uri_scheme', 'web/redirectUris'],
  [{ spa: { redirectUris: ['com.example.app:/cb'] } }, 'redirect_uri_scheme', 'spa/redirectUris'],
  [{ publicClient: { redirectUris: ['data:text/html,hi'] } }, 'redirect_uri_scheme', 'publicClient/redirectUris'],
  [{ web: { redirectUris: ['https://*.example/cb'] } }, 'redirect_uri_parts', 'web/redirectUris'],
  [{ web: { redirectUris: ['https://a.example/#x'] } }, 'redirect_uri_parts', 'web/redirectUris'],
  [{ web: { redirectUris: [`https://a.example/${'x'.repeat(300)}`] } }, 'redirect_uri_too_long', 'web/redirectUris'],
  [{ web: { redirectUris: ['not an address'] } }, 'redirect_uri_unreadable', 'web/redirectUris'],
  [{ web: { redirectUris: ['https://a.example/', 'https://a.example/'] } }, 'property_invalid', 'web/redirectUris'],
  [{ web: { redirectUris: Array.from({ length: 101 }, (_, n) => `https://a.example/${n}`) } }, 'property_invalid', 'web/redirectUris'],
  [{ web: { redirectUris: 'https://a.example/' } }, 'property_invalid', 'web/redirectUris'],
  [{ web: { redirectUris: [7] } }, 'property_invalid', 'web/redirectUris/0'],
  [{ web: { homePageUrl: 'javascript:alert(1)' } }, 'redirect_uri_scheme', 'web/homePageUrl'],
  [{ web: { logoutUrl: 'http://a.example' } }, 'redirect_uri_insecure', 'web/logoutUrl'],
  [{ web: { backChannelLogoutUri: 'http://169.254.169.254/x' } }, 'redirect_uri_insecure', 'web/backChannelLogoutUri'],
  [
    { web: { implicitGrantSettings: { enableIdTokenIssuance: true } } },
    'property_invalid',
    'web/implicitGrantSettings/enableIdTokenIssuance',
  ],
  [{ signInAudience: 'PersonalMicrosoftAccount' }, 'property_invalid', 'signInAudience'],
  [{ tokenSigningAlgorithm: 'none' }, 'property_invalid', 'tokenSigningAlgorithm'],
  [{ appId: randomUUID() }, 'property_read_only', 'appId'],
  [{ passwordCredentials: [{ secretText: 'mine' }] }, 'property_read_only', 'passwordCredentials'],
  [{ identifierUris: ['api://x'] }, 'property_read_only', 'identifierUris'],
  [{ displayName: '' }, 'property_invalid', 'displayName'],
  [{ displayName: 'a\nb' }, 'property_invalid', 'displayName'],
  [{ colour: 'red' }, 'property_unknown', 'colour'],
]

test('what an app cannot be is refused by name, when it is made and when it is changed', async () => {
  await using world = await startWorld(sqlite)
  const admin = await world.as('Application Administrator')
  const { id } = await register(admin)
  for (const [body, code, property] of badSettings) {
    const made = await admin.post('/v1.0/applications', { displayName: 'Stock', ...body })
    const changed = await admin.patch(`/v1.0/applications/${id}`, body)
    for (const answer of [made, changed]) {
      assert.equal(answer.status, 400, `${JSON.stringify(body).slice(0, 100)}: ${answer.text}`)
      const [detail] = answer.body.error.details
      assert.deepEqual([detail.code, detail.target], [code, property], answer.text)
    }
  }
  assert.deepEqual(await world.auditTrail(), ['Add application'])
})

test('a permission of another API, or of none, cannot be asked for', async () => {
  await using world = await startWorld(sqlite)
  const admin = await world.as('Application Administrator')
  const ask = async (resourceAppId: string) => {
    const requiredResourceAccess = [{ resourceAppId, resourceAccess: [{ id: randomUUID(), type: 'Scope' }] }]
    return (await admin.post('/v1.0/applications', { displayName: 'Stock', requiredResourceAccess })).body.error.details[0].code
  }
  assert.equal(await ask('00000003-0000-0000-c000-000000000000'), 'resource_unknown')
  assert.equal(await ask(sesamApi.appId), 'permission_unknown')
})

test('a certificate or a public key becomes what the app proves itself with', async () => {
  await using world = await startWorld(sqlite)
  const admin = await world.as('Application Administrator')
  const { id, appId } = await register(admin)
  const put = (...keyCredentials: object[]) => admin.patch(`/v1.0/applications/${id}`, { keyCredentials })
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const answer = await put(
    { type: 'AsymmetricX509Cert', usage: 'Verify', key: certificate, displayName: 'CN=stock' },
    { type: 'Jwk', jwk: { ...ec.publicKey.export({ format: 'jwk' }), kid: 'mine', use: 'sig' } },
  )
  assert.equal(answer.status, 204, answer.text)
  const { keyCredentials } = (await admin.get(`/v1.0/applications/${id}`)).body
  const byType = Object.groupBy(keyCredentials, (key: { type: string }) => key.type)
  assert.partialDeepStrictEqual(byType.AsymmetricX509Cert, [{ displayName: 'CN=stock', key: null, usage: 'Verify' }])
  assert.equal(byType.Jwk?.length, 1)

  const keys = (await world.system.apps.findByAppId(appId))?.keys ?? []
  const kept = keys.map(({ jwk }) => jwk).find(({ kty }) => kty === 'EC')
  assert.deepEqual(kept, { ...ec.publicKey.export({ format: 'jwk' }), kid: 'mine' })
  assert.ok(keys.some(({ jwk }) => jwk.kty === 'RSA' && typeof jwk.x5t === 'string' && typeof jwk['x5t#S256'] === 'string'))

  // A list names by its id what it keeps.
  const [first] = keyCredentials
  assert.equal((await put({ keyId: first.keyId, key: null })).status, 204)
  assert.deepEqual(
    (await admin.get(`/v1.0/applications/${id}`)).body.keyCredentials.map((key: { keyId: string }) => key.keyId),
    [first.keyId],
  )
  assert.equal((await put()).status, 204)
  assert.deepEqual((await admin.get(`/v1.0/applications/${id}`)).body.keyCredentials, [])
})

test('a key that is private, weak, ended or no key at all is refused', async () => {
  await using world = await startWorld(sqlite)
  const admin = await world.as('Application Administrator')
  const { id } = await register(admin)
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const ed = generateKeyPairSync('ed25519')
  const privatePem = String(ec.privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const cases: [object, string][] = [
    [{ jwk: ec.privateKey.export({ format: 'jwk' }) }, 'app_key_private'],
    [{ jwk: { kty: 'oct', k: 'c2VjcmV0' } }, 'app_key_private'],
    [{ key: privatePem }, 'app_key_private'],
    [{ key: Buffer.from(privatePem).toString('base64') }, 'app_key_unreadable'],
    [{ jwk: rsa.publicKey.export({ format: 'jwk' }) }, 'app_key_weak'],
    [{ jwk: ed.publicKey.export({ format: 'jwk' }) }, 'app_key_weak'],
    [{ jwk: generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({ format: 'jwk' }) }, 'app_key_weak'],
    [{ jwk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } }, 'app_key_unreadable'],
    [{ jwk: {} }, 'app_key_unreadable'],
    [{ key: 'bm90IGEgY2VydA==' }, 'app_key_unreadable'],
    [{ key: '' }, 'app_key_unreadable'],
    [{}, 'app_key_unreadable'],
    [{ keyId: randomUUID(), key: null }, 'app_key_unreadable'],
    [{ key: certificate, endDateTime: '2130-01-01T00:00:00Z' }, 'app_key_life'],
    [{ key: certificate, endDateTime: '2026-01-01T00:00:00Z' }, 'app_key_life'],
    [{ key: certificate, usage: 'Sign' }, 'property_invalid'],
  ]
  for (const [key, code] of cases) {
    const answer = await admin.patch(`/v1.0/applications/${id}`, { keyCredentials: [key] })
    assert.equal(answer.status, 400, answer.text)
    assert.equal(answer.body.error.details[0].code, code, `${JSON.stringify(key).slice(0, 80)}: ${answer.text}`)
    assert.ok(!answer.text.includes('BEGIN'), 'a key does not come back')
  }
  const many = Array.from({ length: 11 }, () => ({ key: certificate }))
  assert.equal((await admin.patch(`/v1.0/applications/${id}`, { keyCredentials: many })).status, 400)
})

/** Of an RSA key nobody has any more, good until 2126. */
const certificate = [
  'MIIDAzCCAeugAwIBAgIUEehAzvzl1cvc6jRXfJZmQk/Gg/wwDQYJKoZIhvcNAQELBQAwEDEOMAwGA1UEAwwFc3RvY2swIBcNMjYxMTIwMjIyNDE0WhgPMjEy',
  'NjEwMjcyMjI0MTRaMBAxDjAMBgNVBAMMBXN0b2NrMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuhBv6+pDAKtnv0wb9tD+t82LRipXle9POhtI',
  'xLG7x7ChgefTce6mdAmUmRM7S8N5lOQObmCETmofkYcnERMFOC9CJCJNGIZ3Z21NTCjjgraQqeC7v0XmG2KhTH972i0YNwQQUN9FVasNyCeJT+s8d/Nro34A',
  'dzGx8CXQNeBMAzfHI/KELCMlwxS2LSWGqaAWmBTYE8IlJYnCcKF2toj0mRGkHkmU2MkG6bgWvCRwEu97ZuGhv3PFq8LgNibzM3dZdPDad/sk4AkvSNbtd43k',
  'UCqxn23OMUGvsBN+1SnfqtbxPdTWjHfxWUpBSMzfIGXohWPrdXPymI6xGPs6WK2UJQIDAQABo1MwUTAdBgNVHQ4EFgQUxej8ZJDNV9UA9+u6q4wWupsdKjww',
  'HwYDVR0jBBgwFoAUxej8ZJDNV9UA9+u6q4wWupsdKjwwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOCAQEAARN8Pg0x+oj/C/Cf/Ym55gz7aF91',
  'gqzMjONjAzWJDWwL6Rdm3S54XXY6wlX6H17yLii932yJE1nUc40TWsCuELFCkY0sakTrUH7CE7S0tsV7qdUp8arcywnB6TZHR7AGfGtm3cE5TeNNutEt3Jdh',
  '6rn7P+GSTEq66xf60gF242NXjCtoaSoI3oHXc/Bdzdg8U6o8mk/TTB/yQGCSf4Sd1SLKZKV/aFX0yE7M16bjYTz2yWuIi/7feqiuwGPIOyxcTfermb1US0Q6',
  'GoaSTkC3gkSZGMbJstDCX23heCoJojlBlNMCmFU6SuFH2jl6XIWeK598fjlOpLdOd/QVyNilZQ==',
].join('')
