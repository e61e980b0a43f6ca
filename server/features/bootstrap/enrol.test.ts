import assert from 'node:assert/strict'
import { test } from 'node:test'
import { webApps } from '#contract/web-apps.ts'
import { findWebApp } from '#server/domain/web-app.ts'
import { lastSignIn } from '#test/second-factor-stage.ts'
import { authorizeRequest, type PageAnswer, Visitor } from '#test/visitor.ts'
import { databases, publicUrl, startWorld, type TestDatabase, type World } from '#test/world.ts'

const password = 'zeven eenden langs de gracht'
const number = '+31612345678'
const chosen = { new_password: password, again: password, number: '+31 6 1234 5678', do: 'enrol' }
const minuteMs = 60_000

async function begin(database: TestDatabase, options: Parameters<typeof startWorld>[1] = {}) {
  const world = await startWorld(database, { startsAt: new Date(), ...options })
  const first = await world.person('first', { displayName: 'First', preferredLanguage: 'en' })
  await world.giveRole(first.id, 'Global Administrator')
  const secret = 'a'.repeat(43)
  const until = new Date(world.now.getTime() + 15 * minuteMs)
  await world.system.inTransaction(({ bootstrapLinks }) => bootstrapLinks.add(secret, first.id, until))
  return { world, first, path: `/bootstrap/${world.tenantId}.${secret}`, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

type Stage = Awaited<ReturnType<typeof begin>>

async function toCode({ world, path }: Stage, visitor = new Visitor(world)) {
  const page = await visitor.post(path, chosen)
  return { visitor, page, code: world.codeIn(await world.textTo(number)) }
}

/** What the admin center gets of this browser without asking anybody anything. */
async function quietly(world: World, visitor: Visitor): Promise<URLSearchParams> {
  const app = findWebApp(webApps.admin.appId, publicUrl)?.app ?? assert.fail('no admin center')
  const wish = { redirect_uri: `${publicUrl}/admin/signed-in`, scope: 'openid User.ReadWrite', prompt: 'none' }
  const page = await visitor.get(authorizeRequest(world, app, wish).url)
  return new URL(page.url, publicUrl).searchParams
}

async function isUnspent({ world, path }: Stage): Promise<boolean> {
  return (await world.client(undefined).get(path)).status === 200
}

const errorIn = ({ text }: PageAnswer) => /<p class="error"[^>]*>([^<]*)/.exec(text)?.[1]

for (const database of databases) {
  test(`a password and a phone, and the first administrator is in the admin center, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { world, first, path } = stage
    const { visitor, page, code } = await toCode(stage)
    assert.match(page.text, /Type the code/)
    assert.match((await visitor.get(path)).text, /Type the code/, 'a reload shows the step')
    assert.equal(world.texts().length, 1)
    assert.ok(await isUnspent(stage))
    const entered = await visitor.post(path, { code, do: 'confirm' })
    assert.equal(entered.url, `/admin?tenant=${world.tenantId}`)
    assert.ok((await quietly(world, visitor)).has('code'), 'the session is strong enough')
    assert.equal((await world.client(undefined).get(path)).status, 404)
    assert.deepEqual(await world.auditTrail(), [
      'Redeem bootstrap link',
      'User registered security info',
      'User registered security info',
      'Authentication Methods Policy Update',
    ])
    const standing = await world.system.methodPolicies.standingOf('sms', first.id)
    assert.deepEqual([standing.isAllowed, standing.isUsableForSignIn], [true, false])
    const nobodyElse = await world.person('anna')
    assert.equal((await world.system.methodPolicies.standingOf('sms', nobodyElse.id)).isAllowed, false)
    const row = await lastSignIn(world)
    assert.deepEqual([row.status.errorCode, row.authenticationRequirement], [0, 'multiFactorAuthentication'])
  })

  test(`of eight who confirm at once, and one who wants a token, one comes in, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { visitor, code } = await toCode(stage)
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, () => visitor.request('POST', stage.path, { code, do: 'confirm' })),
      new Visitor(stage.world).request('POST', stage.path, { do: 'token' }),
    ])
    const won = answers.filter((one) => one.text.includes('<textarea') || String(one.headers.location).startsWith('/admin'))
    assert.equal(won.length, 1)
    const trail = (await stage.world.auditTrail()).filter((activity) => activity === 'Redeem bootstrap link')
    assert.equal(trail.length, 1)
  })

  test(`what is typed wrongly spends nothing, and the link goes on, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const visitor = new Visitor(stage.world)
    const tries: [Record<string, string>, RegExp][] = [
      [{ new_password: '', again: '' }, /Type a new password/],
      [{ again: 'another one altogether' }, /not the same/],
      [{ new_password: 'short', again: 'short' }, /at least|too short/i],
      [{ number: '06' }, /not a mobile number/],
      [{ number: '+31 20 1234567' }, /not a mobile number/],
      [{ number: 'x'.repeat(2_000) }, /not a mobile number/],
    ]
    for (const [fields, expected] of tries) {
      const page = await visitor.post(stage.path, { ...chosen, ...fields })
      assert.deepEqual([page.status, expected.test(String(errorIn(page)))], [400, true], `${JSON.stringify(fields)}: ${errorIn(page)}`)
      assert.ok(!page.text.includes(password), 'no password comes back')
    }
    const { page, code } = await toCode(stage, visitor)
    const wrong = await visitor.post(page.url, { code: code === '111111' ? '222222' : '111111', do: 'confirm' })
    assert.match(String(errorIn(wrong)), /not the code/)
    assert.ok(await isUnspent(stage))
    await visitor.post(stage.path, { do: 'back' })
    assert.match((await visitor.get(stage.path)).text, /id="new_password"/)
    assert.deepEqual(await stage.world.system.phones.ofUser(stage.first.id), [])
  })

  test(`a code is worth nothing without the page it was asked on, nor after the link ran out, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { visitor, code } = await toCode(stage)
    const stranger = new Visitor(stage.world)
    await stranger.post(stage.path, { code, do: 'confirm' })
    assert.equal((await quietly(stage.world, stranger)).get('error'), 'login_required')
    stage.world.turnClock(15 * minuteMs)
    assert.equal((await visitor.post(stage.path, { code, do: 'confirm' })).status, 404)
  })

  test(`where no text can be sent the link is the second factor, this once, on ${database.name}`, async () => {
    await using stage = await begin(database, { gateways: [] })
    const { world, first, path } = stage
    const visitor = new Visitor(world)
    const page = await visitor.get(path)
    assert.match(page.text, /Nothing here can send texts yet/)
    const entered = await visitor.post(path, chosen)
    assert.equal(entered.url, `/admin?tenant=${world.tenantId}`)
    assert.ok((await quietly(world, visitor)).has('code'))
    assert.equal((await world.client(undefined).post(path)).status, 404)
    const [phone] = await world.system.phones.ofUser(first.id)
    assert.deepEqual([phone?.number, phone?.provenAt], [number, undefined], 'kept for later, and proven by nothing')
  })
}
