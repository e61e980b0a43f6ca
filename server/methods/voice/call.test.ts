import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureKey } from '#server/domain/code-charges.ts'
import { methods } from '#server/methods/index.ts'
import { Asking, limitsBut, newBrowser } from '#test/asking.ts'
import { answerCall, Calling, ScriptedVoice, until } from '#test/calling.ts'
import { databases, startWorld } from '#test/world.ts'

const minute = 60_000

test('S53 a call is for a second step and for a new password, and nobody signs in by one alone', () => {
  assert.deepEqual(methods.voice.uses, ['second-factor', 'password-reset'])
})

for (const database of databases) {
  test(`a call proves something once, for what it was made, in the browser that asked, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const calling = await new Calling(world, anna.id).start()
    await answerCall(world, '+31612345678', await calling.digit())
    assert.equal((await calling.check(newBrowser())).kind, 'over')
    assert.equal(await calling.view(newBrowser()), undefined)
    const { callId, browser } = calling
    const other = await methods.voice.checkCall(world.system, callId, browser, async () => {}, 'password-reset')
    assert.equal(other.kind, 'over')
    const all = await Promise.all(Array.from({ length: 40 }, () => calling.check()))
    assert.equal(all.filter(({ kind }) => kind === 'passed').length, 1)
    assert.partialDeepStrictEqual(
      all.find(({ kind }) => kind === 'passed'),
      { userId: anna.id, number: '+31612345678', callId },
    )
  })

  test(`what it was for is kept together with the call being used up, or neither is, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const calling = await new Calling(world, (await world.person('anna')).id).start()
    await answerCall(world, '+31612345678', await calling.digit())
    const { callId, browser, purpose } = calling
    const failing = async () => {
      throw new Error('lost')
    }
    await assert.rejects(methods.voice.checkCall(world.system, callId, browser, failing, purpose), /lost/)
    assert.equal((await calling.check()).kind, 'passed')
    const late = await new Calling(world, (await world.person('bert')).id, { number: '+31687654321' }).start()
    await answerCall(world, '+31687654321', await late.digit())
    world.turnClock(5 * minute)
    assert.equal((await late.check()).kind, 'over', 'five minutes later it proves nothing any more')
    const before = late.callId
    assert.notEqual((await late.start()).callId, before, 'and another one is asked for')
  })

  test(`nothing that is kept or written tells a digit or a number, on ${database.name}`, async () => {
    const metricsToken = 'a token of enough letters'
    await using world = await startWorld(database, { metricsToken })
    const number = '+31687654321'
    const calling = await new Calling(world, (await world.person('anna')).id, { number, phoneType: 'office', extension: '98765' }).start()
    const digit = await calling.digit()
    await answerCall(world, number, digit)
    const { kysely } = world.installation.parts.database
    const [row] = await kysely.selectFrom('calls').selectAll().where('id', '=', calling.callId).execute()
    const { text } = await world.client(undefined).get('/metrics', { authorization: `Bearer ${metricsToken}` })
    const written = [JSON.stringify(row), text, ...world.logged].join('\n')
    for (const canary of [number, '687654321', '98765', `${digit}#`, encodeURIComponent(number)])
      assert.ok(!written.includes(canary), canary)
    assert.ok(!world.logged.some((line) => line.includes(calling.callId)))
    const again = JSON.stringify({ ...row, number_sealed: '', number_index: '', extension_sealed: '' })
    assert.doesNotMatch(again, new RegExp(`"${digit}"`), 'no column is the digit')
  })

  test(`wrong keys are counted with the wrong codes of the number, and then the number rests, on ${database.name}`, async () => {
    const failures = { numberHour: { count: 2, perMs: 60 * minute } }
    const provider = new ScriptedVoice('provider')
    await using world = await startWorld(database, { voiceGateways: [provider], limits: limitsBut('failures', failures) })
    const anna = await world.person('anna')
    const asking = await new Asking(world, anna.id, { purpose: 'second-factor' }).start()
    assert.equal((await asking.check(await asking.wrongCode())).kind, 'wrong')
    const calling = await new Calling(world, anna.id).start()
    await until(() => provider.taken.length === 1)
    await provider.report(world, 'keys', { keys: `${await calling.wrongDigit()}#` })
    await provider.report(world, 'keys', { keys: `${await calling.digit()}#` })
    assert.equal(await calling.state(), 'answered', 'used up: now the right key is wrong as well')
    const key = failureKey('sms', 'second-factor', world.system.challenges.indexOf(calling.number), undefined)
    assert.ok(((await world.system.methodPauses.find(key))?.pausedUntil ?? world.now) > world.now)
    const denied = await new Calling(world, anna.id).tryToStart()
    assert.equal(denied.kind, 'slow_down')
    await methods.sms.endPause({ ...world.system, ...world.system.atOnce }, calling.number)
    assert.equal((await new Calling(world, anna.id).tryToStart()).kind, 'started')
  })

  test(`who is not known yet learns nothing from a number that was called too often, on ${database.name}`, async () => {
    const provider = new ScriptedVoice('provider')
    await using world = await startWorld(database, { voiceGateways: [provider] })
    const anna = await world.person('anna')
    await new Calling(world, anna.id).start()
    await until(() => provider.taken.length === 1)
    assert.equal((await new Calling(world, anna.id).tryToStart()).kind, 'slow_down', 'whoever is known hears it')
    const [held, decoy] = [
      await new Calling(world, anna.id, { purpose: 'password-reset' }).start(),
      await new Calling(world, undefined, { purpose: 'password-reset', number: '+31687654321' }).start(),
    ]
    for (const stranger of [held, decoy]) {
      assert.equal(await stranger.state(), 'ringing')
      assert.deepEqual(Object.keys((await stranger.view()) ?? {}), Object.keys((await held.view()) ?? {}))
    }
    world.turnClock(61_000)
    for (const stranger of [held, decoy]) assert.equal(await stranger.state(), 'noAnswer')
    assert.equal(provider.taken.length, 1, 'and no phone rang')
  })

  test(`one address calls half as often as it texts, and a range of numbers five times in ten minutes, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const outcomes: string[] = []
    for (let last = 0; last < 6; last++) {
      const person = await world.person(`person${last}`)
      const browser = newBrowser({ address: `192.0.2.${last}` })
      outcomes.push((await new Calling(world, person.id, { number: `+3161234560${last}`, browser }).tryToStart()).kind)
    }
    assert.deepEqual(outcomes, ['started', 'started', 'started', 'started', 'started', 'slow_down'])
    const callers: string[] = []
    for (let last = 0; last < 6; last++) {
      const person = await world.person(`caller${last}`)
      const browser = newBrowser({ address: '198.51.100.7' })
      callers.push((await new Calling(world, person.id, { number: `+316${last}9876543`, browser }).tryToStart()).kind)
    }
    assert.deepEqual(callers, ['started', 'started', 'started', 'started', 'started', 'slow_down'])
  })
}
