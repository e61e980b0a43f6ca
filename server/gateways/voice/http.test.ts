import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { signatureOf } from '#server/domain/signed-report.ts'
import { HttpVoiceGateway } from './http.ts'

const now = () => new Date('2026-11-20T09:00:00Z')
const secret = 'sixteen letters of it'
const call = {
  to: '+31612345678',
  extension: undefined,
  locale: 'nl',
  sentences: ['Hallo. Je spreekt met "A&B".', 'Toets het cijfer in.'],
  reportsTo: 'https://login.example.com/voice/reports/calls-1/tenant/call/1/token',
  key: 'call:1',
} as const

test('a call goes out in the words of the provider, signed, with the address to report to', async () => {
  const asked: { headers: IncomingHttpHeaders; body: string }[] = []
  let status = 200
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    asked.push({ headers: request.headers, body })
    response.statusCode = status
    response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens to TCP has an address of this kind.
  const { port } = server.address() as AddressInfo
  const options = {
    name: 'calls-1',
    url: `http://127.0.0.1:${port}/calls`,
    method: 'POST',
    headers: {},
    body: '{"to":"{to}x{extension}","say":"{text}","language":"{language}","report":"{callback}","ref":"{key}","from":"{from}"}',
    contentType: 'json',
    from: '+31201234567',
    perSecond: 10,
    secret,
    dialsExtensions: true,
  } as const
  const gateway = new HttpVoiceGateway(options, now)
  assert.deepEqual(await gateway.place(call), { kind: 'sent' })
  const { headers = {}, body = '' } = asked[0] ?? {}
  assert.deepEqual(JSON.parse(body), {
    to: '+31612345678x',
    say: 'Hallo. Je spreekt met "A&B".\nToets het cijfer in.',
    language: 'nl-NL',
    report: call.reportsTo,
    ref: 'call:1',
    from: '+31201234567',
  })
  assert.equal(headers['idempotency-key'], 'call:1')
  const signed = { id: 'call:1', timestamp: String(headers['webhook-timestamp']), body }
  assert.equal(headers['webhook-signature'], signatureOf(secret, signed))

  assert.deepEqual(await gateway.place({ ...call, extension: '12' }), { kind: 'sent' })
  assert.equal(JSON.parse(asked[1]?.body ?? '').to, '+31612345678x12')
  status = 503
  assert.deepEqual(await gateway.place(call), { kind: 'failed', reason: 'status 503' })
  status = 403
  assert.deepEqual(await gateway.place(call), { kind: 'refused', reason: 'status 403' })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  assert.equal((await gateway.place(call)).kind, 'failed', 'nobody there')
})
