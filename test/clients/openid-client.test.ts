import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decodeJwt } from 'jose'
import * as oidc from 'openid-client'
import type { App } from '#server/domain/app.ts'
import { databases } from '#test/databases.ts'
import { registerApp } from '#test/visitor.ts'
import { answerIn, type Listening, pathOf, startListening } from './listening.ts'
import { newKey, newSecret, onServer } from './registrations.ts'

const callback = 'https://app.example/callback'
const scope = 'openid profile phone offline_access User.Read'
const [sqlite] = databases
assert.ok(sqlite)

/** A request with everything the standard offers against forgery, and what the app keeps to check the answer. */
async function newRequest(changes: Record<string, string> = {}) {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const expectedState = oidc.randomState()
  const expectedNonce = oidc.randomNonce()
  const parameters = {
    redirect_uri: callback,
    scope,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...changes,
  }
  return { parameters, checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true } }
}

async function configure(here: Listening, { appId }: App, auth = oidc.None()): Promise<oidc.Configuration> {
  return oidc.discovery(new URL(here.issuer), appId, undefined, auth, { execute: [oidc.enableNonRepudiationChecks] })
}

/** The whole way, as an app on a server goes it. */
async function signIn(here: Listening, config: oidc.Configuration, changes: Record<string, string> = {}) {
  const person = await here.newcomer()
  const { parameters, checks } = await newRequest(changes)
  const back = await here.signIn(oidc.buildAuthorizationUrl(config, parameters), person)
  return { person, tokens: await oidc.authorizationCodeGrant(config, back, checks) }
}

