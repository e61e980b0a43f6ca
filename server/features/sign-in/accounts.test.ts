import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '#server/domain/app.ts'
import type { User } from '#server/domain/user.ts'
import { limitsBut } from '#test/asking.ts'
import { authorizeRequest, callback, type PageAnswer, redeem, registerApp, signInByNumber, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type TestDatabase, type World } from '#test/world.ts'

const annasNumber = '+31612345678'
const bobsNumber = '+31612345679'

interface Begun {
  world: World
  app: App
  anna: User
  bob: User
}

async function begin(database: TestDatabase): Promise<Begun> {
  // Some minutes ago, so that what asks how old a session is, by the machine's clock, has something to find.
  const world = await startWorld(database, { startsAt: new Date(Date.now() - 300_000), limits: limitsBut('texts', {}) })
  const [anna, bob] = [await world.person('anna', { displayName: 'Anna' }), await world.person('bob', { displayName: 'Bob' })]
  await world.number(anna, annasNumber)
  await world.number(bob, bobsNumber)
  await world.allow('sms')
  return { world, app: await registerApp(world), anna, bob }
}

/** Asks the app's question; answers the page it ends at, if it ends at one. */
async function ask(world: World, app: App, visitor: Visitor, parameters: Record<string, string> = {}) {
  visitor.left = undefined
  const asked = authorizeRequest(world, app, parameters)
  const page = await visitor.get(asked.url)
  return { page, ...asked }
}

/** Whom the app hears of in the end. */
async function whoArrived(world: World, app: App, visitor: Visitor, verifier: string) {
  const code = visitor.left?.searchParams.get('code') ?? assert.fail(`no code: ${visitor.left?.search}`)
  const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
  assert.equal(tokens.status, 200)
  return { claims: JSON.parse(Buffer.from(tokens.body.id_token.split('.')[1], 'base64url').toString()), tokens: tokens.body }
}

async function prove(world: World, visitor: Visitor, page: PageAnswer, number: string): Promise<PageAnswer> {
  const codePage = await visitor.submit(page, { identifier: number, do: 'next' })
  const stay = await visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' })
  return visitor.submit(stay, { stay: 'no' })
}

function accountsOn({ text }: PageAnswer): string[] {
  return [...text.matchAll(/name="account" value="([^"]+)"/g)].map(([, id]) => id ?? '')
}

