import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { calculateJwkThumbprint, type JWK, SignJWT } from 'jose'
import { callback, registerApp, signInByNumber } from '#test/visitor.ts'
import { databases, publicUrl, startWorld, type World } from '#test/world.ts'

/** A key an app holds, and the proofs it makes with it. */
function keyHolder() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk: JWK = { ...publicKey.export({ format: 'jwk' }) }
  const prove = (method: string, url: string, token?: string, changes: Record<string, unknown> = {}) =>
    new SignJWT({
      htm: method,
      htu: url,
      jti: randomUUID(),
      iat: Math.floor(Date.now() / 1000),
      ...(token && { ath: createHash('sha256').update(token).digest('base64url') }),
      ...changes,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
      .sign(privateKey)
  return { jwk, prove }
}

async function boundToken(world: World, holder: ReturnType<typeof keyHolder>): Promise<string> {
  const anna = await world.person('anna')
  await world.number(anna, '+31612345678')
  await world.allow('sms')
  const app = await registerApp(world)
  const { code, verifier } = await signInByNumber(world, app, '+31612345678')
  const url = `/${world.tenantId}/oauth2/v2.0/token`
  const fields = { client_id: app.appId, grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: callback }
  const answer = await world.app.inject({
    method: 'POST',
    url,
    headers: {
      host: new URL(publicUrl).host,
      'content-type': 'application/x-www-form-urlencoded',
      dpop: await holder.prove('POST', publicUrl + url),
    },
    payload: new URLSearchParams(fields).toString(),
  })
  assert.equal(answer.json().token_type, 'DPoP', answer.body)
  return answer.json().access_token
}

for (const database of databases) {
  test(`a token bound to a key opens doors only with a fresh proof of that key, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const holder = keyHolder()
    const token = await boundToken(world, holder)
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    assert.equal(payload.cnf.jkt, await calculateJwkThumbprint(holder.jwk))

    const url = `${publicUrl}/v1.0/me`
    const get = (proof: string | undefined, scheme = 'DPoP') =>
      world.client(undefined).get('/v1.0/me?$select=id', { authorization: `${scheme} ${token}`, ...(proof && { dpop: proof }) })
    const good = await holder.prove('GET', url, token)
    assert.equal((await get(good)).status, 200)

    const refused = {
      'the same proof again': good,
      'no proof': undefined,
      'a proof for another method': await holder.prove('POST', url, token),
      'a proof for another address': await holder.prove('GET', `${publicUrl}/v1.0/users`, token),
      'a proof for another token': await holder.prove('GET', url, 'another'),
      'a proof of another key': await keyHolder().prove('GET', url, token),
      'an old proof': await holder.prove('GET', url, token, { iat: Math.floor(Date.now() / 1000) - 600 }),
      'a proof from the future': await holder.prove('GET', url, token, { iat: Math.floor(Date.now() / 1000) + 600 }),
      'no proof at all': 'x.y.z',
    }
    for (const [name, proof] of Object.entries(refused)) {
      const answer = await get(proof)
      assert.equal(answer.status, 401, name)
      assert.match(String(answer.headers['www-authenticate']), /invalid_dpop_proof/, name)
    }
    assert.equal((await get(undefined, 'Bearer')).status, 401, 'it is no bearer token')
  })

  test(`of twenty who bring one proof at once, one comes in, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const holder = keyHolder()
    const token = await boundToken(world, holder)
    const proof = await holder.prove('GET', `${publicUrl}/v1.0/me`, token)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world.client(undefined).get('/v1.0/me', { authorization: `DPoP ${token}`, dpop: proof })),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  })
}
