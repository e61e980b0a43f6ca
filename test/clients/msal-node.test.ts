import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type AuthenticationResult,
  ConfidentialClientApplication,
  CryptoProvider,
  InteractionRequiredAuthError,
  PublicClientApplication,
} from '@azure/msal-node'
import { decodeJwt, exportPKCS8, SignJWT } from 'jose'
import type { App } from '#server/domain/app.ts'
import { databases } from '#test/databases.ts'
import { registerApp } from '#test/visitor.ts'
import { formOn, type Listening, type Newcomer, pathOf, startListening } from './listening.ts'
import { newKey, newSecret, onDevice, onServer } from './registrations.ts'

const scopes = ['User.Read']
const callback = 'https://app.example/callback'
const [sqlite] = databases
assert.ok(sqlite)

/** As Microsoft's library is told to trust a server that is not Microsoft's: by its host, with the port. */
function settings(here: Listening, { appId }: App, protocolMode: 'AAD' | 'OIDC' = 'AAD') {
  const auth = { clientId: appId, authority: here.authority, knownAuthorities: [new URL(here.url).host] }
  return { auth, system: { protocolMode, loggerOptions: { loggerCallback() {} } } }
}

/** The whole way with a code and PKCE. */
async function signIn(
  here: Listening,
  client: PublicClientApplication | ConfidentialClientApplication,
  person: Newcomer,
  redirectUri = callback,
): Promise<AuthenticationResult> {
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes()
  const address = await client.getAuthCodeUrl({ scopes, redirectUri, codeChallenge: challenge, codeChallengeMethod: 'S256' })
  const back = await here.signIn(address, person)
  assert.equal(back.origin, new URL(redirectUri).origin)
  const code = back.searchParams.get('code') ?? assert.fail(back.href)
  return client.acquireTokenByCode({ scopes, redirectUri, code, codeVerifier: verifier })
}

function accountOf({ account }: AuthenticationResult) {
  return account ?? assert.fail('no account')
}

async function giveRole(here: Listening, app: App, role: string): Promise<string> {
  const { servicePrincipalId } = (await here.world.system.apps.findClient(app.appId)) ?? assert.fail('the app is not there')
  await here.world.system.inTransaction(({ apps }) => apps.addRole(servicePrincipalId, role, here.world.now))
  return servicePrincipalId
}

