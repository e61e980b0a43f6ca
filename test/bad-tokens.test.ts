import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { databases, publicUrl, startWorld, type World } from './world.ts'

const [sqlite] = databases
assert.ok(sqlite)

const hour = 3_600_000

async function keyOf(world: World) {
  const [key] = (await world.installation.keysOf(world.tenantId)) ?? []
  return key ?? assert.fail('a tenant without a key')
}

/** What a good token of this person says; each test spoils one thing. */
async function claimsOf(world: World, userId: string): Promise<JWTPayload> {
  const account = (await world.system.authority.findAccount(userId)) ?? assert.fail('nobody')
  const seconds = Math.floor(world.now.getTime() / 1000)
  return {
    iss: `${publicUrl}/${world.tenantId}/v2.0`,
    aud: publicUrl,
    sub: userId,
    tid: world.tenantId,
    oid: userId,
    scp: 'User.Read User.ReadWrite.All',
    amr: ['pwd', 'mfa'],
    auth_time: seconds,
    epoch: account.epoch,
    client_id: 'test',
    iat: seconds,
    nbf: seconds,
    exp: seconds + 3_600,
  }
}

type Spoilt = (parts: { world: World; claims: JWTPayload }) => Promise<string>

async function signed(world: World, claims: JWTPayload, header: { typ?: string; kid?: string } = {}): Promise<string> {
  const key = await keyOf(world)
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.id, ...header }).sign(key.privateKey)
}

const changed =
  (changes: JWTPayload, header: { typ?: string; kid?: string } = {}): Spoilt =>
  ({ world, claims }) =>
    signed(world, { ...claims, ...changes }, header)

const without =
  (name: string): Spoilt =>
  ({ world, claims: { [name]: _, ...rest } }) =>
    signed(world, rest)

const seconds = (time: string) => Date.parse(time) / 1000

const spoilt: Readonly<Record<string, Spoilt>> = {
  'with no signature, alg none': async ({ claims }) => new UnsecuredJWT(claims).encode(),
  'with alg none and the right type': async ({ claims }) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    return `${part({ alg: 'none', typ: 'at+jwt' })}.${part(claims)}.`
  },
  'signed with the public key as a secret': async ({ world, claims }) => {
    const { id, publicKey } = await keyOf(world)
    const secret = Buffer.from(publicKey.export({ type: 'spki', format: 'pem' }))
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: id }).sign(secret)
  },
  'signed by another key of the same name': async ({ world, claims }) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { id } = await keyOf(world)
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: id }).sign(privateKey)
  },
  'that brings its own key': async ({ claims }) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = publicKey.export({ format: 'jwk' })
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', jwk: { kty: 'EC', crv: 'P-256', x: jwk.x ?? '', y: jwk.y ?? '' } })
      .sign(privateKey)
  },
  'signed by another tenant with its own issuer': async ({ world, claims }) => {
    const other = await world.installation.addTenant({
      displayName: 'Fabrikam',
      defaultCountry: 'NL',
      languages: ['en'],
      domains: [`${randomUUID()}.example`],
    })
    const [key] = (await world.installation.keysOf(other.organization.id)) ?? []
    assert.ok(key)
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.id }).sign(key.privateKey)
  },
  'of a tenant nobody knows': changed({ tid: randomUUID() }),
  'of a tenant that is no id': changed({ tid: '../../etc' }),
  'of no tenant': without('tid'),
  'of another issuer': changed({ iss: 'https://evil.example/v2.0' }),
  'for somebody else to read': changed({ aud: 'https://other.example' }),
  'for nobody to read': without('aud'),
  'that is an id token by its type': changed({}, { typ: 'JWT' }),
  'of a key nobody knows': changed({}, { kid: randomUUID() }),
  'that is over': changed({ exp: seconds('2026-11-20T08:58:59Z'), nbf: seconds('2026-11-20T08:00:00Z') }),
  'that begins later': changed({ nbf: seconds('2026-11-20T09:01:01Z') }),
  'without an end': without('exp'),
  'with an end that is no number': async ({ world, claims }) => signed(world, { ...claims, exp: JSON.parse('"never"') }),
  'without an epoch': without('epoch'),
  'of an older epoch': changed({ epoch: -1 }),
  'without a person': without('oid'),
  'of a person nobody knows': changed({ oid: randomUUID() }),
  'of a person that is no text': changed({ oid: { $ne: null } }),
  'with scopes in a list': changed({ scp: ['User.Read'] }),
  'with its last letter changed': async ({ world, claims }) =>
    (await signed(world, claims)).replace(/.{2}$/, (end) => (end === 'AA' ? 'BB' : 'AA')),
  'cut in half': async ({ world, claims }) => (await signed(world, claims)).slice(0, 300),
}

const scheme: readonly (readonly [string, string])[] = [
  ['no token at all', ''],
  ['another scheme', 'Basic YTpi'],
  ['a scheme and nothing', 'Bearer'],
  ['a scheme and a space', 'Bearer '],
  ['two tokens', 'Bearer a b'],
  ['garbage', 'Bearer x'],
  ['dots', 'Bearer ..'],
  ['JSON', 'Bearer {"alg":"none"}'],
  ['braces in base64', 'Bearer e30.e30.e30'],
  ['a mile of letters', `Bearer ${'x'.repeat(9_000)}`],
  ['a mile of dots', `Bearer ${'.'.repeat(8_000)}`],
]