describe('openid-client', () => {
  for (const database of databases) {
    test(`signs in with a code and PKCE, refreshes and revokes, on ${database.name}`, async () => {
      await using here = await startListening(database)
      const config = await configure(here, await registerApp(here.world))
      const { person, tokens } = await signIn(here, config)
      const claims = tokens.claims() ?? assert.fail('no ID token')
      assert.partialDeepStrictEqual(claims, { oid: person.id, tid: here.world.tenantId, amr: ['sms'], phone_number: person.number })
      const me = await oidc.fetchProtectedResource(config, tokens.access_token, new URL(`${here.url}/v1.0/me`), 'GET')
      assert.partialDeepStrictEqual(await me.json(), { id: person.id, displayName: 'Person 1' })

      const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '')
      assert.notEqual(refreshed.refresh_token, tokens.refresh_token)
      assert.equal(refreshed.claims()?.sub, claims.sub)
      await oidc.tokenRevocation(config, refreshed.refresh_token ?? '')
      await assert.rejects(oidc.refreshTokenGrant(config, refreshed.refresh_token ?? ''), { error: 'invalid_grant' })
    })
  }

  test('is told of theft: a refresh token that comes a second time ends the one that came after it', async () => {
    await using here = await startListening(sqlite)
    const config = await configure(here, await registerApp(here.world))
    const { tokens } = await signIn(here, config)
    const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '')
    for (const stolen of [tokens, refreshed]) {
      await assert.rejects(oidc.refreshTokenGrant(config, stolen.refresh_token ?? ''), { error: 'invalid_grant' })
    }
  })

  for (const scopes of ['openid profile phone', 'openid profile phone User.Read']) {
    test(`reads who it is from userinfo, with a token for ${scopes}`, async () => {
      await using here = await startListening(sqlite)
      const config = await configure(here, await registerApp(here.world))
      const { person, tokens } = await signIn(here, config, { scope: scopes })
      const told = await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '')
      assert.partialDeepStrictEqual(told, { name: 'Person 1', phone_number: person.number, phone_number_verified: true })
    })
  }

  const secretsShown = [
    { way: 'client_secret_post', show: oidc.ClientSecretPost },
    { way: 'client_secret_basic', show: oidc.ClientSecretBasic },
  ]
  for (const { way, show } of secretsShown) {
    test(`proves with ${way} that it is who it is, and asks what a token is worth`, async () => {
      await using here = await startListening(sqlite)
      const secret = newSecret(here.world.now)
      const app = await registerApp(here.world, { ...onServer(callback), secrets: [secret.kept] })
      const config = await configure(here, app, show(secret.text))
      const { person, tokens } = await signIn(here, config)
      assert.equal(tokens.claims()?.oid, person.id)
      const living = await oidc.tokenIntrospection(config, tokens.refresh_token ?? '')
      assert.partialDeepStrictEqual(living, { active: true, client_id: app.appId })
      await oidc.tokenRevocation(config, tokens.refresh_token ?? '')
      assert.deepEqual(await oidc.tokenIntrospection(config, tokens.refresh_token ?? ''), { active: false })

      const stranger = await configure(here, app, show('not the secret'))
      await assert.rejects(signIn(here, stranger), { status: 401 })
    })
  }

  test('proves with a key of its own that it is who it is', async () => {
    await using here = await startListening(sqlite)
    const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    const app = await registerApp(here.world, { ...onServer(callback), keys: [await newKey(publicKey, here.world.now)] })
    const config = await configure(here, app, oidc.PrivateKeyJwt(privateKey))
    const { person, tokens } = await signIn(here, config)
    assert.equal(tokens.claims()?.oid, person.id)
  })

  test('acts in its own name, with what an administrator gave it', async () => {
    await using here = await startListening(sqlite)
    const secret = newSecret(here.world.now)
    const app = await registerApp(here.world, { secrets: [secret.kept] })
    const { servicePrincipalId } = (await here.world.system.apps.findClient(app.appId)) ?? assert.fail()
    await here.world.system.inTransaction(({ apps }) => apps.addRole(servicePrincipalId, 'User.Read.All', here.world.now))
    const config = await configure(here, app, oidc.ClientSecretPost(secret.text))
    const { access_token: token } = await oidc.clientCredentialsGrant(config, { scope: `${here.url}/.default` })
    assert.partialDeepStrictEqual(decodeJwt(token), { oid: servicePrincipalId, idtyp: 'app', roles: ['User.Read.All'] })
    const people = await oidc.fetchProtectedResource(config, token, new URL(`${here.url}/v1.0/users`), 'GET')
    assert.equal(people.status, 200)
  })

  test('hands its request over first (PAR), signed by itself (JAR)', async () => {
    await using here = await startListening(sqlite)
    const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    const app = await registerApp(here.world, { ...onServer(callback), keys: [await newKey(publicKey, here.world.now)] })
    const config = await configure(here, app, oidc.PrivateKeyJwt(privateKey))
    const pushed = await newRequest()
    const address = await oidc.buildAuthorizationUrlWithPAR(config, pushed.parameters)
    assert.deepEqual([...address.searchParams.keys()].sort(), ['client_id', 'request_uri'])
    const viaPar = await oidc.authorizationCodeGrant(config, await here.signIn(address, await here.newcomer()), pushed.checks)
    assert.ok(viaPar.refresh_token)

    const signed = await newRequest()
    const withJar = await oidc.buildAuthorizationUrlWithJAR(config, signed.parameters, privateKey)
    const viaJar = await oidc.authorizationCodeGrant(config, await here.signIn(withJar, await here.newcomer()), signed.checks)
    assert.ok(viaJar.refresh_token)
  })

  test('binds its tokens to a key that only it has (DPoP)', async () => {
    await using here = await startListening(sqlite)
    const config = await configure(here, await registerApp(here.world))
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair())
    const { parameters, checks } = await newRequest({ scope: 'openid offline_access' })
    const back = await here.signIn(oidc.buildAuthorizationUrl(config, parameters), await here.newcomer())
    const tokens = await oidc.authorizationCodeGrant(config, back, checks, undefined, { DPoP })
    assert.equal(tokens.token_type, 'dpop')
    await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '', { DPoP })
    await assert.rejects(oidc.fetchUserInfo(config, tokens.access_token, oidc.skipSubjectCheck))
    await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP })
  })

  test('signs a person out, who comes back to the app and is known no more', async () => {
    await using here = await startListening(sqlite)
    const config = await configure(here, await registerApp(here.world))
    const person = await here.newcomer()
    const visitor = here.visitor()
    const { parameters, checks } = await newRequest()
    const tokens = await oidc.authorizationCodeGrant(
      config,
      await here.signIn(oidc.buildAuthorizationUrl(config, parameters), person, visitor),
      checks,
    )
    const address = oidc.buildEndSessionUrl(config, {
      post_logout_redirect_uri: callback,
      id_token_hint: tokens.id_token ?? '',
      state: 'here again',
    })
    visitor.left = undefined
    const asked = await visitor.get(pathOf(address))
    if (visitor.left === undefined) await visitor.submit(asked, { do: 'confirm' })
    assert.equal(String(visitor.left), `${callback}?state=here+again`)
    const silent = await newRequest({ prompt: 'none' })
    await visitor.get(pathOf(oidc.buildAuthorizationUrl(config, silent.parameters)))
    assert.equal(answerIn(visitor.left ?? assert.fail()).error, 'login_required')
  })

  test('waits on a device without a keyboard, while its person signs in on a phone', async () => {
    await using here = await startListening(sqlite)
    await here.allowDeviceCodes()
    const config = await configure(here, await registerApp(here.world, { isFallbackPublicClient: true }))
    const person = await here.newcomer()
    const started = await oidc.initiateDeviceAuthorization(config, { scope: 'openid profile User.Read' })
    assert.equal(started.verification_uri_complete, undefined)
    const tokens = oidc.pollDeviceAuthorizationGrant(config, { ...started, interval: 0.2 })
    await here.confirmDevice(started, person)
    assert.equal((await tokens).claims()?.oid, person.id)
  })
})
