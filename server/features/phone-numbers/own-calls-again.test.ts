import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerCall } from '#test/calling.ts'
import { type Client, databases, startWorld } from '#test/world.ts'

const own = '/sesam/v1/me/phoneNumbers'

const start = (client: Client, phoneNumber: string) => client.post(own, { phoneNumber, phoneType: 'mobile', channel: 'voice' })
const codeOf = (answer: { body: { error: { details: { code: string }[] } } }) => answer.body.error.details[0]?.code

for (const database of databases) {
  test(`whoever missed the call is called again, with another digit asked for, three times in all, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('voice')
    const anna = await world.signedIn((await world.person('anna')).id)
    const { body } = await start(anna, '+31 612345678')
    const digits = [body.digit]
    await world.callTo('+31612345678')
    for (const left of [1, 0]) {
      const early = await anna.post(`${own}/${body.id}/resend`)
      assert.equal(early.status, 429)
      assert.equal(early.headers['retry-after'], '60')
      world.turnClock(61_000)
      const again = await anna.post(`${own}/${body.id}/resend`)
      assert.equal(again.status, 202, again.text)
      assert.partialDeepStrictEqual(again.body, { state: 'ringing', callsLeft: left })
      digits.push(again.body.digit)
      await world.callTo('+31612345678')
    }
    assert.equal((await world.callInbox.calls()).length, 3)
    assert.equal(codeOf(await anna.post(`${own}/${body.id}/resend`)), 'call_over')
    await answerCall(world, '+31612345678', digits.at(-1))
    assert.equal((await anna.post(`${own}/${body.id}/confirm`, {})).status, 201)
  })

  test(`a number is called three times an hour and five a day, whoever asks, and whoever asks again hears when, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('voice')
    const statuses: number[] = []
    for (const name of ['anna', 'bert', 'carla', 'dora', 'emma', 'fred', 'gert']) {
      const person = await world.signedIn((await world.person(name)).id)
      let started = await start(person, '+31 612345678')
      statuses.push(started.status)
      if (started.status !== 429) {
        world.turnClock(61_000)
        continue
      }
      assert.equal(codeOf(started), 'slow_down')
      world.turnClock(Number(started.headers['retry-after']) * 1000)
      started = await start(await world.signedIn(person.id), '+31 612345678')
      statuses.push(started.status)
      world.turnClock(61_000)
    }
    assert.deepEqual(statuses.slice(0, 4), [202, 202, 202, 429])
    assert.ok(statuses.filter((status) => status === 202).length >= 5)
    const longest = await start(await world.signedIn((await world.person('hans')).id), '+31 612345678')
    assert.equal(longest.status, 429, 'the day is used up')
    assert.ok(Number(longest.headers['retry-after']) > 3_600, String(longest.headers['retry-after']))
  })
}
