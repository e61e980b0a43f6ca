import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import type { GatewayOptions } from '#server/domain/gateway-options.ts'
import { HttpGateway } from './http.ts'

const text = { to: '+31612345678', text: 'Åhléns "A&B": 012345\n\n@host #012345', key: 'id:1:1' }
const now = () => new Date('2026-11-20T09:00:00Z')

type Answer = (request: IncomingMessage & { said: string }, response: ServerResponse) => void

/** A provider that answers as the story says; what it was asked is what the story gets. */
async function provider(answer: Answer) {
  const asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
    answer(Object.assign(request, { said: body }), response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens to TCP has an address of this kind.
  const { port } = server.address() as AddressInfo
  const gateway = (options: Partial<GatewayOptions> = {}) =>
    new HttpGateway(
      {
        name: 'provider',
        url: `http://127.0.0.1:${port}/send`,
        method: 'POST',
        headers: { authorization: 'Bearer key' },
        body: '{"to":"{to}","from":"{from}","text":"{text}","ref":"{key}"}',
        contentType: 'json',
        from: 'Contoso',
        perSecond: 10,
        secret: undefined,
        ...options,
      },
      now,
    )
  return {
    gateway,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const ok: Answer = (_request, response) => response.end('{"id":"1"}')

test('a text goes out in the words of the provider, escaped as JSON, a form or an address needs', async () => {
  await using there = await provider(ok)
  assert.deepEqual(await there.gateway().send(text), { kind: 'sent' })
  assert.deepEqual(JSON.parse(there.asked[0]?.body ?? ''), { to: text.to, from: 'Contoso', text: text.text, ref: 'id:1:1' })
  assert.equal(there.asked[0]?.headers.authorization, 'Bearer key')
  assert.equal(there.asked[0]?.headers['content-type'], 'application/json')
  assert.equal(there.asked[0]?.headers['idempotency-key'], 'id:1:1')

  await there.gateway({ contentType: 'form', body: 'To={to}&Body={text}' }).send(text)
  assert.deepEqual(Object.fromEntries(new URLSearchParams(there.asked[1]?.body)), { To: text.to, Body: text.text })

  const address = `http://127.0.0.1:${new URL(`http://${there.asked[0]?.headers.host}`).port}/send?to={to}&text={text}`
  await there.gateway({ method: 'GET', url: address }).send(text)
  assert.deepEqual(Object.fromEntries(new URL(`http://x${there.asked[2]?.url}`).searchParams), { to: text.to, text: text.text })
  assert.equal(there.asked[2]?.body, '')
})

test('a placeholder in a text stays what it is', async () => {
  await using there = await provider(ok)
  await there.gateway().send({ ...text, text: '{to} {key} $& $1' })
  assert.equal(JSON.parse(there.asked[0]?.body ?? '').text, '{to} {key} $& $1')
})

test('with a secret each request is signed, as Standard Webhooks does', async () => {
  await using there = await provider(ok)
  const secret = 'a secret of enough letters'
  await there.gateway({ secret }).send(text)
  const { headers, body } = there.asked[0] ?? assert.fail()
  assert.equal(headers['webhook-id'], 'id:1:1')
  assert.equal(headers['webhook-timestamp'], '1795165200')
  const mac = createHmac('sha256', secret).update(`id:1:1.1795165200.${body}`).digest('base64')
  assert.equal(headers['webhook-signature'], `v1,${mac}`)
})

const cases: readonly (readonly [string, Answer, object])[] = [
  ['trouble of its own may pass', (_, response) => response.writeHead(503).end(), { kind: 'failed', reason: 'status 503' }],
  [
    'too many says when to come back',
    (_, response) => response.writeHead(429, { 'retry-after': '7' }).end(),
    { kind: 'failed', reason: 'status 429', retryAfterMs: 7_000 },
  ],
  [
    'nobody is told to come back tomorrow',
    (_, response) => response.writeHead(503, { 'retry-after': '86400' }).end(),
    { kind: 'failed', reason: 'status 503', retryAfterMs: 60_000 },
  ],
  [
    'a date in Retry-After is passed over',
    (_, response) => response.writeHead(503, { 'retry-after': 'Fri, 20 Nov 2026 10:00:00 GMT' }).end(),
    { kind: 'failed', reason: 'status 503' },
  ],
  [
    'a plain no stays one',
    (_, response) => response.writeHead(400).end('{"to":"+31612345678"}'),
    { kind: 'refused', reason: 'status 400' },
  ],
  [
    'a redirect is not followed',
    (_, response) => response.writeHead(307, { location: 'https://evil.example/' }).end(),
    { kind: 'failed', reason: 'TypeError' },
  ],
  ['a broken connection may be mended', (request) => request.socket.destroy(), { kind: 'failed', reason: 'TypeError' }],
  ['an endless answer is cut off', (_, response) => void response.write('x'.repeat(200_000)), { kind: 'sent' }],
]

for (const [name, answer, expected] of cases) {
  test(name, async () => {
    await using there = await provider(answer)
    assert.deepEqual(await there.gateway().send(text), expected)
    assert.equal(there.asked.length, 1)
  })
}
