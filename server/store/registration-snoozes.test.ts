import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld } from '#test/world.ts'

for (const database of databases) {
  test(`an offer is put off once, however often its button is pressed at the same time, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const anna = await world.person('anna')
    const press = (timesBefore: number) =>
      Promise.all(
        Array.from({ length: 8 }, () =>
          world.system.writing(({ registrationSnoozes }) => registrationSnoozes.snooze(anna.id, 'sms', timesBefore, world.now)),
        ),
      )
    for (const timesBefore of [0, 1, 2]) assert.equal((await press(timesBefore)).filter(Boolean).length, 1)
    const snoozes = await world.system.registrationSnoozes.ofUser(anna.id)
    assert.deepEqual([...snoozes], [['sms', { times: 3, at: world.now }]])
    assert.equal((await other.system.registrationSnoozes.ofUser(anna.id)).size, 0)
  })
}
