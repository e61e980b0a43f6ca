import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose'
import { listeningApp } from '#test/listening-app.ts'
import { formToken, redeem, registerApp, signInByNumber } from '#test/visitor.ts'
import { databases, startWorld } from '#test/world.ts'

const number = '+31612345678'

for (const database of databases) {
  test(`an app that asked for it is told who signed out, in a token that is nothing else, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    using listener = await listeningApp()
    await world.number(await world.person('anna'), number)
    await world.allow('sms')
    const app = await registerApp(world, { backChannelLogoutUri: listener.url })
    const { code, verifier, visitor } = await signInByNumber(world, app, number)
    const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
    const { sub, sid } = decodeJwt(tokens.body.id_token)

    const logout = `/${world.tenantId}/oauth2/v2.0/logout`
    const asked = await visitor.get(logout)
    await visitor.post(`${logout}/confirm`, { t: formToken(asked), do: 'confirm' })
    const told = listener.heard[0]?.get('logout_token') ?? assert.fail('nobody was told')
    const keys = await world.client(undefined).get(`/${world.tenantId}/discovery/v2.0/keys`)
    const { payload } = await jwtVerify(told, createLocalJWKSet(JSON.parse(keys.text)), { audience: app.appId, typ: 'logout+jwt' })
    assert.deepEqual([payload.sub, payload['sid']], [sub, sid])
    assert.ok(payload['events'])
    assert.equal((await world.client(told).get('/v1.0/me')).status, 401, 'it opens nothing')
  })

  test(`an app that does not answer keeps nobody signed in, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    using listener = await listeningApp(500)
    await world.number(await world.person('anna'), number)
    await world.allow('sms')
    const app = await registerApp(world, { backChannelLogoutUri: listener.url })
    const { visitor, url } = await signInByNumber(world, app, number)
    const logout = `/${world.tenantId}/oauth2/v2.0/logout`
    const asked = await visitor.get(logout)
    await visitor.post(`${logout}/confirm`, { t: formToken(asked), do: 'confirm' })
    assert.equal(listener.heard.length, 1)
    assert.match((await visitor.get(url)).text, /name="identifier"/)
  })
}
