import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { test } from 'node:test'
import type { App } from '#server/domain/app.ts'
import type { Connection } from '#server/store/connection.ts'
import type { Database } from '#server/store/database.ts'
import { assertAlike, leveled } from '#test/alike.ts'
import { limitsBut } from '#test/asking.ts'
import { authorizeRequest, formToken, type PageAnswer, registerApp, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type TestDatabase, type World } from '#test/world.ts'

const known = '+31612345678'

/** Numbers and names of the same length, so that the pages can be compared letter by letter. */
const others = {
  unknown: '+31612345600',
  disabled: '+31612345601',
  guest: '+31612345602',
  'not in the policy': '+31612345603',
  'not a name to sign in with': '+31612345604',
  'in a country no texts go to': '+46701234567',
  'a text too early after another': '+31612345605',
}

/** What a visitor's own requests asked of the store; whoever sends texts asks too, in its own time. */
const asked = new AsyncLocalStorage<string[]>()

async function counted(database: TestDatabase): Promise<Database> {
  const real = await database.shared()
  const counting = <Of extends Connection>(of: Of): Of => ({
    ...of,
    run: (text: string, parameters: Parameters<Connection['run']>[1]) => {
      asked.getStore()?.push(text)
      return of.run(text, parameters)
    },
  })
  return {
    ...counting(real),
    alone: counting(real.alone),
    inTransaction: (work) => real.inTransaction((connection) => work(counting(connection))),
  }
}

async function peopled(world: World): Promise<App> {
  const staff = await world.group('staff', { members: [] })
  await world.allow('sms', { group: staff })
  const people = {
    [known]: await world.person('anna'),
    [others.disabled]: await world.person('dirk', { accountEnabled: false }),
    [others.guest]: await world.person('gast', { userType: 'Guest' }),
    [others['not in the policy']]: await world.person('nora'),
    [others['in a country no texts go to']]: await world.person('sven'),
    [others['a text too early after another']]: await world.person('vera'),
  }
  for (const [number, person] of Object.entries(people)) {
    await world.number(person, number)
    if (number === others['not in the policy']) continue
    await world.system.inTransaction(async ({ groupMembers, memberships }) => {
      for (const member of (await memberships.findMembers([person.id])).values()) await groupMembers.add(staff.id, member)
    })
  }
  const settings = { ...world.system.signInSettings, textCountries: ['NL'] }
  await world.system.inTransaction((stores) => stores.settings.set(settings))
  world.system.reload()
  await world.number(await world.person('otto'), others['not a name to sign in with'], { signIn: false })
  return registerApp(world)
}

async function shown(world: World, app: App, identifier: string): Promise<{ answers: PageAnswer[]; cookies: string[] }> {
  const visitor = new Visitor(world)
  const first = await visitor.get(authorizeRequest(world, app).url)
  const taken = await visitor.request('POST', first.url, { t: formToken(first), identifier, do: 'next' })
  const page = await visitor.request('GET', first.url)
  const wrong = await visitor.request('POST', first.url, { t: formToken(page), code: '000000', do: 'next' })
  const early = await visitor.request('POST', first.url, { t: formToken(page), do: 'resend' })
  return {
    answers: [taken, page, wrong, early],
    cookies: visitor.cookies.map(({ name, value, path }) => `${name.replace(/[0-9a-f]{8}$/, '')} ${value.length} ${path.length}`),
  }
}

/** Milliseconds until the answer to a number somebody typed, in a sign-in already begun. */
async function timed(world: World, app: App, identifier: string): Promise<number> {
  const visitor = new Visitor(world)
  const first = await visitor.get(authorizeRequest(world, app).url)
  const fields = { t: formToken(first), identifier, do: 'next' }
  const from = performance.now()
  const { status } = await visitor.request('POST', first.url, fields)
  const took = performance.now() - from
  assert.equal(status, 303)
  return took
}

const pairs = 400

for (const database of databases) {
  // Slow, for a difference of time shows only in many pairs. A busy machine makes differences too, but not three times in one direction.
  test(`an unknown number takes as long as a known one, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date(), limits: limitsBut('texts', {}) })
    await world.number(await world.person('anna'), known)
    await world.allow('sms')
    const app = await registerApp(world)
    for (let warm = 0; warm < 30; warm++) await timed(world, app, warm % 2 ? known : others.unknown)

    await assertAlike(pairs, ['known', 'unknown'], async (which, pair) => {
      if (pair > 0) await world.textsSent()
      return timed(world, app, which === 'known' ? known : others.unknown)
    })
  })

  test(`whoever may not sign in gets the very answers of who may, for as many statements, on ${database.name}`, async () => {
    const options = { startsAt: new Date(), limits: limitsBut('texts', {}), database: await counted(database) }
    await using world = await startWorld(database, options)
    const app = await peopled(world)
    await shown(world, app, others['a text too early after another'])

    async function told(identifier: string) {
      await world.textsSent()
      // Read anew every few seconds anyway; here not in the middle.
      world.system.reload()
      await world.installation.systemOf(world.tenantId)
      const statements: string[] = []
      const { answers, cookies } = await asked.run(statements, () => shown(world, app, identifier))
      assert.ok(statements.length > 20)
      return { pages: answers.map((answer) => leveled(answer, answer.url)), cookies, statements: statements.toSorted() }
    }
    await told(known)
    const usual = await told(known)
    for (const [who, identifier] of Object.entries(others)) {
      const { pages, cookies, statements } = await told(identifier)
      assert.deepEqual(pages, usual.pages, who)
      assert.deepEqual(cookies, usual.cookies, who)
      assert.deepEqual(statements, usual.statements, who)
    }
    for (const number of Object.values(others).slice(0, -1)) assert.ok(!world.texts().some(({ to }) => to === number), number)
  })

  test(`user names nobody has are answered as those somebody has, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date(), limits: limitsBut('texts', {}) })
    const app = await peopled(world)
    await world.person('emma')
    const level = async (name: string) => {
      const { answers, cookies } = await shown(world, app, `${name}@${world.domain}`)
      return {
        pages: answers.map((answer) => leveled(answer, answer.url).replaceAll(`${name}@`, 'name@')),
        cookies,
      }
    }
    const usual = await level('anna')
    for (const name of ['zzyx', 'dirk', 'gast', 'nora', 'otto', 'emma']) assert.deepEqual(await level(name), usual, name)
  })
}
