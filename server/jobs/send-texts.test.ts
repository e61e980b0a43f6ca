import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SendResult } from '#server/gateways/send-result.ts'
import type { OutgoingText, SmsGateway } from '#server/gateways/sms/sms-gateway.ts'
import { openLog } from '#server/http/logging.ts'
import { Installation } from '#server/system.ts'
import { Asking, limitsBut, newBrowser } from '#test/asking.ts'
import { databases, startWorld, type World } from '#test/world.ts'
import { startSending } from './send-texts.ts'

const second = 1_000
const minute = 60 * second

/** Answers as it is told, the last answer for ever after. */
class Scripted implements SmsGateway {
  readonly name: string
  readonly perSecond: number | undefined
  readonly taken: OutgoingText[] = []
  answers: SendResult[]

  constructor(name: string, answers: SendResult[], perSecond?: number) {
    this.name = name
    this.answers = answers
    this.perSecond = perSecond
  }

  async send(text: OutgoingText): Promise<SendResult> {
    this.taken.push(text)
    return (this.answers.length > 1 ? this.answers.shift() : this.answers[0]) ?? { kind: 'sent' }
  }
}

const sent: SendResult = { kind: 'sent' }
const failed: SendResult = { kind: 'failed', reason: 'status 503' }
const refused: SendResult = { kind: 'refused', reason: 'status 400' }

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  assert.fail('it did not happen')
}

async function states(world: World): Promise<string[]> {
  const rows = await world.installation.parts.database.kysely
    .selectFrom('outbox')
    .select(['state', 'due_at'])
    .where('tenant_id', '=', world.tenantId)
    .orderBy('added_at')
    .execute()
  return rows.map(({ state, due_at }) => (state === 'waiting' ? `waiting ${due_at - world.now.getTime()}` : state))
}

function later(world: World, ms: number): void {
  world.turnClock(ms)
  world.installation.texts.ring()
}

