import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '#server/domain/app.ts'
import type { User } from '#server/domain/user.ts'
import { limitsBut } from '#test/asking.ts'
import { authorizeRequest, type PageAnswer, redeem, registerApp, signInByNumber, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type TestDatabase, type World } from '#test/world.ts'

const number = '+31612345678'
const hourMs = 3_600_000

async function withAnna(database: TestDatabase): Promise<{ world: World; anna: User; app: App }> {
  const world = await startWorld(database, { startsAt: new Date(), limits: limitsBut('texts', {}) })
  const anna = await world.person('anna')
  await world.number(anna, number)
  await world.allow('sms')
  return { world, anna, app: await registerApp(world) }
}

/** Where an authorize request ends: at the app with a code or an error, or at a page of ours. */
async function ask(
  world: World,
  app: App,
  visitor: Visitor,
  parameters: Record<string, string> = {},
): Promise<{ end: string; page: PageAnswer }> {
  visitor.left = undefined
  const page = await visitor.get(authorizeRequest(world, app, parameters).url)
  // The visitor has met somebody since.
  const left = visitor.left as URL | undefined
  const end = left ? (left.searchParams.has('code') ? 'code' : String(left.searchParams.get('error'))) : 'page'
  return { end, page }
}

async function signedIn(world: World, app: App, visitor = new Visitor(world)) {
  const { code, verifier } = await signInByNumber(world, app, number, visitor)
  const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
  assert.equal(tokens.status, 200)
  return { visitor, tokens: tokens.body }
}

function sessionCookie(visitor: Visitor): string {
  return visitor.cookies.find(({ name }) => name.startsWith('__Host-s-'))?.value ?? assert.fail('no session')
}

type End = (world: World, anna: User) => Promise<unknown>

const ends: Readonly<Record<string, End>> = {
  'sessions revoked': async (world, anna) =>
    (await world.as('Global Administrator')).post(`/v1.0/users/${anna.id}/revokeSignInSessions`, {}),
  disabled: async (world, anna) => (await world.as('Global Administrator')).patch(`/v1.0/users/${anna.id}`, { accountEnabled: false }),
  deleted: async (world, anna) => (await world.as('Global Administrator')).delete(`/v1.0/users/${anna.id}`),
  'disabled and enabled again': async (world, anna) => {
    const admin = await world.as('Global Administrator')
    await admin.patch(`/v1.0/users/${anna.id}`, { accountEnabled: false })
    return admin.patch(`/v1.0/users/${anna.id}`, { accountEnabled: true })
  },
}

