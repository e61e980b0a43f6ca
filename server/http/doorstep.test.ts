import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '#server/app.ts'
import { databases, publicUrl, startWorld, type World } from '#test/world.ts'
import { openLog } from './logging.ts'

const [sqlite] = databases
assert.ok(sqlite)
const proxy = '10.0.0.1'
const { host } = new URL(publicUrl)

/** The same server behind proxies, with a door that shows what any other door would see. */
async function behind(world: World, trustedProxies: readonly string[]) {
  const logged: string[] = []
  const app = createApp({
    installation: world.installation,
    log: openLog('warn', { write: (line) => logged.push(line) }),
    hosts: new Set([host, 'localhost:3000']),
    trustedProxies,
    metricsToken: undefined,
  })
  app.get('/seen', async ({ ip, host, protocol, method, headers }) => ({ ip, host, protocol, method, names: Object.keys(headers).sort() }))
  await app.ready()
  return {
    logged,
    app,
    ask: async (remoteAddress: string, headers: Record<string, string>) => {
      const answer = await app.inject({ url: '/seen', remoteAddress, headers: { host, ...headers } })
      return { status: answer.statusCode, headers: answer.headers, seen: answer.json() }
    },
  }
}

const forged = {
  forwarded: 'for=1.2.3.4;host=evil.example;proto=https',
  'x-forwarded-for': '1.2.3.4',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-port': '444',
  'x-forwarded-prefix': '/evil',
  'x-forwarded-anything': 'x',
  'x-real-ip': '1.2.3.4',
  'x-client-ip': '1.2.3.4',
  'true-client-ip': '1.2.3.4',
  'x-original-url': '/v1.0/users',
  'x-rewrite-url': '/v1.0/users',
  'x-http-method-override': 'DELETE',
  'x-http-method': 'DELETE',
  'x-method-override': 'DELETE',
}

test('what a stranger says about where they come from and where they go reaches no door', async () => {
  await using world = await startWorld(sqlite)
  for (const trusted of [[], [proxy]]) {
    const { app, ask } = await behind(world, trusted)
    const { seen } = await ask('203.0.113.9', forged)
    assert.deepEqual(seen, { ip: '203.0.113.9', host, protocol: 'http', method: 'GET', names: ['host', 'user-agent'] })
    await app.close()
  }
})

test('a named proxy says whose request it is, and nothing else', async () => {
  await using world = await startWorld(sqlite)
  const { app, ask } = await behind(world, [proxy])
  const { seen } = await ask(proxy, forged)
  assert.deepEqual(seen, { ip: '1.2.3.4', host, protocol: 'http', method: 'GET', names: ['host', 'user-agent', 'x-forwarded-for'] })
  await app.close()
})

test('the caller is the first from the right whom we do not know as a proxy', async () => {
  await using world = await startWorld(sqlite)
  const { app, ask, logged } = await behind(world, ['10.0.0.0/8', 'fd00::/8', '192.0.2.1'])
  const cases: readonly [string, string, string][] = [
    [proxy, '203.0.113.9', '203.0.113.9'],
    [proxy, '1.1.1.1, 203.0.113.9', '203.0.113.9'],
    [proxy, '1.1.1.1, 203.0.113.9, 10.9.9.9, 192.0.2.1', '203.0.113.9'],
    [proxy, ' 203.0.113.9 ,10.9.9.9 ', '203.0.113.9'],
    [proxy, '10.1.1.1, 10.9.9.9', '10.1.1.1'],
    // What stands further left is what the caller wrote, garbage included.
    [proxy, 'unknown, <script>, 203.0.113.9', '203.0.113.9'],
    [proxy, '2001:db8::9', '2001:db8::9'],
    [proxy, '1.1.1.1, 2001:db8::9, fd00::7', '2001:db8::9'],
    ['fd00::1', '2001:db8::9', '2001:db8::9'],
    ['::ffff:10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['2001:db8::66', '1.2.3.4', '2001:db8::66'],
    [proxy, '203.0.113.9, 2001:db8::66, 10.9.9.9', '2001:db8::66'],
  ]
  for (const [peer, header, expected] of cases) {
    assert.equal((await ask(peer, { 'x-forwarded-for': header })).seen.ip, expected, `${peer} says ${header}`)
  }
  assert.deepEqual(logged, [])
  await app.close()
})

test('where a proxy names no address, its own stands for the caller, and the log says so', async () => {
  await using world = await startWorld(sqlite)
  const { app, ask, logged } = await behind(world, ['10.0.0.0/8'])
  const garbage = [
    'unknown',
    'evil.example',
    '1.2.3.4, unknown',
    '203.0.113.9:4711',
    '[2001:db8::9]:443',
    '999.1.1.1',
    "'; drop table",
    '1.2.3.4,_x, 10.9.9.9',
  ]
  for (const header of garbage) {
    const { seen } = await ask(proxy, { 'x-forwarded-for': header })
    assert.deepEqual([seen.ip, seen.names], [proxy, ['host', 'user-agent']], header)
  }
  for (const header of ['', ' ', ','])
    assert.equal((await ask(proxy, { 'x-forwarded-for': header })).seen.ip, proxy, JSON.stringify(header))
  assert.ok(logged.length >= garbage.length)
  assert.ok(logged.every((line) => line.includes('no address') && !line.includes('drop table')))
  await app.close()
})

test('a forged header neither opens a door for another host nor lends a name to the audit log', async () => {
  await using world = await startWorld(sqlite)
  const { app } = await behind(world, [proxy])
  const admin = await world.as('User Administrator')
  const user = { accountEnabled: true, displayName: 'New', mailNickname: 'new', userPrincipalName: `new@${world.domain}` }
  const headers = { authorization: `Bearer ${admin.token}`, ...forged }
  const answer = await app.inject({
    method: 'POST',
    url: '/v1.0/users',
    headers: { host, ...headers },
    payload: user,
    remoteAddress: '2001:db8::66',
  })
  assert.equal(answer.statusCode, 201, answer.body)
  assert.ok(!answer.body.includes('evil.example'))
  const [event] = await world.auditEvents()
  assert.equal(event?.actor.kind === 'person' && event.actor.address, '2001:db8::66')
  await app.close()
})

test('only the names we answer to are answered, whoever else a request names', async () => {
  await using world = await startWorld(sqlite)
  const { app, ask } = await behind(world, [proxy])
  const hostile = [
    'evil.example',
    `${host}.evil.example`,
    `${host}@evil.example`,
    `${host}:8443`,
    `evil.example, ${host}`,
    '',
    '[::1]',
    '10.0.0.7',
  ]
  for (const name of hostile) {
    for (const peer of [proxy, '203.0.113.9']) {
      const { status, seen } = await ask(peer, { host: name, 'x-forwarded-host': host, forwarded: `host=${host}` })
      assert.equal(status, 421, name)
      assert.ok(!JSON.stringify(seen).includes('evil.example'), name)
    }
  }
  assert.equal((await ask(proxy, { host: host.toUpperCase() })).status, 200)
  await app.close()
})

test('a browser is told to stay with https, but never for everything on localhost', async () => {
  await using world = await startWorld(sqlite)
  const { app, ask } = await behind(world, [])
  assert.match(String((await ask(proxy, {})).headers['strict-transport-security']), /^max-age=63072000/)
  assert.equal((await ask(proxy, { host: 'localhost:3000' })).headers['strict-transport-security'], undefined)
  await app.close()
})
