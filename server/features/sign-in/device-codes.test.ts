import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '#server/domain/app.ts'
import { atOnce, postForm } from '#test/app-proofs.ts'
import { formToken, type PageAnswer, redeem, registerApp, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type TestDatabase, type World } from '#test/world.ts'

const number = '+31612345678'
const grantType = 'urn:ietf:params:oauth:grant-type:device_code'

async function begin(database: TestDatabase, { allows = true } = {}) {
  const world = await startWorld(database, { startsAt: new Date() })
  const { system } = world
  await system.inTransaction(({ settings }) =>
    settings.set({ ...system.signInSettings, allowsDeviceCodes: allows, asksToStaySignedIn: false }),
  )
  system.reload()
  const anna = await world.person('anna')
  await world.number(anna, number)
  await world.allow('sms')
  return {
    world,
    anna,
    till: await registerApp(world, { isFallbackPublicClient: true, redirectUris: { web: [], spa: [], publicClient: [] } }),
  }
}

async function ask(world: World, till: App) {
  return postForm(world, 'devicecode', { client_id: till.appId, scope: 'openid offline_access User.Read' })
}

function page(world: World): string {
  return `/${world.tenantId}/oauth2/v2.0/deviceauth`
}

/** Up to the question whether the device is in front of whoever typed its code. */
async function type(world: World, visitor: Visitor, code: string): Promise<PageAnswer> {
  return visitor.submit(await visitor.get(page(world)), { user_code: code, do: 'next' })
}

async function confirm(world: World, visitor: Visitor, code: string): Promise<PageAnswer> {
  const first = await visitor.submit(await type(world, visitor, code), { user_code: code, do: 'confirm' })
  if (!first.text.includes('name="identifier"')) return first
  const codePage = await visitor.submit(first, { identifier: number, do: 'next' })
  return visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' })
}

function poll(world: World, till: App, code: string) {
  return redeem(world, till, { grant_type: grantType, device_code: code })
}

const isUnknown = /not known, or has run out/

for (const database of databases) {
  test(`where codes of devices are not allowed there is no such thing, on ${database.name}`, async () => {
    const { world, till } = await begin(database, { allows: false })
    await using _ = world
    const refused = await ask(world, till)
    assert.equal(refused.status, 404)
    assert.equal(refused.body.error, 'invalid_request')
    const nothing = await new Visitor(world, { 'accept-language': 'sv' }).get(page(world))
    assert.equal(nothing.status, 404)
    assert.match(nothing.text, /<html lang="sv">/)
    const tokens = await poll(world, till, 'made up')
    assert.deepEqual([tokens.status, tokens.body.error], [400, 'unsupported_grant_type'])
    const metadata = await world.client(undefined).get(`/${world.tenantId}/v2.0/.well-known/openid-configuration`)
    assert.equal(metadata.body.device_authorization_endpoint, undefined)
  })

  test(`a till shows a code, its user types it on a phone, and the till is signed in, on ${database.name}`, async () => {
    const { world, anna, till } = await begin(database)
    await using _ = world
    const { body } = await ask(world, till)
    assert.match(body.user_code, /^[A-Z]{4}-[A-Z]{4}$/)
    assert.equal(body.verification_uri_complete, undefined)
    assert.ok(body.message.includes(body.user_code) && body.message.includes(body.verification_uri))
    assert.equal((await poll(world, till, body.device_code)).body.error, 'authorization_pending')

    const done = await confirm(world, new Visitor(world), body.user_code.toLowerCase().replace('-', ' '))
    assert.match(done.text, /Your device is signed in/)
    const tokens = await poll(world, till, body.device_code)
    assert.equal(tokens.status, 200, JSON.stringify(tokens.body))
    assert.equal((await world.client(tokens.body.access_token).get('/v1.0/me')).body.id, anna.id)
    assert.equal((await poll(world, till, body.device_code)).body.error, 'invalid_grant')
  })

  test(`a link with a code in it fills the field and does nothing more, on ${database.name}`, async () => {
    const { world, till } = await begin(database)
    await using _ = world
    const { body } = await ask(world, till)
    const followed = await new Visitor(world).get(`${page(world)}?user_code=${body.user_code}`)
    assert.match(followed.text, new RegExp(`name="user_code"[^>]* value="${body.user_code}"`))
    assert.doesNotMatch(followed.text, /submit\(\)/)
    assert.equal((await poll(world, till, body.device_code)).body.error, 'authorization_pending')
    const hostile = await new Visitor(world).get(`${page(world)}?user_code=${encodeURIComponent('"><script>alert(1)</script>')}`)
    assert.equal(hostile.status, 200)
    assert.doesNotMatch(hostile.text, /<script>alert/)
  })

  test(`who says no to a code has refused the device, on ${database.name}`, async () => {
    const { world, till } = await begin(database)
    await using _ = world
    const { body } = await ask(world, till)
    const visitor = new Visitor(world)
    const ended = await visitor.submit(await type(world, visitor, body.user_code), { user_code: body.user_code, do: 'cancel' })
    assert.match(ended.text, /Nothing was signed in/)
    assert.equal((await poll(world, till, body.device_code)).body.error, 'access_denied')
  })

  test(`five wrong codes from one browser, twenty from one address, and the right one counts no more, on ${database.name}`, async () => {
    const { world, till } = await begin(database)
    await using _ = world
    const { body } = await ask(world, till)
    for (let browser = 0; browser < 4; browser++) {
      const visitor = new Visitor(world)
      for (let guess = 0; guess < 5; guess++) assert.match((await type(world, visitor, 'BBBB-BBBB')).text, isUnknown)
      assert.equal((await type(world, visitor, body.user_code)).status, 429)
    }
    const neighbour = await type(world, new Visitor(world), body.user_code)
    assert.equal(neighbour.status, 429)
    assert.match(neighbour.text, /Too many tries came from here/)
    assert.equal((await poll(world, till, body.device_code)).body.error, 'authorization_pending')
  })

  test(`racing guesses do not share a try, on ${database.name}`, async () => {
    const { world } = await begin(database)
    await using _ = world
    const visitor = new Visitor(world)
    const t = formToken(await visitor.get(page(world)))
    const answers = await atOnce(40, () => visitor.request('POST', page(world), { t, user_code: 'BBBB-BBBB', do: 'next' }))
    const heard = answers.filter(({ text }) => isUnknown.test(text)).length
    assert.ok(heard > 0 && heard <= 5, String(heard))
  })

  test(`whoever holds a role signs no device in, and loses those that are, on ${database.name}`, async () => {
    const { world, anna, till } = await begin(database)
    await using _ = world
    const early = (await ask(world, till)).body
    const approved = (await ask(world, till)).body
    const phone = new Visitor(world)
    await confirm(world, phone, early.user_code)
    assert.match((await confirm(world, phone, approved.user_code)).text, /Your device is signed in/)
    const tokens = await poll(world, till, early.device_code)
    assert.equal(tokens.status, 200)

    await world.giveRole(anna.id, 'Helpdesk Administrator')
    assert.equal((await poll(world, till, approved.device_code)).body.error, 'invalid_grant')
    const refreshed = await redeem(world, till, { grant_type: 'refresh_token', refresh_token: tokens.body.refresh_token })
    assert.equal(refreshed.body.error, 'invalid_grant')

    const late = (await ask(world, till)).body
    const refused = await confirm(world, phone, late.user_code)
    assert.match(refused.text, /Not by a code/)
    assert.equal((await poll(world, till, late.device_code)).body.error, 'access_denied')
  })
}