for (const database of databases) {
  test(`a gateway that fails is tried after two and eight seconds with the same key, then the next one is, on ${database.name}`, async () => {
    const [first, next] = [new Scripted('first', [failed]), new Scripted('next', [sent])]
    await using world = await startWorld(database, { gateways: [first, next] })
    const anna = await world.person('anna')
    const asking = await new Asking(world, anna.id).start()
    await until(async () => (await states(world))[0] === 'waiting 2000')
    later(world, 2 * second)
    await until(async () => (await states(world))[0] === 'waiting 8000')
    assert.equal(next.taken.length, 0)
    later(world, 8 * second)
    await until(async () => (await states(world))[0] === 'sent')
    assert.equal(first.taken.length, 3)
    assert.deepEqual(new Set([...first.taken, ...next.taken].map(({ key, text }) => `${key} ${text}`)).size, 1)
    assert.equal(next.taken[0]?.key, `${asking.challengeId}:1:1`)
    assert.equal((await asking.check(world.codeIn(next.taken[0]?.text ?? ''))).kind, 'passed')
    assert.ok(!world.logged.some((line) => line.includes('612345678') || line.includes(asking.challengeId)))
  })

  test(`with no gateway left a text has failed, and that is said aloud, on ${database.name}`, async () => {
    const gateways = [new Scripted('first', [refused]), new Scripted('next', [refused])]
    const metricsToken = 'a token of enough letters'
    await using world = await startWorld(database, { gateways, metricsToken })
    const anna = await world.person('anna')
    await new Asking(world, anna.id).start()
    await until(async () => (await states(world))[0] === 'failed')
    await new Asking(world, anna.id).start()
    const { text } = await world.client(undefined).get('/metrics', { authorization: `Bearer ${metricsToken}` })
    assert.match(text, /^sesam_texts\{state="failed",reason=""\} \d+$/m)
    assert.match(text, /^sesam_texts\{state="held",reason="text number gap"\} \d+$/m)
    assert.deepEqual(
      gateways.map(({ taken }) => taken.length),
      [1, 1],
    )
    assert.ok(world.logged.some((line) => line.includes('no gateway took a message')))
  })

  test(`a gateway says itself when to come back, on ${database.name}`, async () => {
    const gateway = new Scripted('busy', [{ kind: 'failed', reason: 'status 429', retryAfterMs: 20_000 }, sent])
    await using world = await startWorld(database, { gateways: [gateway] })
    const anna = await world.person('anna')
    await new Asking(world, anna.id).start()
    await until(async () => (await states(world))[0] === 'waiting 20000')
    later(world, 20 * second)
    await until(async () => (await states(world))[0] === 'sent')
  })

  test(`a gateway that fails five times is left alone for half a minute, and texts wait or go another way, on ${database.name}`, async () => {
    const gateway = new Scripted('broken', [failed])
    await using world = await startWorld(database, { gateways: [gateway], limits: limitsBut('texts', {}) })
    const people = await Promise.all(Array.from({ length: 6 }, (_, index) => world.person(`person${index}`)))
    for (const [index, person] of people.entries()) {
      await new Asking(world, person.id, { number: `+3161234560${index}` }).start()
      await until(async () => gateway.taken.length === Math.min(index + 1, 5))
    }
    await until(async () => (await states(world)).includes('waiting 30000'))
    assert.equal(gateway.taken.length, 5)
    later(world, 29 * second)
    await until(async () => (await states(world)).every((state) => state === 'waiting 1000'))
    assert.equal(gateway.taken.length, 5)
    gateway.answers = [sent]
    later(world, second)
    await until(async () => (await states(world)).every((state) => state === 'sent'))
    assert.equal(gateway.taken.length, 11)
  })

  test(`a code that opens nothing any more is not sent, on ${database.name}`, async () => {
    const gateway = new Scripted('slow', [failed])
    await using world = await startWorld(database, { gateways: [gateway], limits: limitsBut('texts', {}) })
    const [anna, bert, cees] = await Promise.all(['anna', 'bert', 'cees'].map((name) => world.person(name)))
    const expired = await new Asking(world, anna?.id, { number: '+31612345601' }).start()
    const used = await new Asking(world, bert?.id, { number: '+31612345602' }).start()
    const renewed = await new Asking(world, cees?.id, { number: '+31612345603' }).start()
    await until(async () => (await states(world)).every((state) => state === 'waiting 2000'))
    assert.equal((await used.check(await used.secretCode())).kind, 'passed')
    gateway.answers = [sent]
    world.turnClock(5 * minute)
    assert.deepEqual(await renewed.resend(), { kind: 'sent' })
    await until(async () => (await states(world)).filter((state) => state === 'dead').length === 3)
    await until(async () => (await states(world)).filter((state) => state === 'sent').length === 1)
    assert.deepEqual(gateway.taken.map(({ key }) => key).at(-1), `${renewed.challengeId}:2:2`)
    assert.equal(gateway.taken.length, 4)
    assert.equal((await expired.check(await expired.secretCode())).kind, 'over')
  })

  test(`for a number nobody has everything is done but the sending, on ${database.name}`, async () => {
    const gateway = new Scripted('any', [sent])
    await using world = await startWorld(database, { gateways: [gateway] })
    const anna = await world.person('anna')
    const known = await new Asking(world, anna.id, { number: '+31612345601' }).start()
    const decoy = await new Asking(world, undefined, { number: '+31612345602', browser: newBrowser() }).start()
    await until(async () => (await states(world)).every((state) => state === 'sent'))
    assert.deepEqual(
      gateway.taken.map(({ to }) => to),
      ['+31612345601'],
    )
    const [one, other] = await Promise.all([rowsOf(world, known.challengeId), rowsOf(world, decoy.challengeId)])
    assert.deepEqual(one, other)
    assert.deepEqual(await decoy.check(await decoy.secretCode()), { kind: 'wrong', triesLeft: 4 })
    const { receiver: _number, ...view } = (await decoy.view()) ?? assert.fail()
    const { receiver: _other, ...knownView } = (await known.view()) ?? assert.fail()
    assert.deepEqual(view, knownView)
  })

  test(`several who send from one outbox send every text once, on ${database.name}`, async () => {
    const gateway = new Scripted('any', [sent])
    await using world = await startWorld(database, { gateways: [gateway], limits: limitsBut('texts', {}) })
    const { installation, tenantId } = world
    const other = new Installation(installation.parts)
    const more = [installation, other, other].map((node) => startSending(node, { gateways: [gateway], log: openLog('silent'), tenantId }))
    const anna = await world.person('anna')
    const asked = await Promise.all(Array.from({ length: 60 }, () => new Asking(world, anna.id).start()))
    await until(async () => (await states(world)).every((state) => state === 'sent'))
    await Promise.all(more.map((sender) => sender.stop()))
    assert.deepEqual(gateway.taken.map(({ key }) => key).sort(), asked.map(({ challengeId }) => `${challengeId}:1:1`).sort())
  })

  test(`a gateway gets no more a second than it takes, on ${database.name}`, async () => {
    const gateway = new Scripted('slow', [sent], 20)
    await using world = await startWorld(database, { gateways: [gateway], limits: limitsBut('texts', {}) })
    const anna = await world.person('anna')
    const began = performance.now()
    await Promise.all(Array.from({ length: 9 }, () => new Asking(world, anna.id).start()))
    await until(() => gateway.taken.length === 9)
    assert.ok(performance.now() - began >= 8 * 50 - 5)
  })

  test(`neither numbers nor codes stand in the store or the log, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const asking = await new Asking(world, anna.id, { number: '+31687654321' }).start()
    const code = await asking.code()
    await asking.check(await asking.wrongCode())
    const { kysely } = world.installation.parts.database
    const stored = await Promise.all(
      (['challenges', 'outbox', 'method_pauses'] as const).map((table) =>
        kysely.selectFrom(table).selectAll().where('tenant_id', '=', world.tenantId).execute(),
      ),
    )
    assert.ok(stored.every((rows) => rows.length > 0))
    for (const text of [JSON.stringify(stored), world.logged.join('\n')]) {
      for (const secret of [code, '687654321', Buffer.from('+31687654321').toString('base64url')]) assert.ok(!text.includes(secret))
    }
  })
}

/** What of two challenges must be alike: every column, but those that say whose it is. */
async function rowsOf(world: World, challengeId: string) {
  const { kysely } = world.installation.parts.database
  const [challenge] = await kysely.selectFrom('challenges').selectAll().where('id', '=', challengeId).execute()
  const sends = await kysely.selectFrom('outbox').selectAll().where('challenge_id', '=', challengeId).execute()
  assert.ok(challenge)
  const { id, user_id, number_sealed, number_index, binding, slot, ...rest } = challenge
  return {
    ...rest,
    lengths: [id, number_sealed, number_index, binding, slot].map((text) => text?.length),
    sends: sends.map(({ challenge_id, ...send }) => ({ ...send, length: challenge_id.length })),
  }
}
