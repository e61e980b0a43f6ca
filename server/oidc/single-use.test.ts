import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { App } from '#server/domain/app.ts'
import { assertionType, atOnce, newDpopKey, newKey, newSecret, type ProtocolAnswer, postForm, webApp } from '#test/app-proofs.ts'
import { authorizeRequest, callback, redeem, registerApp, signInByNumber } from '#test/visitor.ts'
import { databases, publicUrl, startWorld, type TestDatabase, type World } from '#test/world.ts'

const number = '+31612345678'
const parallel = 40

async function withAnna(database: TestDatabase): Promise<World> {
  const world = await startWorld(database, { startsAt: new Date() })
  await world.number(await world.person('anna'), number)
  await world.allow('sms')
  return world
}

async function newTokens(world: World, app: App) {
  const { code, verifier } = await signInByNumber(world, app, number)
  const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
  assert.equal(tokens.status, 200, JSON.stringify(tokens.body))
  return tokens.body
}

/** The one answer that is good; every other says what it should. */
function onlyWinner(answers: readonly Pick<ProtocolAnswer, 'status' | 'body'>[], error: string): Pick<ProtocolAnswer, 'status' | 'body'> {
  const [winner, ...others] = answers.filter(({ status }) => status === 200)
  assert.ok(winner && others.length === 0, `${others.length + (winner ? 1 : 0)} succeeded`)
  const errors = answers.filter((answer) => answer !== winner).map(({ status, body }) => `${status} ${body.error}`)
  assert.deepEqual([...new Set(errors)], [error])
  return winner
}

async function assertGrantIsDead(world: World, app: App, tokens: Record<string, string>): Promise<void> {
  const refreshed = await redeem(world, app, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' })
  assert.deepEqual([refreshed.status, refreshed.body.error], [400, 'invalid_grant'])
}

for (const database of databases) {
  test(`of forty who bring one code one gets tokens, and they are dead by then, on ${database.name}`, async () => {
    await using world = await withAnna(database)
    const app = await registerApp(world)
    const { code, verifier } = await signInByNumber(world, app, number)
    const answers = await atOnce(parallel, () => redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier }))
    const { body } = onlyWinner(answers, '400 invalid_grant')
    await assertGrantIsDead(world, app, body)
  })

  test(`of forty who bring one refresh token one gets tokens, and the family is dead by then, on ${database.name}`, async () => {
    await using world = await withAnna(database)
    const app = await registerApp(world)
    const { refresh_token } = await newTokens(world, app)
    const answers = await atOnce(parallel, () => redeem(world, app, { grant_type: 'refresh_token', refresh_token }))
    const { body } = onlyWinner(answers, '400 invalid_grant')
    await assertGrantIsDead(world, app, body)
    await assertGrantIsDead(world, app, { refresh_token })
  })

  test(`a refresh token brought again later ends the newest one too, on ${database.name}`, async () => {
    await using world = await withAnna(database)
    const app = await registerApp(world)
    const first = await newTokens(world, app)
    const second = await redeem(world, app, { grant_type: 'refresh_token', refresh_token: first.refresh_token })
    assert.equal(second.status, 200)
    await assertGrantIsDead(world, app, first)
    await assertGrantIsDead(world, app, second.body)
  })

  test(`an opaque token under a dead grant opens nothing, on ${database.name}`, async () => {
    await using world = await withAnna(database)
    const app = await registerApp(world)
    const { code, verifier } = await signInByNumber(world, app, number, undefined, { scope: 'openid profile' })
    const ask = () => redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
    const { body } = onlyWinner(await atOnce(10, ask), '400 invalid_grant')
    const userinfo = await world.client(body.access_token).get(`/${world.tenantId}/oidc/userinfo`)
    assert.equal(userinfo.status, 401)
  })

  test(`of forty browsers with one request_uri one comes back with a code, on ${database.name}`, async () => {
    await using world = await withAnna(database)
    const app = await registerApp(world)
    const { visitor } = await signInByNumber(world, app, number)
    const { url } = authorizeRequest(world, app, { prompt: 'none' })
    const pushed = await postForm(world, 'par', Object.fromEntries(new URL(url, publicUrl).searchParams))
    assert.equal(pushed.status, 201, pushed.text)
    const query = new URLSearchParams({ client_id: app.appId, request_uri: pushed.body.request_uri })
    const answers = await atOnce(parallel, () => visitor.request('GET', `/${world.tenantId}/oauth2/v2.0/authorize?${query}`))
    const ends = answers.map(({ headers }) => new URL(String(headers.location)).searchParams)
    assert.equal(ends.filter((end) => end.has('code')).length, 1)
    assert.deepEqual([...new Set(ends.filter((end) => !end.has('code')).map((end) => end.get('error')))], ['invalid_request_uri'])
  })

  test(`of forty who bring one signed assertion one is believed, on ${database.name}`, async () => {
    await using world = await withAnna(database)
    const { registered, assertionOf } = await newKey()
    const app = await registerApp(world, webApp([], [registered]))
    const proof = { client_assertion_type: assertionType, client_assertion: await assertionOf(world, app, randomUUID()) }
    const answers = await atOnce(parallel, () =>
      postForm(world, 'token', { grant_type: 'client_credentials', client_id: app.appId, ...proof }),
    )
    const good = answers.filter(({ status }) => status === 200)
    assert.equal(good.length, 1, answers.map(({ text }) => text.slice(0, 200)).join('\n'))
    for (const { status, body } of answers)
      assert.ok(status === 200 || ['invalid_client', 'invalid_grant'].includes(body.error), body.error)
  })

  test(`of forty requests with one proof of possession one is served, on ${database.name}`, async () => {
    await using world = await withAnna(database)
    const { secret, registered } = newSecret()
    const app = await registerApp(world, webApp([registered]))
    const prove = await newDpopKey()
    const proof = await prove('POST', `${publicUrl}/${world.tenantId}/oauth2/v2.0/token`)
    const asked = { grant_type: 'client_credentials', client_id: app.appId, client_secret: secret }
    onlyWinner(await atOnce(parallel, () => postForm(world, 'token', asked, { dpop: proof })), '400 invalid_grant')
  })

  test(`a stolen refresh token is worth nothing without its key, nor with a proof that was seen, on ${database.name}`, async () => {
    await using world = await withAnna(database)
    const app = await registerApp(world)
    const prove = await newDpopKey()
    const tokenUrl = `${publicUrl}/${world.tenantId}/oauth2/v2.0/token`
    const { code, verifier } = await signInByNumber(world, app, number)
    const asked = { client_id: app.appId, redirect_uri: callback, grant_type: 'authorization_code', code, code_verifier: verifier }
    const tokens = await postForm(world, 'token', asked, { dpop: await prove('POST', tokenUrl) })
    assert.deepEqual([tokens.status, tokens.body.token_type], [200, 'DPoP'])

    const refresh = { client_id: app.appId, grant_type: 'refresh_token', refresh_token: tokens.body.refresh_token }
    assert.equal((await postForm(world, 'token', refresh)).body.error, 'invalid_grant')
    const thief = await newDpopKey()
    assert.equal((await postForm(world, 'token', refresh, { dpop: await thief('POST', tokenUrl) })).body.error, 'invalid_grant')

    const proof = await prove('POST', tokenUrl)
    onlyWinner(await atOnce(parallel, () => postForm(world, 'token', refresh, { dpop: proof })), '400 invalid_grant')
  })
}