for (const database of databases) {
  test(`who is signed in need not type anything, unless the app wants it, on ${database.name}`, async () => {
    const { world, app, anna } = await begin(database)
    await using _ = world
    const visitor = new Visitor(world)
    const silent = await ask(world, app, visitor, { prompt: 'none' })
    assert.equal(Object(visitor.left).searchParams.get('error'), 'login_required')
    assert.equal(Object(visitor.left).searchParams.get('state'), silent.state)

    await signInByNumber(world, app, annasNumber, visitor)
    for (const parameters of [{}, { prompt: 'none' }, { max_age: '3600' }, { login_hint: 'somebody else' }]) {
      const { verifier } = await ask(world, app, visitor, parameters)
      assert.equal((await whoArrived(world, app, visitor, verifier)).claims.oid, anna.id)
    }
    for (const parameters of [{ prompt: 'login' }, { max_age: '30' }, { max_age: '0' }]) {
      const { page, verifier } = await ask(world, app, visitor, parameters)
      assert.match(page.text, /name="identifier"/, JSON.stringify(parameters))
      world.turnClock(31_000)
      await prove(world, visitor, page, annasNumber)
      const { claims } = await whoArrived(world, app, visitor, verifier)
      assert.equal(claims.auth_time, Math.floor(world.now.getTime() / 1000))
    }
  })

  test(`two people share a browser: each chooses, adds and leaves without the other, on ${database.name}`, async () => {
    const { world, app, anna, bob } = await begin(database)
    await using _ = world
    const visitor = new Visitor(world)
    await signInByNumber(world, app, annasNumber, visitor)

    const adding = await ask(world, app, visitor, { prompt: 'select_account' })
    assert.equal(accountsOn(adding.page).length, 1)
    const name = await visitor.submit(adding.page, { do: 'another' })
    world.turnClock(1_000)
    await prove(world, visitor, name, bobsNumber)
    assert.equal((await whoArrived(world, app, visitor, adding.verifier)).claims.oid, bob.id)

    const choosing = await ask(world, app, visitor, { prompt: 'select_account' })
    assert.match(choosing.page.text, /Anna/)
    assert.match(choosing.page.text, /Bob/)
    const [, second] = accountsOn(choosing.page)
    for (const forged of ['', 'x', anna.id, bob.id]) {
      await visitor.submit(choosing.page, { account: forged })
      assert.equal(visitor.left, undefined, forged)
    }
    await visitor.submit(choosing.page, { account: second ?? '' })
    assert.equal((await whoArrived(world, app, visitor, choosing.verifier)).claims.oid, anna.id)
    const straight = await ask(world, app, visitor)
    assert.equal((await whoArrived(world, app, visitor, straight.verifier)).claims.oid, anna.id)

    const leaving = await ask(world, app, visitor, { prompt: 'select_account' })
    const [current] = accountsOn(leaving.page)
    await visitor.submit(leaving.page, { sign_out: current ?? '' })
    const rest = await ask(world, app, visitor, { prompt: 'select_account' })
    assert.equal(accountsOn(rest.page).length, 1)
    await visitor.submit(rest.page, { account: accountsOn(rest.page)[0] ?? '' })
    assert.equal((await whoArrived(world, app, visitor, rest.verifier)).claims.oid, bob.id)
  })

  test(`a session set aside cannot be taken up once it was ended, on ${database.name}`, async () => {
    const { world, app, anna, bob } = await begin(database)
    await using _ = world
    const visitor = new Visitor(world)
    await signInByNumber(world, app, annasNumber, visitor)
    const adding = await ask(world, app, visitor, { prompt: 'select_account' })
    world.turnClock(1_000)
    await prove(world, visitor, await visitor.submit(adding.page, { do: 'another' }), bobsNumber)
    const choosing = await ask(world, app, visitor, { prompt: 'select_account' })
    const [, annas] = accountsOn(choosing.page)
    await (await world.as('Global Administrator')).post(`/v1.0/users/${anna.id}/revokeSignInSessions`, {})
    await visitor.submit(choosing.page, { account: annas ?? '' })
    assert.equal(visitor.left, undefined)
    for (let times = 0; times < 2; times++) {
      await ask(world, app, visitor, { prompt: 'none' })
      const left: URL | undefined = visitor.left
      if (left && Object(left).searchParams.has('code')) assert.fail(`somebody is signed in: ${bob.id}`)
    }
  })

  test(`a browser keeps a session when it closes only where somebody said so, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    for (const [stay, isKept] of [
      ['yes', true],
      ['no', false],
      ['', false],
    ] as const) {
      const visitor = new Visitor(world)
      const { page } = await ask(world, app, visitor)
      const codePage = await visitor.submit(page, { identifier: annasNumber, do: 'next' })
      const asked = await visitor.submit(codePage, { code: world.codeIn(await world.textTo(annasNumber)), do: 'next' })
      const given = await visitor.request('POST', asked.url, { t: /name="t" value="([^"]+)"/.exec(asked.text)?.[1] ?? '', stay })
      const end = await visitor.request('GET', new URL(String(given.headers.location), world.publicUrl).pathname)
      const [line] = [end.headers['set-cookie'] ?? []]
        .flat()
        .map(String)
        .filter((one) => one.startsWith('__Host-s-'))
      assert.ok(line, `${end.status}`)
      assert.match(line, /; path=\/; /i)
      assert.match(line, /; secure/i)
      assert.match(line, /; httponly/i)
      assert.match(line, /; samesite=lax/i)
      assert.equal(/expires=/i.test(line), isKept, line)
      world.turnClock(31_000)
    }
  })

  test(`signing out ends the session, nobody else's, and leads back only to a known address, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    const visitor = new Visitor(world)
    const { code, verifier } = await signInByNumber(world, app, annasNumber, visitor)
    const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
    const other = await signInByNumber(world, app, bobsNumber)
    const logout = `/${world.tenantId}/oauth2/v2.0/logout`
    const hint = `id_token_hint=${tokens.body.id_token}`

    for (const query of [
      `client_id=${app.appId}&post_logout_redirect_uri=${encodeURIComponent('https://evil.example/')}`,
      `${hint}x&post_logout_redirect_uri=${encodeURIComponent(callback)}`,
      `${hint}&client_id=${(await registerApp(world)).appId}`,
      'client_id=%00',
    ]) {
      const refused = await visitor.request('GET', `${logout}?${query}`)
      assert.deepEqual([refused.status, refused.headers.location], [400, undefined], query.slice(0, 60))
    }
    const unasked = await visitor.get(`${logout}?post_logout_redirect_uri=${encodeURIComponent('https://evil.example/')}`)
    assert.equal(unasked.status, 200)
    assert.doesNotMatch(String(unasked.headers['content-security-policy']), /evil/)
    // Another site cannot press the button: it has no token.
    await visitor.request('POST', `${logout}/confirm`, { t: 'forged', do: 'confirm' })
    await visitor.request('POST', `${logout}/confirm`, { logout: 'yes' })
    await ask(world, app, visitor, { prompt: 'none' })
    assert.ok(Object(visitor.left).searchParams.has('code'), 'still signed in')

    const page = await visitor.get(`${logout}?${hint}&post_logout_redirect_uri=${encodeURIComponent(callback)}&state=s1`)
    assert.match(String(page.headers['content-security-policy']), /form-action 'self' https:\/\/app\.example;/)
    const action = /<form method="post" action="([^"]+)"/.exec(page.text)?.[1] ?? assert.fail(page.text.slice(0, 300))
    visitor.left = undefined
    await visitor.post(action, { t: /name="t" value="([^"]+)"/.exec(page.text)?.[1] ?? '', do: 'confirm' })
    assert.equal(String(Object(visitor.left).href), `${callback}?state=s1`)

    await ask(world, app, visitor, { prompt: 'none' })
    assert.equal(Object(visitor.left).searchParams.get('error'), 'login_required')
    await ask(world, app, other.visitor, { prompt: 'none' })
    assert.ok(Object(other.visitor.left).searchParams.has('code'))

    const nobody = await new Visitor(world).get(`${logout}?client_id=${app.appId}&post_logout_redirect_uri=${encodeURIComponent(callback)}`)
    assert.equal(nobody.status, 200)
    assert.match(String(nobody.headers['content-security-policy']), /form-action 'self' .*https:\/\/app\.example/)
  })
}
