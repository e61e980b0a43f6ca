import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SendResult } from '#server/gateways/send-result.ts'
import { openLog } from '#server/http/logging.ts'
import { CallQueue } from '#server/store/call-queue.ts'
import { Installation } from '#server/system.ts'
import { limitsBut } from '#test/asking.ts'
import { Calling, ScriptedVoice, until } from '#test/calling.ts'
import { databases, startWorld, type World } from '#test/world.ts'
import { startPlacing } from './place-calls.ts'

const second = 1_000

const sent: SendResult = { kind: 'sent' }
const failed: SendResult = { kind: 'failed', reason: 'status 503' }
const refused: SendResult = { kind: 'refused', reason: 'status 400' }

async function rowOf(world: World, { callId }: Calling): Promise<{ state: string; wait: number }> {
  const rows = world.installation.parts.database.kysely.selectFrom('calls').select(['state', 'due_at']).where('id', '=', callId)
  const { state, due_at } = await rows.executeTakeFirstOrThrow()
  return { state, wait: due_at - world.now.getTime() }
}

function later(world: World, ms: number): void {
  world.turnClock(ms)
  world.installation.callBell.ring()
}

for (const database of databases) {
  test(`a gateway that fails is tried once more with the same key, then the next one is, on ${database.name}`, async () => {
    const [first, next] = [new ScriptedVoice('first', [failed]), new ScriptedVoice('next', [sent])]
    await using world = await startWorld(database, { voiceGateways: [first, next] })
    const calling = await new Calling(world, (await world.person('anna')).id).start()
    await until(async () => (await rowOf(world, calling)).wait === 2 * second)
    later(world, 2 * second)
    await until(async () => (await rowOf(world, calling)).state === 'ringing')
    assert.deepEqual([first.taken.length, next.taken.length], [2, 1])
    assert.deepEqual([...new Set([...first.taken, ...next.taken].map(({ key }) => key))], [`${calling.callId}:1`])
    assert.notEqual(first.address, next.address, 'each reports at an address of its own')
    await next.report(world, 'keys', { keys: `${await calling.digit()}#` })
    assert.equal((await calling.check()).kind, 'passed')
    assert.ok(!world.logged.some((line) => line.includes('612345678') || line.includes(calling.callId)))
  })

  test(`with no gateway left a call has failed, and that is said aloud, on ${database.name}`, async () => {
    const gateways = [new ScriptedVoice('first', [refused]), new ScriptedVoice('next', [refused])]
    const metricsToken = 'a token of enough letters'
    await using world = await startWorld(database, { voiceGateways: gateways, metricsToken })
    const calling = await new Calling(world, (await world.person('anna')).id).start()
    await until(async () => (await calling.state()) === 'failed')
    assert.deepEqual(
      gateways.map(({ taken }) => taken.length),
      [1, 1],
    )
    assert.ok(world.logged.some((line) => line.includes('no gateway took a call')))
    const { text } = await world.client(undefined).get('/metrics', { authorization: `Bearer ${metricsToken}` })
    assert.match(text, /^sesam_calls\{state="failed",reason=""\} \d+$/m)
  })

  test(`two servers that place at the same moment let a phone ring once, on ${database.name}`, async () => {
    const gateways = [new ScriptedVoice('one'), new ScriptedVoice('other')] as const
    await using world = await startWorld(database, { voiceGateways: [gateways[0]], limits: limitsBut('calls', {}) })
    const { parts } = world.installation
    const anna = await world.person('anna')
    const other = new Installation(parts)
    const server = startPlacing(other, { gateways: [gateways[1]], log: openLog('silent'), tenantId: world.tenantId })
    const callings = Array.from({ length: 40 }, () => new Calling(world, anna.id))
    await Promise.all(
      callings.map(async (calling) => {
        await calling.start()
        other.callBell.ring()
      }),
    )
    await until(async () => (await Promise.all(callings.map((calling) => rowOf(world, calling)))).every(({ state }) => state === 'ringing'))
    await server.stop()
    const keys = gateways.flatMap(({ taken }) => taken.map(({ key }) => key))
    assert.deepEqual(keys.sort(), callings.map(({ callId }) => `${callId}:1`).sort())
  })

  test(`what a crash leaves behind between taking and placing is placed half a minute later, on ${database.name}`, async () => {
    const provider = new ScriptedVoice('provider')
    await using world = await startWorld(database, { voiceGateways: [provider] })
    const queue = new CallQueue(world.installation.parts.database.alone, world.tenantId)
    const calling = new Calling(world, (await world.person('anna')).id)
    // A server takes it at the very moment it is there, and dies.
    const bell = world.installation.callBell.ring
    world.installation.callBell.ring = () => {}
    await calling.start()
    const [taken] = await queue.lease(1, world.now)
    world.installation.callBell.ring = bell
    if (!taken) {
      assert.equal(provider.taken.length, 1, 'the world was faster')
      return
    }
    later(world, 29 * second)
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.equal(provider.taken.length, 0)
    later(world, 2 * second)
    await until(() => provider.taken.length === 1)
    // The dead one comes back and says that nobody took it: its word counts no more.
    await queue.finish(taken, 'failed')
    assert.equal(await calling.state(), 'ringing')
  })

  test(`a report that is faster than the provider's answer stands, on ${database.name}`, async () => {
    const provider = new ScriptedVoice('provider')
    await using world = await startWorld(database, { voiceGateways: [provider] })
    const calling = new Calling(world, (await world.person('anna')).id)
    const place = provider.place.bind(provider)
    provider.place = async (call) => {
      const answer = await place(call)
      await provider.report(world, 'answered')
      return answer
    }
    await calling.start()
    await until(async () => (await calling.state()) === 'answered')
    await until(async () => (await rowOf(world, calling)).state === 'answered')
    assert.equal(provider.taken.length, 1)
  })

  test(`S55, S56 only the number is dialled, and the desk behind it only at a sign-in, where the provider can, on ${database.name}`, async () => {
    const [plain, able] = [new ScriptedVoice('plain'), new ScriptedVoice('able', [sent], true)]
    for (const provider of [plain, able]) {
      await using world = await startWorld(database, { voiceGateways: [provider], limits: limitsBut('calls', {}) })
      const anna = await world.person('anna')
      const office = { number: '+31207942345', phoneType: 'office', extension: '12' } as const
      for (const purpose of ['add-phone', 'password-reset', 'second-factor', 'step-up'] as const) {
        const before = provider.taken.length
        await new Calling(world, anna.id, { ...office, purpose }).start()
        await until(() => provider.taken.length === before + 1)
      }
      await new Calling(world, anna.id, { number: '+14255551234', extension: '12345' }).start()
      await until(() => provider.taken.length === 5)
      assert.ok(provider.taken.every(({ to }) => to === '+31207942345' || to === '+14255551234'))
      const dialled = provider.taken.map(({ extension }) => extension)
      assert.deepEqual(dialled, provider === able ? [undefined, undefined, '12', '12', undefined] : Array(5).fill(undefined))
    }
  })

  test(`for somebody who is not there no phone rings, and it looks as if nobody picked up, on ${database.name}`, async () => {
    const provider = new ScriptedVoice('provider')
    await using world = await startWorld(database, { voiceGateways: [provider] })
    const decoy = await new Calling(world, undefined, { purpose: 'password-reset' }).start()
    await until(async () => (await rowOf(world, decoy)).state === 'ringing')
    assert.equal(await decoy.state(), 'ringing')
    assert.equal(provider.taken.length, 0)
    world.turnClock(61 * second)
    assert.equal(await decoy.state(), 'noAnswer')
    assert.equal((await decoy.check()).kind, 'not_yet')
  })
}
