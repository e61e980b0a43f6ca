import assert from 'node:assert/strict'
import { test } from 'node:test'
import { givePass } from '#test/pass-stage.ts'
import { databases, startWorld } from '#test/world.ts'

const details = '/reports/authenticationMethods/userRegistrationDetails'

for (const database of databases) {
  test(`a pass is registered until its time is over, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.person('anna')
    await world.allow('temporary-access-pass')
    const eva = await world.person('eva')
    await givePass(world, eva)
    const having = async () => {
      const reader = await world.as('Reports Reader')
      const summary = await reader.get('/v1.0/reports/authenticationMethods/usersRegisteredByMethod()')
      const counts: { authenticationMethod: string; userCount: number }[] = summary.body.userRegistrationMethodCounts
      const filter = encodeURIComponent("methodsRegistered/any(m:m eq 'temporaryAccessPass')")
      const list = await reader.get(`/v1.0${details}?$filter=${filter}`)
      return {
        names: list.body.value.map(({ id }: { id: string }) => id),
        count: counts.find(({ authenticationMethod }) => authenticationMethod === 'temporaryAccessPass')?.userCount,
        registered: (await reader.get(`/v1.0${details}/${eva.id}`)).body.methodsRegistered,
      }
    }
    assert.deepEqual(await having(), { names: [eva.id], count: 1, registered: ['temporaryAccessPass'] })
    world.turnClock(60 * 60_000)
    assert.deepEqual(await having(), { names: [], count: 0, registered: [] })
  })
}