for (const database of databases) {
  for (const [what, end] of Object.entries(ends)) {
    test(`${what}: session, tokens and codes on their way end at once and stay ended, on ${database.name}`, async () => {
      const { world, anna, app } = await withAnna(database)
      await using _ = world
      const { visitor, tokens } = await signedIn(world, app)
      const opaque = await signInByNumberAgain(world, app, visitor, { scope: 'openid profile offline_access' })
      const underway = await codeOf(world, app, visitor)
      world.turnClock(1_000)
      assert.ok(Number(Object(await end(world, anna)).status) < 300)

      assert.equal((await world.client(tokens.access_token).get('/v1.0/me')).status, 401)
      assert.equal((await world.client(opaque.access_token).get(`/${world.tenantId}/oidc/userinfo`)).status, 401)
      for (const refresh_token of [tokens.refresh_token, opaque.refresh_token]) {
        assert.equal((await redeem(world, app, { grant_type: 'refresh_token', refresh_token })).body.error, 'invalid_grant')
      }
      const late = await redeem(world, app, { grant_type: 'authorization_code', ...underway })
      assert.equal(late.body.error, 'invalid_grant')
      // Each request writes the session back; none may bring it to life again, not even one that fails.
      await ask(world, app, visitor, { scope: 'openid Nothing.Of.Ours' })
      await ask(world, app, visitor, { response_mode: 'nonsense' })
      await visitor.request('GET', `/${world.tenantId}/oauth2/v2.0/logout`)
      for (let times = 0; times < 3; times++) {
        assert.equal((await ask(world, app, visitor, { prompt: 'none' })).end, 'login_required')
        assert.equal((await ask(world, app, visitor)).end, 'page')
      }
    })
  }

  test(`a proof from before the sessions were revoked begins none, on ${database.name}`, async () => {
    const { world, anna, app } = await withAnna(database)
    await using _ = world
    const visitor = new Visitor(world)
    const { page } = await ask(world, app, visitor)
    const codePage = await visitor.submit(page, { identifier: number, do: 'next' })
    const stay = await visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' })
    assert.match(stay.text, /name="stay"/)
    await (await world.as('Global Administrator')).post(`/v1.0/users/${anna.id}/revokeSignInSessions`, {})
    const after = await visitor.submit(stay, { stay: 'yes' })
    assert.equal(visitor.left, undefined, 'nobody was let in')
    assert.notEqual(after.status, 500)
    assert.equal((await ask(world, app, visitor, { prompt: 'none' })).end, 'login_required')
  })

  test(`a session has a new name after each sign-in, and the old one is nobody's, on ${database.name}`, async () => {
    const { world, app } = await withAnna(database)
    await using _ = world
    const { visitor } = await signedIn(world, app)
    const first = sessionCookie(visitor)
    const planted = new Visitor(world)
    planted.cookies.push({ name: visitor.cookies.find(({ value }) => value === first)?.name ?? '', value: 'known-to-a-thief', path: '/' })
    world.turnClock(60_000)
    await signedIn(world, app, planted)
    assert.notEqual(sessionCookie(planted), 'known-to-a-thief')

    world.turnClock(60_000)
    await signInByNumber(world, app, number, visitor, { prompt: 'login' })
    assert.notEqual(sessionCookie(visitor), first)
    const thief = new Visitor(world)
    thief.cookies.push({ name: visitor.cookies.find(({ value }) => value === sessionCookie(visitor))?.name ?? '', value: first, path: '/' })
    assert.equal((await ask(world, app, thief)).end, 'page')
  })

  test(`a session nobody uses ends after an hour, and any after twelve, on ${database.name}`, async () => {
    const { world, app } = await withAnna(database)
    await using _ = world
    const { visitor } = await signedIn(world, app)
    for (let hours = 0; hours < 11; hours++) {
      world.turnClock(hourMs - 60_000)
      assert.equal((await ask(world, app, visitor)).end, 'code', `after ${hours + 1} hours of use`)
    }
    for (let hours = 0; hours < 2; hours++) {
      world.turnClock(hourMs - 60_000)
      if (hours === 1) assert.equal((await ask(world, app, visitor)).end, 'page')
      else await ask(world, app, visitor)
    }

    const { visitor: idle } = await signedIn(world, app)
    world.turnClock(hourMs + 1_000)
    assert.equal((await ask(world, app, idle)).end, 'page')
  })

  test(`of more than twenty sessions the oldest end, on ${database.name}`, async () => {
    const { world, app } = await withAnna(database)
    await using _ = world
    const visitors: Visitor[] = []
    for (let count = 0; count < 22; count++) {
      const visitor = new Visitor(world)
      await signedIn(world, app, visitor)
      visitors.push(visitor)
      world.turnClock(100)
    }
    const ended: string[] = []
    for (const visitor of visitors) ended.push((await ask(world, app, visitor, { prompt: 'none' })).end)
    assert.deepEqual(ended, ['login_required', 'login_required', ...Array(20).fill('code')])
  })
}

async function codeOf(world: World, app: App, visitor: Visitor, parameters: Record<string, string> = {}) {
  const asked = authorizeRequest(world, app, parameters)
  visitor.left = undefined
  await visitor.get(asked.url)
  const left = visitor.left as URL | undefined
  return { code: left?.searchParams.get('code') ?? assert.fail('no code'), code_verifier: asked.verifier }
}

async function signInByNumberAgain(world: World, app: App, visitor: Visitor, parameters: Record<string, string>) {
  const tokens = await redeem(world, app, { grant_type: 'authorization_code', ...(await codeOf(world, app, visitor, parameters)) })
  return tokens.body
}
