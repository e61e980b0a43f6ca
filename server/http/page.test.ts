import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagePolicy } from './headers.ts'

const nonce = 'abc'

test('a page without a script allows none', () => {
  const policy = pagePolicy(nonce, { script: false, fetches: false, formTargets: [] })
  assert.doesNotMatch(policy, /script|unsafe|\*/)
  assert.match(policy, /^default-src 'none'; style-src 'nonce-abc';/)
  assert.match(policy, /form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/)
})

test('a page with a script allows that one, and no text becomes code', () => {
  assert.match(
    pagePolicy(nonce, { script: true, fetches: false, formTargets: [] }),
    /script-src 'nonce-abc'; require-trusted-types-for 'script'$/,
  )
})

test('only a page that says so may ask the server for more', () => {
  assert.match(pagePolicy(nonce, { script: true, fetches: true, formTargets: [] }), /; connect-src 'self'; script-src/)
})

const targets: readonly [string, string][] = [
  ['https://app.example/callback?a=1#x', 'https://app.example'],
  ['https://app.example:8443/callback', 'https://app.example:8443'],
  ['http://localhost:51234', 'http://localhost:51234'],
  ['http://[::1]:51234/', 'http:'],
  ['msauth.com.example.app://auth', 'msauth.com.example.app:'],
  ["https://app.example/;script-src 'unsafe-inline'", 'https://app.example'],
  ['https://app.example;script-src*/', 'https:'],
]

for (const [address, expected] of targets) {
  test(`a form that ends at ${address} may lead to ${expected}`, () => {
    assert.ok(pagePolicy(nonce, { script: false, fetches: false, formTargets: [address] }).includes(`form-action 'self' ${expected}; `))
  })
}
