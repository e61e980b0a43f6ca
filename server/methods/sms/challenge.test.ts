import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Asking, limitsBut, newBrowser, nothing } from '#test/asking.ts'
import { databases, startWorld } from '#test/world.ts'
import { codesByText } from './challenge.ts'

const second = 1_000
const minute = 60 * second

for (const database of databases) {
  test(`a code arrives and opens once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const asking = await new Asking(world, anna.id).start()
    const text = await world.textTo('+31612345678')
    const code = world.codeIn(text)
    assert.equal(text, `Contoso: ${code} is je code. Hij werkt 5 minuten. Deel hem met niemand.\n\n@sesam.test #${code}`)

    const { challengeId } = asking
    assert.deepEqual(await asking.check(await asking.wrongCode()), { kind: 'wrong', triesLeft: 4 })
    assert.deepEqual(await asking.check(` ${code.slice(0, 3)} ${code.slice(3)}`), {
      kind: 'passed',
      userId: anna.id,
      receiver: '+31612345678',
      challengeId,
    })
    assert.deepEqual(await asking.check(code), { kind: 'over' })
    assert.equal((await asking.view())?.isOver, true)
  })

  test(`a code opens nothing in another browser, for another purpose or after five minutes, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const asking = await new Asking(world, anna.id).start()
    const code = await asking.code()
    assert.deepEqual(await asking.check(code, newBrowser()), { kind: 'over' })
    const { challengeId, browser } = asking
    const answer = { challengeId, browser, answer: code, purpose: 'sign-in' } as const
    assert.deepEqual(await codesByText.checkCode(world.system, { ...answer, purpose: 'password-reset' }, nothing), { kind: 'over' })
    assert.deepEqual(await codesByText.checkCode(world.system, { ...answer, challengeId: 'made-up' }, nothing), { kind: 'over' })
    world.turnClock(5 * minute)
    assert.deepEqual(await asking.check(code), { kind: 'over' })
    assert.equal((await asking.view())?.isOver, true)
    assert.equal(await new Asking(world, anna.id).view(), undefined)
  })

  test(`asking twice in one browser, one after the other or at once, sends one text, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const asking = new Asking(world, anna.id)
    const started = await Promise.all(Array.from({ length: 9 }, () => asking.tryToStart()))
    assert.equal(new Set(started.map((each) => (each.kind === 'started' ? each.challengeId : each.kind))).size, 1)
    await asking.start()
    world.turnClock(29 * second)
    await asking.start()
    await world.textsSent()
    assert.equal(world.texts().length, 1)
    assert.equal((await asking.check(await asking.code())).kind, 'passed')
  })

  test(`asking again sends the same code while it is worth it, else a new one, and waits longer each time, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const asking = await new Asking(world, anna.id).start()
    const first = await asking.code()
    assert.deepEqual(await asking.resend(), { kind: 'too_soon', waitSeconds: 30 })
    assert.deepEqual((await asking.view())?.canResendAt, new Date(world.now.getTime() + 30 * second))

    world.turnClock(30 * second)
    assert.deepEqual(await asking.resend(), { kind: 'sent' })
    assert.equal(await asking.code(), first)
    assert.equal(world.texts().length, 2)
    assert.deepEqual(await asking.resend(), { kind: 'too_soon', waitSeconds: 60 })

    world.turnClock(4 * minute)
    assert.deepEqual(await asking.resend(), { kind: 'sent' })
    const second_ = await asking.code()
    assert.notEqual(second_, first)
    assert.equal((await asking.check(first)).kind, 'wrong')

    world.turnClock(2 * minute)
    assert.deepEqual(await asking.resend(), { kind: 'sent' })
    world.turnClock(5 * minute)
    assert.equal((await asking.view())?.sendsLeft, 1)
    assert.deepEqual(await asking.resend(), { kind: 'sent' })
    world.turnClock(5 * minute)
    assert.deepEqual(await asking.resend(), { kind: 'no_more' })
  })

  test(`of many who ask again at once one sends, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('texts', {}) })
    const anna = await world.person('anna')
    const asking = await new Asking(world, anna.id).start()
    await world.textsSent()
    world.turnClock(30 * second)
    await Promise.all(Array.from({ length: 10 }, () => asking.resend()))
    await world.textsSent()
    assert.equal(world.texts().length, 2)
    assert.deepEqual(await asking.resend(), { kind: 'too_soon', waitSeconds: 60 })
  })

  test(`one browser's challenge leaves another's alone, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const phone = await new Asking(world, anna.id).start()
    const code = await phone.code()
    world.turnClock(30 * second)
    const tablet = await new Asking(world, anna.id).start()
    assert.equal((await tablet.check(await tablet.code())).kind, 'passed')
    assert.equal((await phone.check(code)).kind, 'passed')
  })

  test(`a number that had its texts gets the same page and no text, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    for (let hourly = 0; hourly < 8; hourly++) {
      await new Asking(world, anna.id).start()
      world.turnClock(31 * second)
    }
    await world.textsSent()
    assert.equal(world.texts().length, 5)
  })

  test(`an organisation sends no more a day than it wants, and everybody still gets the same page, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const [anna, bert, cees] = await Promise.all(['anna', 'bert', 'cees'].map((name) => world.person(name)))
    await world.system.inTransaction(({ settings }) => settings.set({ ...world.system.signInSettings, textsADay: 2 }))
    world.system.reload()
    const system = (await world.installation.systemOf(world.tenantId)) ?? assert.fail()
    const numbers = ['+31612345678', '+31620000000', '+31630000000']
    for (const [index, person] of [anna, bert, cees].entries()) {
      const { purpose, number, browser, userId } = new Asking(world, person?.id, { number: numbers[index] ?? '' })
      assert.equal((await codesByText.startCode(system, { purpose, userId, receiver: number, locale: 'nl', browser })).kind, 'started')
    }
    await world.textsSent()
    assert.deepEqual(new Set(world.texts().map(({ to }) => to)), new Set(numbers.slice(0, 2)))
    const { kysely } = world.installation.parts.database
    const held = await kysely
      .selectFrom('outbox')
      .select('held_for')
      .where('tenant_id', '=', world.tenantId)
      .where('state', '=', 'held')
      .execute()
    assert.deepEqual(
      held.map((row) => row.held_for),
      ['text tenant day'],
    )
  })

  test(`texts to a country stop where fewer than a third of their codes are typed, and nowhere else, on ${database.name}`, async () => {
    const limits = limitsBut('texts', { untyped: { count: 6, perMs: 3_600_000 } })
    await using world = await startWorld(database, { limits })
    const anna = await world.person('anna')
    const asked = async (number: string, isTyped: boolean) => {
      const before = world.texts().length
      const asking = await new Asking(world, anna.id, { number }).start()
      await world.textsSent()
      if (isTyped) await asking.check(await asking.secretCode())
      return world.texts().length > before
    }
    for (let index = 0; index < 30; index++) assert.ok(await asked('+31612345678', index % 3 === 0), `${index}`)
    for (let index = 0; index < 6; index++) await asked('+31612345678', false)
    assert.equal(await asked('+31612345678', false), false)
    assert.equal(await asked('+46701234567', false), true)
    world.turnClock(3_600_000)
    assert.equal(await asked('+31612345678', false), true)
  })

  test(`numbers nobody has use up nothing that people need, on ${database.name}`, async () => {
    await using world = await startWorld(database, { limits: limitsBut('texts', { tenantDay: { count: 3, perMs: 86_400_000 } }) })
    const anna = await world.person('anna')
    for (let index = 0; index < 8; index++) await new Asking(world, undefined, { number: `+3162000000${index}` }).start()
    for (let times = 0; times < 4; times++) await new Asking(world, anna.id).start()
    await world.textsSent()
    assert.equal(world.texts().length, 3)
  })

  test(`an address that asks for too much is told to slow down, and spends nothing of anybody else's, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const people = await Promise.all(Array.from({ length: 12 }, (_, index) => world.person(`person${index}`)))
    const numberOf = (index: number) => `+3161${String(2_000_000 + index * 10_007).padStart(7, '0')}`
    const kinds: string[] = []
    for (const [index, person] of people.entries()) {
      kinds.push((await new Asking(world, person.id, { number: numberOf(index) }).tryToStart()).kind)
    }
    assert.deepEqual(kinds, [...Array(10).fill('started'), 'slow_down', 'slow_down'])
    const denied = await new Asking(world, people[11]?.id, { number: numberOf(11) }).tryToStart()
    assert.deepEqual(denied, { kind: 'slow_down', retryAfterSeconds: 60 })
    const elsewhere = newBrowser({ address: '198.51.100.7' })
    await new Asking(world, people[11]?.id, { number: numberOf(11), browser: elsewhere }).start()
    await world.textsSent()
    assert.equal(world.texts().length, 11)
  })

  test(`what is done alongside is kept or lost together with the challenge, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const { purpose, number, browser, userId } = new Asking(world, anna.id)
    const failing = codesByText.startCode(world.system, { purpose, userId, receiver: number, locale: 'nl', browser }, async () => {
      throw new Error('no')
    })
    await assert.rejects(failing, /no/)
    await world.textsSent()
    assert.deepEqual(world.texts(), [])

    world.turnClock(minute)
    const asking = await new Asking(world, anna.id).start()
    const code = await asking.code()
    const { challengeId, browser: same } = asking
    const proof = { challengeId, browser: same, answer: code, purpose: 'sign-in' } as const
    const broken = codesByText.checkCode(world.system, proof, async () => {
      throw new Error('no')
    })
    await assert.rejects(broken, /no/)
    assert.equal((await world.system.challenges.find(asking.challengeId))?.tries, 1)
    assert.equal((await asking.check(code)).kind, 'passed')
  })
}
