import assert from 'node:assert/strict'
import { test } from 'node:test'
import { monthsLater, type Platform, type RedirectUriFault, redirectUriFault } from './app-rules.ts'

const cases: readonly [string, Platform, RedirectUriFault | undefined][] = [
  ['https://app.example/cb', 'web', undefined],
  ['https://app.example', 'web', undefined],
  ['https://app.example:8443/cb?from=us', 'spa', undefined],
  ['https://APP.example/cb', 'web', 'redirect_uri_unreadable'],
  ['https://app.example./cb', 'web', 'redirect_uri_unreadable'],
  ['http://localhost:3000/cb', 'web', undefined],
  ['http://127.0.0.1/cb', 'spa', undefined],
  ['http://[::1]:8080', 'publicClient', undefined],
  ['http://localhost', 'publicClient', undefined],
  ['http://app.example/cb', 'web', 'redirect_uri_insecure'],
  ['http://localhost.evil.example/cb', 'publicClient', 'redirect_uri_insecure'],
  ['http://127.0.0.2/cb', 'publicClient', 'redirect_uri_insecure'],
  ['http://0x7f.1/cb', 'publicClient', 'redirect_uri_unreadable'],
  ['http:/localhost/cb', 'publicClient', 'redirect_uri_unreadable'],
  ['http:localhost', 'publicClient', 'redirect_uri_unreadable'],
  ['https://app.example/cb#part', 'web', 'redirect_uri_parts'],
  ['https://app.example/cb#', 'web', 'redirect_uri_parts'],
  ['https://*.app.example/cb', 'web', 'redirect_uri_parts'],
  ['https://app.example/*', 'web', 'redirect_uri_parts'],
  ['https://me:secret@app.example/cb', 'web', 'redirect_uri_parts'],
  ['http://localhost@evil.example/cb', 'publicClient', 'redirect_uri_parts'],
  ['https://app.example\\@evil.example/', 'web', 'redirect_uri_unreadable'],
  ['https://app.example/ünlike', 'web', 'redirect_uri_unreadable'],
  ['https://app.example/a b', 'web', 'redirect_uri_unreadable'],
  ['https://app.example/\n', 'web', 'redirect_uri_unreadable'],
  ['/cb', 'web', 'redirect_uri_unreadable'],
  ['', 'web', 'redirect_uri_unreadable'],
  ['https://', 'web', 'redirect_uri_unreadable'],
  [`https://app.example/${'a'.repeat(237)}`, 'web', 'redirect_uri_too_long'],
  [`https://app.example/${'a'.repeat(236)}`, 'web', undefined],
  ['com.example.app:/cb', 'publicClient', undefined],
  ['com.example.app://cb', 'publicClient', undefined],
  ['msalb1be1c3e-b65d-4f19-8427-f6fa0d97feb9://auth', 'publicClient', undefined],
  ['com.example.app:/cb', 'web', 'redirect_uri_scheme'],
  ['com.example.app:/cb', 'spa', 'redirect_uri_scheme'],
  ['myapp://cb', 'publicClient', 'redirect_uri_scheme'],
  ['javascript:alert(1)', 'publicClient', 'redirect_uri_scheme'],
  ['JavaScript:alert(1)', 'web', 'redirect_uri_scheme'],
  ['data:text/html,x', 'publicClient', 'redirect_uri_scheme'],
  ['file:///etc/passwd', 'publicClient', 'redirect_uri_scheme'],
  ['blob:https://app.example/x', 'publicClient', 'redirect_uri_scheme'],
  ['urn:ietf:wg:oauth:2.0:oob', 'publicClient', 'redirect_uri_scheme'],
]

for (const [uri, platform, fault] of cases) {
  test(`a ${platform} redirect address ${JSON.stringify(uri.slice(0, 60))} is ${fault ?? 'good'}`, () => {
    assert.equal(redirectUriFault(uri, platform), fault)
  })
}

test('months end where short months do', () => {
  assert.equal(monthsLater(new Date('2026-01-31T10:00:00Z'), 1).toISOString(), '2026-02-28T10:00:00.000Z')
  assert.equal(monthsLater(new Date('2024-02-29T10:00:00Z'), 24).toISOString(), '2026-02-28T10:00:00.000Z')
  assert.equal(monthsLater(new Date('2026-11-20T09:00:00Z'), 24).toISOString(), '2028-11-20T09:00:00.000Z')
})