test('a token made by hand the right way opens the door, so the spoilt ones fail for their own reason', async () => {
  await using world = await startWorld(sqlite)
  const anna = await world.person('anna')
  const token = await signed(world, await claimsOf(world, anna.id))
  assert.equal((await world.client(token).get('/v1.0/me')).status, 200)
})

test('a spoilt token opens no door, and says so in one way', async () => {
  await using world = await startWorld(sqlite)
  const anna = await world.person('anna')
  for (const [what, spoil] of Object.entries(spoilt)) {
    const token = await spoil({ world, claims: await claimsOf(world, anna.id) })
    const answer = await world.client(token).get('/v1.0/me')
    assert.equal(answer.status, 401, `a token ${what}: ${answer.text}`)
    assert.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"', what)
    assert.equal(answer.body.error.code, 'InvalidAuthenticationToken', what)
  }
  for (const [what, authorization] of scheme) {
    const answer = await world.client(undefined).get('/v1.0/me', { authorization })
    assert.equal(answer.status, 401, `${what}: ${answer.text}`)
    assert.equal(answer.headers['www-authenticate'], authorization ? 'Bearer error="invalid_token"' : 'Bearer', what)
  }
  assert.deepEqual(
    world.logged.filter((line) => !line.includes('"answered"')),
    [],
  )
})

for (const database of databases) {
  test(`a token dies with the session, the account or the person, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const ends: readonly [string, (id: string) => Promise<unknown>, string][] = [
      ['session', (id) => admin.post(`/v1.0/users/${id}/revokeSignInSessions`), 'token_revoked'],
      ['account', (id) => admin.patch(`/v1.0/users/${id}`, { accountEnabled: false }), 'account_disabled'],
      ['person', (id) => admin.delete(`/v1.0/users/${id}`), 'token_revoked'],
    ]
    for (const [what, end, code] of ends) {
      const anna = await world.signedIn((await world.person(`anna-${what}`)).id)
      assert.equal((await anna.get('/v1.0/me')).status, 200)
      await end(anna.id)
      const answer = await anna.get('/v1.0/me')
      assert.equal(answer.status, 401, `${what}: ${answer.text}`)
      assert.equal(answer.body.error.details[0].code, code)
      assert.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"')
    }
  })

  test(`a token of one tenant finds nobody of another, on ${database.name}`, async () => {
    await using one = await startWorld(database)
    await using other = await startWorld(database)
    const stranger = await other.person('stranger')
    const admin = await one.as('Global Administrator')
    for (const answer of [
      await admin.get(`/v1.0/users/${stranger.id}`),
      await admin.patch(`/v1.0/users/${stranger.id}`, { displayName: 'Eve' }),
      await admin.delete(`/v1.0/users/${stranger.id}`),
      await admin.get(`/v1.0/users/${stranger.userPrincipalName}`),
    ]) {
      assert.equal(answer.status, 404, answer.text)
    }
    assert.equal((await other.system.users.find(stranger.id))?.displayName, 'stranger')
  })
}

test('a token may be a minute late or early, since clocks differ', async () => {
  await using world = await startWorld(sqlite)
  const anna = await world.signedIn((await world.person('anna')).id)
  world.turnClock(-59_000)
  assert.equal((await anna.get('/v1.0/me')).status, 200)
  world.turnClock(59_000 + hour + 59_000)
  assert.equal((await anna.get('/v1.0/me')).status, 200)
  world.turnClock(1_000)
  const late = await anna.get('/v1.0/me')
  assert.equal(late.status, 401)
  assert.equal(late.body.error.details[0].code, 'token_expired')
})

test('a role counts for eight hours after the second factor, then the app is told to ask for it again', async () => {
  await using world = await startWorld(sqlite)
  const { id } = await world.as('User Administrator')
  const claims = await claimsOf(world, id)
  const admin = world.client(await signed(world, { ...claims, exp: Number(claims.exp) + 24 * 3_600 }))
  const anna = await world.person('anna')
  const change = () => admin.patch(`/v1.0/users/${anna.id}`, { department: 'Store 12' })

  world.turnClock(8 * hour - 1_000)
  assert.equal((await change()).status, 204)
  world.turnClock(2_000)
  const refused = await change()
  assert.equal(refused.status, 403, refused.text)
  assert.equal(refused.body.error.code, 'insufficient_claims')
  const asked = /^Bearer error="insufficient_claims", claims="([A-Za-z0-9+/=]+)"$/.exec(String(refused.headers['www-authenticate']))?.[1]
  assert.deepEqual(JSON.parse(Buffer.from(asked ?? '', 'base64').toString()), {
    access_token: { acrs: { essential: true, value: 'mfa' } },
    id_token: { acr: { essential: true, value: 'urn:sesam:acr:mfa' } },
  })
  assert.equal((await admin.get('/v1.0/me')).status, 200)
})
