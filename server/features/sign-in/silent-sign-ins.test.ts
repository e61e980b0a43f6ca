import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '#server/domain/app.ts'
import { newSecret, webApp } from '#test/app-proofs.ts'
import { authorizeRequest, redeem, registerApp, signInByNumber, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const number = '+31612345678'
const strongly = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:sesam:acr:mfa' } } })

interface Row {
  isInteractive: boolean
  userId: string
  appDisplayName: string
  signInIdentifier: string | null
  ipAddress: string
  status: { errorCode: number }
  authenticationDetails: { authenticationStepResultDetail: string; authenticationMethod: string }[]
}

async function log(world: World): Promise<Row[]> {
  const answer = await (await world.as('Global Reader')).get('/beta/auditLogs/signIns?$orderby=createdDateTime')
  assert.equal(answer.status, 200, answer.text)
  return answer.body.value
}

/** How each attempt ended, the silent ones in brackets. */
async function endsIn(world: World): Promise<string[]> {
  return (await log(world)).map(({ isInteractive, status }) => (isInteractive ? `${status.errorCode}` : `(${status.errorCode})`))
}

function heardBy({ left }: Visitor, name: 'code' | 'error'): string | undefined {
  return left?.searchParams.get(name) ?? undefined
}

async function signedIn(world: World) {
  const anna = await world.person('anna')
  await world.number(anna, number)
  await world.allow('sms')
  const app = await registerApp(world)
  const { code, verifier, visitor } = await signInByNumber(world, app, number)
  const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
  return { anna, app, visitor, refreshToken: String(tokens.body.refresh_token) }
}

function refresh(world: World, app: App, refreshToken: string) {
  return redeem(world, app, { grant_type: 'refresh_token', refresh_token: refreshToken })
}

for (const database of databases) {
  test(`an app that asks again is answered by the session, and the log says so, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { anna, visitor, app } = await signedIn(world)
    assert.deepEqual(await endsIn(world), ['0'], 'a code that is redeemed is no sign-in of its own')
    world.turnClock(1_000)
    visitor.left = undefined
    await visitor.get(authorizeRequest(world, app, { prompt: 'none' }).url)
    assert.ok(heardBy(visitor, 'code'))
    const rows = await log(world)
    assert.partialDeepStrictEqual(rows[1], {
      isInteractive: false,
      userId: anna.id,
      appDisplayName: app.displayName,
      ipAddress: '127.0.0.1',
      status: { errorCode: 0 },
      authenticationDetails: [{ authenticationMethod: 'Previously satisfied' }],
    })
  })

  test(`a refresh is in the log, and why one was refused, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { anna, app, refreshToken } = await signedIn(world)
    world.turnClock(1_000)
    const refreshed = await refresh(world, app, refreshToken)
    assert.equal(refreshed.status, 200)
    world.turnClock(1_000)
    const admin = await world.as('User Administrator')
    assert.equal((await admin.patch(`/v1.0/users/${anna.id}`, { accountEnabled: false })).status, 204)
    assert.equal((await refresh(world, app, refreshed.body.refresh_token)).body.error, 'invalid_grant')
    assert.deepEqual(await endsIn(world), ['0', '(0)', '(50057)'])
  })

  test(`an app that wants more than there is finds its refusal in the log, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { app, visitor } = await signedIn(world)
    world.turnClock(1_000)
    const page = await visitor.get(authorizeRequest(world, app, { claims: strongly }).url)
    assert.equal(page.status, 403)
    world.turnClock(1_000)
    visitor.left = undefined
    await visitor.get(authorizeRequest(world, app, { prompt: 'none', scope: 'openid User.ReadWrite.All' }).url)
    assert.equal(heardBy(visitor, 'error'), 'consent_required')
    assert.deepEqual(await endsIn(world), ['0', '50079', '(65001)'])
  })

  test(`an app for itself is in the log, and so is a wrong secret, but not without end, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { secret, registered } = newSecret()
    const app = await registerApp(world, webApp([registered]))
    const ask = (clientSecret: string) => redeem(world, app, { grant_type: 'client_credentials', client_secret: clientSecret })
    assert.equal((await ask(secret)).status, 200)
    world.turnClock(1_000)
    assert.equal((await ask('made up')).body.error, 'invalid_client')
    const rows = await log(world)
    const [first] = rows
    const told = { userId: '', signInIdentifier: null, signInEventTypes: ['servicePrincipal'], servicePrincipalName: app.displayName }
    assert.partialDeepStrictEqual(first, told)
    assert.deepEqual(await endsIn(world), ['(0)', '(7000215)'])
    await Promise.all(Array.from({ length: 40 }, () => ask('made up')))
    assert.equal((await log(world)).length, 21)
  })

  test(`what concerns nobody is not written, so nobody can fill the log, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const app = await registerApp(world)
    const visitor = new Visitor(world)
    await visitor.get(authorizeRequest(world, app, { prompt: 'none' }).url)
    assert.equal(heardBy(visitor, 'error'), 'login_required')
    assert.equal((await refresh(world, app, 'made up')).body.error, 'invalid_grant')
    assert.deepEqual(await endsIn(world), [])
  })
}