describe('msal-node', () => {
  for (const protocolMode of ['AAD', 'OIDC'] as const) {
    test(`an app on a device signs in, and refreshes without asking, in mode ${protocolMode}`, async () => {
      await using here = await startListening(sqlite)
      // Nobody registers a port: the system gives the app a free one each time.
      const app = await registerApp(here.world, onDevice('http://localhost'))
      const client = new PublicClientApplication(settings(here, app, protocolMode))
      const person = await here.newcomer()
      const first = await signIn(here, client, person, 'http://localhost:49152')
      const account = accountOf(first)
      assert.equal(account.localAccountId, person.id)
      assert.equal(account.tenantId, here.world.tenantId)
      assert.equal(account.username, `person1@${here.world.domain}`)
      if (protocolMode === 'AAD') assert.equal(account.homeAccountId, `${person.id}.${here.world.tenantId}`)

      const cached = await client.acquireTokenSilent({ account, scopes })
      assert.equal(cached.fromCache, true)
      const refreshed = await client.acquireTokenSilent({ account, scopes, forceRefresh: true })
      assert.equal(refreshed.fromCache, false)
      assert.notEqual(refreshed.accessToken, first.accessToken)
      assert.equal((await here.world.client(refreshed.accessToken).get('/v1.0/me')).body.id, person.id)
    })
  }

  for (const anywhere of ['common', 'organizations']) {
    test(`an app for every organisation signs in at ${anywhere}, where the number says which one it is`, async () => {
      await using here = await startListening(sqlite)
      const app = await registerApp(here.world, { ...onDevice('http://localhost'), audience: 'AzureADMultipleOrgs' })
      const { auth, system } = settings(here, app)
      const client = new PublicClientApplication({ auth: { ...auth, authority: `${here.url}/${anywhere}` }, system })
      const person = await here.newcomer()
      const account = accountOf(await signIn(here, client, person, 'http://localhost:49152'))
      assert.deepEqual([account.tenantId, account.localAccountId], [here.world.tenantId, person.id])
      const refreshed = await client.acquireTokenSilent({ account, scopes, forceRefresh: true })
      assert.equal(refreshed.account?.localAccountId, person.id)
    })
  }

  test('an app on a device waits at an address of its own machine for its person to come back', async () => {
    await using here = await startListening(sqlite)
    const app = await registerApp(here.world, onDevice('http://localhost'))
    const client = new PublicClientApplication(settings(here, app))
    const person = await here.newcomer()
    const openBrowser = async (address: string) => {
      const visitor = here.visitor()
      const page = await here.proveAt(await visitor.get(pathOf(address)), person.number, visitor)
      const { action, fields } = formOn(page)
      assert.equal(new URL(action).hostname, 'localhost')
      await (await fetch(action, { method: 'POST', body: fields })).text()
    }
    const tokens = await client.acquireTokenInteractive({ scopes: [`${here.url}/User.Read`], openBrowser })
    assert.equal(accountOf(tokens).localAccountId, person.id)
    for (const scope of [`${here.url}/User.Read`, `${here.url}/.default`]) {
      const again = await client.acquireTokenSilent({ account: accountOf(tokens), scopes: [scope], forceRefresh: true })
      assert.equal((await here.world.client(again.accessToken).get('/v1.0/me')).body.id, person.id, scope)
      const kept = await client.acquireTokenSilent({ account: accountOf(tokens), scopes: [scope] })
      assert.deepEqual([kept.fromCache, kept.accessToken], [true, again.accessToken], scope)
    }
  })

  test('an app learns that it must ask again, when the sessions of its person were ended', async () => {
    await using here = await startListening(sqlite)
    const app = await registerApp(here.world, onDevice('http://localhost'))
    const client = new PublicClientApplication(settings(here, app))
    const person = await here.newcomer()
    const account = accountOf(await signIn(here, client, person, 'http://localhost:49152'))
    const admin = await here.world.as('User Administrator')
    const ended = await admin.post(`/v1.0/users/${person.id}/revokeSignInSessions`)
    assert.equal(ended.status, 200, ended.text)
    await assert.rejects(client.acquireTokenSilent({ account, scopes, forceRefresh: true }), (error) => {
      assert.ok(error instanceof InteractionRequiredAuthError, String(error))
      assert.equal(error.errorCode, 'invalid_grant')
      return true
    })
  })

  test('a device without a keyboard shows words and a code', async () => {
    await using here = await startListening(sqlite)
    await here.allowDeviceCodes()
    const app = await registerApp(here.world, { isFallbackPublicClient: true })
    const client = new PublicClientApplication(settings(here, app))
    const person = await here.newcomer()
    const shown: string[] = []
    const confirmed = Promise.withResolvers<unknown>()
    const waiting = client.acquireTokenByDeviceCode({
      scopes,
      deviceCodeCallback({ message, verificationUri, userCode }) {
        shown.push(message, userCode)
        const device = { verification_uri: verificationUri, user_code: userCode }
        here.confirmDevice(device, person).then(confirmed.resolve, confirmed.reject)
      },
    })
    const [tokens] = await Promise.all([waiting, confirmed.promise])
    assert.ok(tokens)
    assert.equal(accountOf(tokens).localAccountId, person.id)
    assert.ok(shown[0]?.includes(shown[1] ?? ''), shown.join())
  })

  test('an app on a server signs people in with its secret, and acts in its own name', async () => {
    await using here = await startListening(sqlite)
    const secret = newSecret(here.world.now)
    const app = await registerApp(here.world, { ...onServer(callback), secrets: [secret.kept] })
    const own = await giveRole(here, app, 'User.Read.All')
    const { auth, system } = settings(here, app)
    const client = new ConfidentialClientApplication({ auth: { ...auth, clientSecret: secret.text }, system })
    const person = await here.newcomer()
    const account = accountOf(await signIn(here, client, person))
    assert.equal(account.localAccountId, person.id)
    const refreshed = await client.acquireTokenSilent({ account, scopes, forceRefresh: true })
    assert.equal(refreshed.account?.localAccountId, person.id)

    const byItself = await client.acquireTokenByClientCredential({ scopes: [`${here.url}/.default`] })
    const claims = decodeJwt(byItself?.accessToken ?? '')
    assert.partialDeepStrictEqual(claims, { oid: own, tid: here.world.tenantId, idtyp: 'app', roles: ['User.Read.All'] })
    const people = await here.world.client(byItself?.accessToken).get('/v1.0/users')
    assert.equal(people.status, 200, people.text)
    assert.equal((await client.acquireTokenByClientCredential({ scopes: [`${here.url}/.default`] }))?.fromCache, true)
  })

  test('an app on a server proves itself with an assertion it signed', async () => {
    await using here = await startListening(sqlite)
    const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    const key = await newKey(publicKey, here.world.now)
    const app = await registerApp(here.world, { ...onServer(callback), keys: [key] })
    const own = await giveRole(here, app, 'User.Read.All')
    const { auth, system } = settings(here, app)
    const clientAssertion = () =>
      new SignJWT()
        .setProtectedHeader({ alg: 'ES256', kid: key.id })
        .setIssuer(app.appId)
        .setSubject(app.appId)
        .setAudience(here.issuer)
        .setJti(crypto.randomUUID())
        .setIssuedAt()
        .setExpirationTime('1 minute')
        .sign(privateKey)
    const client = new ConfidentialClientApplication({ auth: { ...auth, clientAssertion }, system })
    const byItself = await client.acquireTokenByClientCredential({ scopes: [`${here.url}/.default`] })
    assert.equal(decodeJwt(byItself?.accessToken ?? '').oid, own)
    const person = await here.newcomer()
    assert.equal(accountOf(await signIn(here, client, person)).localAccountId, person.id)
  })

  test('an app on a server proves itself with the key of a certificate', async () => {
    await using here = await startListening(sqlite)
    const rsa = { name: 'RSA-PSS', hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }
    const { publicKey, privateKey } = await crypto.subtle.generateKey(rsa, true, ['sign', 'verify'])
    const app = await registerApp(here.world, { ...onServer(callback), keys: [await newKey(publicKey, here.world.now)] })
    const own = await giveRole(here, app, 'User.Read.All')
    const { auth, system } = settings(here, app)
    const clientCertificate = { thumbprintSha256: 'ab'.repeat(32), privateKey: await exportPKCS8(privateKey) }
    const client = new ConfidentialClientApplication({ auth: { ...auth, clientCertificate }, system })
    const byItself = await client.acquireTokenByClientCredential({ scopes: [`${here.url}/.default`] })
    assert.equal(decodeJwt(byItself?.accessToken ?? '').oid, own)
  })
})
