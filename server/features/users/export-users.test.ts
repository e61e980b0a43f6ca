import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld } from '#test/world.ts'

const door = '/sesam/v1/users/export'

for (const database of databases) {
  test(`people go into a file that can be brought in again, numbers as the caller may see them, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.person('anna', { displayName: 'Anna "A", de Vries', department: '=1+1', preferredLanguage: 'nl' })
    await world.number(anna, '+31612345678')
    const chief = await world.as('Global Administrator')
    const asked = `${door}?$select=userPrincipalName,displayName,department,authenticationPhone,signIn&$filter=startsWith(userPrincipalName,'anna')`
    const whole = await chief.get(asked)
    assert.equal(whole.status, 200, whole.text)
    assert.match(String(whole.headers['content-disposition']), /attachment; filename="people.csv"/)
    assert.deepEqual(whole.text.trim().split('\r\n').slice(1), [
      `${anna.userPrincipalName},"Anna ""A"", de Vries",'=1+1,'+31 612345678,yes`,
    ])
    const back = await chief.post('/sesam/v1/imports', { csv: whole.text, dryRun: true })
    assert.partialDeepStrictEqual(back.body, { rowsDone: 1, unchanged: 1, failed: 0 }, back.text)

    const masked = await (await world.as('Authentication Administrator')).get(asked)
    assert.match(masked.text, /\+31 XXXXXXX78,yes/)
    const { details } = (await world.auditEvents()).at(-1) ?? {}
    assert.deepEqual(details, { Columns: 'userPrincipalName, displayName, department, authenticationPhone, signIn', Numbers: 'masked' })
  })

  test(`whoever may not see numbers takes out none, and members take out nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    await world.number(anna, '+31612345678')
    const users = await world.as('User Administrator')
    assert.doesNotMatch((await users.get(door)).text, /officePhone|612345678/)
    assert.equal((await users.get(`${door}?$select=userPrincipalName,authenticationPhone`)).status, 403)
    assert.equal((await (await world.signedIn(anna.id)).get(door)).status, 403)
    assert.deepEqual(await world.auditTrail(), ['Export people'])
  })

  test(`every person is in it once, however many pages it takes, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.system.inTransaction(async ({ users }) => {
      for (let index = 0; index < 1_200; index++) {
        const userPrincipalName = `p${index}@${world.domain}`
        await users.add(
          { id: crypto.randomUUID(), displayName: 'Same name', mailNickname: 'p', accountEnabled: true, userPrincipalName },
          world.now,
        )
      }
    })
    const { text } = await (await world.as('Global Reader')).get(`${door}?$select=userPrincipalName&$filter=displayName eq 'Same name'`)
    const names = text.trim().split('\r\n').slice(1)
    assert.deepEqual([names.length, new Set(names).size], [1_200, 1_200])
  })
}
