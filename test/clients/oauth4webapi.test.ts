import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as oauth from 'oauth4webapi'
import { databases } from '#test/databases.ts'
import { registerApp } from '#test/visitor.ts'
import { type Listening, startListening } from './listening.ts'

const callback = 'https://app.example/callback'
const none = oauth.None()

async function discover(here: Listening): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(here.issuer)
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer))
}

describe('oauth4webapi', () => {
  for (const database of databases) {
    test(`checks every word of an answer, on ${database.name}`, async () => {
      await using here = await startListening(database)
      const server = await discover(here)
      assert.equal(server.authorization_response_iss_parameter_supported, true)
      const { appId } = await registerApp(here.world)
      const client = { client_id: appId, id_token_signed_response_alg: 'ES256', require_auth_time: true }
      const person = await here.newcomer()

      const [verifier, state, nonce] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState(), oauth.generateRandomNonce()]
      const address = new URL(server.authorization_endpoint ?? assert.fail())
      address.search = new URLSearchParams({
        client_id: appId,
        redirect_uri: callback,
        response_type: 'code',
        scope: 'openid offline_access',
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        max_age: '300',
      }).toString()
      // Refuses an answer without `iss`, with another one, or with another state.
      const answer = oauth.validateAuthResponse(server, client, await here.signIn(address, person), state)
      const response = await oauth.authorizationCodeGrantRequest(server, client, none, answer, callback, verifier)
      const checks = { expectedNonce: nonce, maxAge: 300, requireIdToken: true }
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, checks)
      await oauth.validateApplicationLevelSignature(server, response)
      const claims = oauth.getValidatedIdTokenClaims(tokens) ?? assert.fail('no ID token')
      assert.equal(claims.oid, person.id)
      assert.notEqual(claims.sub, person.id)

      const refreshed = await oauth.refreshTokenGrantRequest(server, client, none, tokens.refresh_token ?? '')
      const renewed = await oauth.processRefreshTokenResponse(server, client, refreshed)
      assert.equal(oauth.getValidatedIdTokenClaims(renewed)?.auth_time, claims.auth_time)

      // The same code once more: refused, and what came of it before ends too.
      const again = await oauth.authorizationCodeGrantRequest(server, client, none, answer, callback, verifier)
      await assert.rejects(oauth.processAuthorizationCodeResponse(server, client, again), { error: 'invalid_grant' })
      const late = await oauth.refreshTokenGrantRequest(server, client, none, renewed.refresh_token ?? '')
      await assert.rejects(oauth.processRefreshTokenResponse(server, client, late), { error: 'invalid_grant' })
    })
  }
})
