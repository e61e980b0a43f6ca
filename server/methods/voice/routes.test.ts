import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Limits } from '#server/domain/budget.ts'
import { limitsBut } from '#test/asking.ts'
import { Calling, ScriptedVoice, until } from '#test/calling.ts'
import { databases, startWorld, type TestDatabase } from '#test/world.ts'

const minute = 60_000

/** Anna is called by a provider, and her phone rings. */
async function ringing(database: TestDatabase, limits?: Limits) {
  const provider = new ScriptedVoice('provider')
  const world = await startWorld(database, { voiceGateways: [provider], ...(limits && { limits }) })
  const anna = await world.person('anna')
  const calling = await new Calling(world, anna.id).start()
  await until(() => provider.taken.length === 1)
  return { world, provider, calling, anna }
}

for (const database of databases) {
  test(`a provider hears what to say and whether to listen, and we decide which key was right, on ${database.name}`, async () => {
    const { world: opened, provider, calling } = await ringing(database)
    await using world = opened
    const answered = await provider.report(world, 'answered')
    assert.equal(answered.status, 200, answered.text)
    assert.equal(answered.body.listen, true)
    assert.equal(answered.body.language, 'en-GB')
    assert.deepEqual(answered.body.say, provider.taken[0]?.sentences)
    assert.equal(answered.headers['cache-control'], 'no-store')

    const wrong = await provider.report(world, 'keys', { keys: `${await calling.wrongDigit()}#` })
    assert.equal(wrong.body.listen, true)
    assert.match(wrong.body.say[0], /not the digit/)
    assert.equal((await calling.view())?.tries, 1)
    assert.equal((await calling.check()).kind, 'not_yet')
    const right = await provider.report(world, 'keys', { keys: `${await calling.digit()}#` })
    assert.equal(right.body.listen, false)
    assert.match(right.body.say[0], /That is right/)
    assert.equal(await calling.state(), 'passed')
    assert.equal((await calling.check()).kind, 'passed')
    assert.equal((await calling.check()).kind, 'over')
    const { address } = provider
    const token = address.split('/').at(-1) ?? ''
    assert.equal(Buffer.from(token, 'base64url').length, 16)
    assert.ok(!world.logged.some((line) => line.includes(token) || line.includes('612345678') || line.includes(calling.callId)))
  })

  test(`a report that is forged, too old or of nobody changes nothing, on ${database.name}`, async () => {
    const { world: opened, provider, calling } = await ringing(database)
    await using world = opened
    const digit = await calling.digit()
    const keys = `${digit}#`
    await provider.report(world, 'answered')
    const forged = [
      { keys, secret: 'somebody else knows an address' },
      { keys, at: new Date(world.now.getTime() - 6 * minute) },
      { keys, at: new Date(world.now.getTime() + 6 * minute) },
    ]
    for (const report of forged) {
      const refused = await provider.report(world, 'keys', report)
      assert.equal(refused.status, 401, refused.text)
      assert.equal(refused.body.error.details[0].code, 'report_unproven')
    }
    const unsigned = await world.client(undefined).post(provider.address, { event: 'keys', keys })
    assert.equal(unsigned.status, 401)
    const parts = provider.address.split('/')
    const elsewhere = [
      [...parts.slice(0, -1), 'AAAAAAAAAAAAAAAAAAAAAA'],
      [...parts.slice(0, -2), '2', parts.at(-1)],
      [...parts.slice(0, -3), 'somebody-elses-call', ...parts.slice(-2)],
      [...parts.slice(0, -4), '00000000-0000-0000-0000-000000000000', ...parts.slice(-3)],
      [...parts.slice(0, -5), 'other', ...parts.slice(-4)],
    ]
    for (const path of elsewhere) {
      const answer = await provider.report(world, 'keys', { keys, address: path.join('/') })
      assert.equal(answer.status, 204, path.join('/'))
      assert.equal(answer.text, '')
    }
    for (const event of ['passed', 'wrongKey', 'ringing', ''])
      assert.equal((await provider.report(world, event)).status, 400, `a provider decides nothing: ${event}`)
    assert.equal(await calling.state(), 'answered')
    assert.equal((await calling.view())?.tries, 0)
  })

  test(`a report that comes twice counts once, whatever came between, on ${database.name}`, async () => {
    const { world: opened, provider, calling } = await ringing(database)
    await using world = opened
    const wrong = { keys: `${await calling.wrongDigit()}#`, id: 'report-1' }
    const first = await provider.report(world, 'keys', wrong)
    const all = await Promise.all(Array.from({ length: 20 }, () => provider.report(world, 'keys', wrong)))
    assert.equal((await calling.view())?.tries, 1)
    for (const again of all) assert.deepEqual(again.body, first.body)
    const right = { keys: `${await calling.digit()}#`, id: 'report-2' }
    const passed = await provider.report(world, 'keys', right)
    assert.deepEqual((await provider.report(world, 'keys', right)).body, passed.body)
    assert.deepEqual((await provider.report(world, 'keys', wrong)).body, passed.body)
    assert.equal((await calling.check()).kind, 'passed')
    assert.equal((await provider.report(world, 'answered')).status, 204, 'it does not begin anew')
    assert.equal((await provider.report(world, 'keys', right)).status, 200)
    assert.equal((await calling.check()).kind, 'over')
  })

  test(`a call only moves forward, in whatever order its reports come, on ${database.name}`, async () => {
    const rows: [string[], string][] = [
      [['answered'], 'answered'],
      [['busy'], 'busy'],
      [['noAnswer'], 'noAnswer'],
      [['failed'], 'failed'],
      [['hungUp'], 'hungUp'],
      [['answered', 'hungUp'], 'hungUp'],
      [['answered', 'failed'], 'failed'],
      [['answered', 'busy', 'noAnswer'], 'answered'],
      [['hungUp', 'answered'], 'hungUp'],
      [['busy', 'answered', 'hungUp'], 'busy'],
      [['noAnswer', 'keys'], 'noAnswer'],
      [['keys', 'answered'], 'passed'],
      [['answered', 'keys', 'hungUp', 'failed'], 'passed'],
    ]
    const provider = new ScriptedVoice('provider')
    await using world = await startWorld(database, { voiceGateways: [provider], limits: limitsBut('calls', {}) })
    const anna = await world.person('anna')
    for (const [index, [events, expected]] of rows.entries()) {
      const calling = await new Calling(world, anna.id).start()
      await until(() => provider.taken.length === index + 1)
      const keys = `${await calling.digit()}#`
      for (const event of events) await provider.report(world, event, event === 'keys' ? { keys } : {})
      assert.equal(await calling.state(), expected, events.join(', '))
    }
  })

  test(`what a call before this one reports changes nothing, on ${database.name}`, async () => {
    const { world: opened, provider, calling } = await ringing(database)
    await using world = opened
    const [address, keys] = [provider.address, `${await calling.digit()}#`]
    await provider.report(world, 'busy')
    assert.equal(await calling.state(), 'busy')
    world.turnClock(61_000)
    assert.equal((await calling.again()).kind, 'calling')
    await until(() => provider.taken.length === 2)
    for (const event of ['answered', 'keys', 'hungUp'])
      assert.equal((await provider.report(world, event, { address, ...(event === 'keys' && { keys }) })).status, 204)
    assert.equal(await calling.state(), 'ringing')
    world.turnClock(5 * minute)
    const late = await provider.report(world, 'keys', { keys: `${await calling.digit()}#` })
    assert.equal(late.status, 204)
    assert.equal(await calling.state(), 'noAnswer')
  })

  test(`forty wrong keys at once are three tries at most, and then the call is over, on ${database.name}`, async () => {
    const { world: opened, provider, calling } = await ringing(database, limitsBut('failures', {}))
    await using world = opened
    await provider.report(world, 'answered')
    const wrong = `${await calling.wrongDigit()}#`
    await Promise.all(Array.from({ length: 40 }, () => provider.report(world, 'keys', { keys: wrong })))
    const call = await world.system.calls.find(calling.callId)
    assert.ok(call && call.tries <= 3 && call.tries >= 1, `${call?.tries}`)
    for (let more = 0; more < 3; more++) await provider.report(world, 'keys', { keys: wrong })
    assert.equal(await calling.state(), 'wrongKey')
    assert.equal((await world.system.calls.find(calling.callId))?.tries, 3)
    assert.equal((await provider.report(world, 'keys', { keys: `${await calling.digit()}#` })).body.listen, false)
    assert.equal((await calling.check()).kind, 'not_yet')
  })
}
