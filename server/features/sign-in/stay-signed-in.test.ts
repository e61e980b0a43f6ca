import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorizeRequest, registerApp, Visitor } from '#test/visitor.ts'
import { databases, startWorld } from '#test/world.ts'

const number = '+31612345678'

for (const database of databases) {
  test(`where nobody is asked to stay signed in, the session ends with the browser, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { system } = world
    await system.inTransaction(({ settings }) => settings.set({ ...system.signInSettings, asksToStaySignedIn: false }))
    system.reload()
    await world.number(await world.person('anna'), number)
    await world.allow('sms')
    const visitor = new Visitor(world)
    const first = await visitor.get(authorizeRequest(world, await registerApp(world)).url)
    const codePage = await visitor.submit(first, { identifier: number, do: 'next' })
    const code = world.codeIn(await world.textTo(number))

    const t = /name="t" value="([^"]*)"/.exec(codePage.text)?.[1] ?? ''
    const proven = await visitor.request('POST', codePage.url, { t, code, do: 'next' })
    assert.match(String(proven.headers['location']), /oauth2\/v2\.0\/authorize/, 'no page is between the code and the app')
    const answered = await visitor.request('GET', String(proven.headers['location']))
    assert.match(String(answered.headers['location']), /^https:\/\/app\.example\/callback\?code=/)
    const session = [answered.headers['set-cookie'] ?? []].flat().find((line) => String(line).startsWith('__Host-s-'))
    assert.match(String(session), /^__Host-s-\w+=/)
    assert.doesNotMatch(String(session), /expires|max-age/i)
  })
}
