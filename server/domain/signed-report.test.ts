import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSigned, signatureOf, signingHeaders } from './signed-report.ts'

const now = new Date('2026-11-20T09:00:00Z')
const secret = 'sixteen letters of it'
const headers = signingHeaders(secret, 'report-1', '{"event":"answered"}', now)
const signed = { id: 'report-1', timestamp: headers['webhook-timestamp'] ?? '', body: '{"event":"answered"}' }
const signature = headers['webhook-signature'] ?? ''

test('what was signed is known by every part of it', () => {
  assert.ok(isSigned(secret, signed, signature, now))
  assert.ok(isSigned(secret, signed, `v1,AAAA ${signature}`, now), 'an older signature beside it')
  for (const changes of [{ id: 'report-2' }, { body: '{"event":"answered"} ' }, { timestamp: String(Number(signed.timestamp) + 1) }])
    assert.ok(!isSigned(secret, { ...signed, ...changes }, signature, now), JSON.stringify(changes))
  assert.ok(!isSigned('another secret of letters', signed, signature, now))
  for (const none of ['', 'v1,', 'v2,AAAA', `${'v1,A '.repeat(9)}${signature}`]) assert.ok(!isSigned(secret, signed, none, now), none)
})

test('what is older or newer than five minutes is not taken, nor what has no time', () => {
  const at = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  for (const seconds of [-300, 0, 300]) assert.ok(isSigned(secret, signed, signature, at(seconds)), String(seconds))
  for (const seconds of [-301, 301]) assert.ok(!isSigned(secret, signed, signature, at(seconds)), String(seconds))
  for (const timestamp of ['', 'NaN', 'Infinity', '1e9', ' 1', '-1']) {
    const odd = { ...signed, timestamp }
    assert.ok(!isSigned(secret, odd, signatureOf(secret, odd), now), timestamp)
  }
})
