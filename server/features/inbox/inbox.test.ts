import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '#server/app.ts'
import { Inbox } from '#server/gateways/sms/inbox.ts'
import { openLog } from '#server/http/logging.ts'
import { Asking } from '#test/asking.ts'
import { databases, publicUrl, startWorld } from '#test/world.ts'

for (const database of databases) {
  test(`a text stands in the inbox a moment after it was asked for, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const stranger = world.client(undefined)
    assert.match((await stranger.get('/inbox')).text, /<p id="empty">No messages yet/)
    assert.deepEqual((await stranger.get('/inbox/messages')).body, { value: [] })

    const createdDateTime = world.now.toISOString()
    await new Asking(world, anna.id).start()
    const text = await world.textTo('+31612345678')
    world.turnClock(30_000)
    await new Asking(world, anna.id).start()
    await world.textsSent()
    const { body } = await stranger.get('/inbox/messages')
    assert.equal(body.value.length, 2)
    const { id, ...first } = body.value[1]
    assert.match(id, /^[\w-]{36}$/)
    assert.deepEqual(first, { channel: 'sms', to: '+31612345678', text, createdDateTime })
    assert.ok(body.value[0].createdDateTime > createdDateTime, 'newest first')

    const page = await stranger.get('/inbox', { 'accept-language': 'sv' })
    assert.match(page.text, /<html lang="sv">/)
    assert.match(page.text, /<h1>Meddelanden<\/h1>/)
    assert.ok(page.text.includes(text))
    assert.match(String(page.headers['content-security-policy']), /^default-src 'none'; .*connect-src 'self'; script-src 'nonce-/)
  })
}

test('a server that sends to phones has no inbox', async () => {
  const [database] = databases
  assert.ok(database)
  await using world = await startWorld(database)
  const { installation } = world
  const hosts = new Set([new URL(publicUrl).host])
  const app = createApp({ installation, log: openLog('silent'), hosts, trustedProxies: [], metricsToken: undefined })
  for (const url of ['/inbox', '/inbox/messages'])
    assert.equal((await app.inject({ url, headers: { host: 'sesam.test' } })).statusCode, 404, url)
  await app.close()
})

test('the inbox keeps the newest two hundred, and one of those sent twice with one key', async () => {
  const inbox = new Inbox(() => new Date(0))
  for (let index = 0; index < 250; index++) await inbox.send({ to: '+31612345678', text: `<b>${index}</b>`, key: `${index}` })
  await inbox.send({ to: '+31612345678', text: 'again', key: '249' })
  const texts = inbox.messages().map(({ text }) => text)
  assert.deepEqual([texts.length, texts[0], texts.at(-1)], [200, '<b>249</b>', '<b>50</b>'])
})
