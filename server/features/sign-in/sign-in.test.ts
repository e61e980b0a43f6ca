import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formToken, redeem, registerApp, signInByNumber } from '#test/visitor.ts'
import { databases, startWorld } from '#test/world.ts'

for (const database of databases) {
  test(`a person types a number and a code, and the app hears who it is, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const anna = await world.person('anna', { displayName: 'Anna de Vries' })
    await world.number(anna, '+31612345678')
    await world.allow('sms')
    const app = await registerApp(world)

    const { code, verifier } = await signInByNumber(world, app, '+31612345678')
    const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
    assert.equal(tokens.status, 200, JSON.stringify(tokens.body))
    const claims = JSON.parse(Buffer.from(tokens.body.id_token.split('.')[1], 'base64url').toString())
    assert.partialDeepStrictEqual(claims, { oid: anna.id, tid: world.tenantId, name: 'Anna de Vries', amr: ['sms'] })
    const me = await world.client(tokens.body.access_token).get('/v1.0/me')
    assert.equal(me.body.displayName, 'Anna de Vries')
  })

  test(`signing out on every device ends every session and token at once, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const anna = await world.person('anna')
    await world.number(anna, '+31612345678')
    await world.allow('sms')
    const app = await registerApp(world)
    const first = await signInByNumber(world, app, '+31612345678')
    const tokens = await redeem(world, app, { grant_type: 'authorization_code', code: first.code, code_verifier: first.verifier })

    const logout = `/${world.tenantId}/oauth2/v2.0/logout`
    const asked = await first.visitor.get(logout)
    const stranger = await first.visitor.request('POST', `${logout}/confirm`, { t: 'made up', do: 'everywhere' })
    assert.notEqual(stranger.status, 303)
    assert.equal((await world.client(tokens.body.access_token).get('/v1.0/me')).status, 200, 'a form with another secret ends nothing')

    const done = await first.visitor.post(`${logout}/confirm`, { t: formToken(asked), do: 'everywhere' })
    assert.match(String(done.headers['clear-site-data']), /cache/)
    assert.equal((await world.client(tokens.body.access_token).get('/v1.0/me')).status, 401)
    const refreshed = await redeem(world, app, { grant_type: 'refresh_token', refresh_token: tokens.body.refresh_token })
    assert.equal(refreshed.body.error, 'invalid_grant')
    assert.deepEqual(await world.auditTrail(), ['Update StsRefreshTokenValidFrom Timestamp'])
  })

  test(`signing out ends what apps were given in that session, refresh tokens too, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const anna = await world.person('anna')
    await world.number(anna, '+31612345678')
    await world.allow('sms')
    const app = await registerApp(world)
    const { code, verifier, visitor } = await signInByNumber(world, app, '+31612345678')
    const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
    const logout = `/${world.tenantId}/oauth2/v2.0/logout`

    const asked = await visitor.get(logout)
    await visitor.post(`${logout}/confirm`, { t: formToken(asked), do: 'cancel' })
    const refreshed = await redeem(world, app, { grant_type: 'refresh_token', refresh_token: tokens.body.refresh_token })
    assert.equal(refreshed.status, 200, 'who stays signed in keeps everything')

    const askedAgain = await visitor.get(logout)
    await visitor.post(`${logout}/confirm`, { t: formToken(askedAgain), do: 'confirm' })
    const late = await redeem(world, app, { grant_type: 'refresh_token', refresh_token: refreshed.body.refresh_token })
    assert.equal(late.body.error, 'invalid_grant')
  })
}
