import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { databases, startWorld, type World } from './world.ts'

const [sqlite] = databases
assert.ok(sqlite)

const metricsToken = 'a token of enough letters for metrics'

for (const database of databases) {
  test(`the health doors answer anybody, and tell when the store is away, on ${database.name}`, async () => {
    const good = await database.shared()
    let isAway = false
    const run: typeof good.run = (text, parameters) => (isAway ? Promise.reject(new Error('away')) : good.run(text, parameters))
    await using world = await startWorld(database, { database: { ...good, run, storeTime: async () => world.now.getTime() } })
    const probe = (url: string) => world.send('GET', url, undefined, { host: '10.0.0.7:8080' })

    assert.deepEqual((await probe('/health/live')).body, { status: 'live' })
    assert.deepEqual((await probe('/health/ready')).body, { status: 'ready' })
    isAway = true
    assert.equal((await probe('/health/live')).status, 200)
    const away = await probe('/health/ready')
    assert.equal(away.status, 503)
    assert.deepEqual(away.body, { status: 'store unavailable' })
  })
}

test('a node whose clock differs from the store’s is not ready', async () => {
  const good = await sqlite.shared()
  let differenceMs = 0
  await using world = await startWorld(sqlite, {
    database: { ...good, storeTime: async () => world.now.getTime() + differenceMs },
  })
  const readiness = async () => (await world.client(undefined).get('/health/ready')).status
  for (const [difference, status] of [
    [2_000, 200],
    [2_001, 503],
    [-2_001, 503],
    [-1_999, 200],
  ] as const) {
    differenceMs = difference
    assert.equal(await readiness(), status, String(difference))
  }
})

test('the metrics count by pattern, for who knows the token', async () => {
  await using world = await startWorld(sqlite, { metricsToken })
  const admin = await world.as('User Administrator')
  await admin.get(`/v1.0/users/${admin.id}`)
  await admin.get('/nothing')
  const read = (authorization?: string) => world.client(undefined).get('/metrics', authorization === undefined ? {} : { authorization })
  for (const wrong of [undefined, '', 'Bearer', 'Bearer x', `Bearer ${metricsToken} `, `bearer ${metricsToken}`, `Bearer ${admin.token}`]) {
    const refused = await read(wrong)
    assert.equal(refused.status, 401, wrong)
    assert.equal(refused.text, '')
  }
  const { status, text } = await read(`Bearer ${metricsToken}`)
  assert.equal(status, 200)
  assert.match(text, /sesam_http_requests_total\{method="GET",route="\/v1\.0\/users\/:id",status="2xx"\} 1/)
  assert.match(text, /sesam_http_requests_total\{method="GET",route="none",status="4xx"\} 1/)
  assert.ok(!text.includes(admin.id))
})

test('without a token there are no metrics', async () => {
  await using world = await startWorld(sqlite)
  assert.equal((await world.client(undefined).get('/metrics')).status, 404)
})

async function speak(world: World, words: string): Promise<string> {
  const address = world.app.server.address()
  assert.ok(typeof address === 'object' && address)
  const socket = connect(address.port, '127.0.0.1')
  socket.end(words)
  let heard = ''
  for await (const part of socket.setEncoding('utf8')) heard += part
  return heard
}

test('what is hardly a request gets a short answer with our headers', async () => {
  await using world = await startWorld(sqlite)
  await world.app.listen({ host: '127.0.0.1', port: 0 })
  const cases: readonly [string, string, number][] = [
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['a header without end', `GET / HTTP/1.1\r\nHost: sesam.test\r\nX: ${'x'.repeat(17 * 1024)}\r\n\r\n`, 431],
    ['two lengths', 'POST /v1.0/users HTTP/1.1\r\nHost: sesam.test\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
    ['a length and chunks', 'POST / HTTP/1.1\r\nHost: sesam.test\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ['no host', 'GET /v1.0/me HTTP/1.1\r\nConnection: close\r\n\r\n', 421],
    ['an old version', 'GET /v1.0/me HTTP/1.0\r\n\r\n', 421],
    ['a method nobody knows', 'BREW /v1.0/me HTTP/1.1\r\nHost: sesam.test\r\n\r\n', 400],
    ['a method of another trade', 'PROPFIND /v1.0/me HTTP/1.1\r\nHost: sesam.test\r\nConnection: close\r\n\r\n', 405],
    ['a trace', 'TRACE /v1.0/me HTTP/1.1\r\nHost: sesam.test\r\nConnection: close\r\n\r\n', 405],
    ['an odd expectation', 'GET /health/live HTTP/1.1\r\nHost: sesam.test\r\nExpect: a-miracle\r\nConnection: close\r\n\r\n', 417],
  ]
  for (const [what, words, status] of cases) {
    const heard = await speak(world, words)
    assert.equal(heard.split('\r\n', 1)[0]?.slice(0, 12), `HTTP/1.1 ${status}`, `${what}: ${heard}`)
    assert.match(heard, /^content-security-policy: default-src 'none'; frame-ancestors 'none'; sandbox\r$/m, what)
    assert.match(heard, /^x-content-type-options: nosniff\r$/m, what)
    assert.doesNotMatch(heard, /^(server|x-powered-by):/im, what)
  }
})
