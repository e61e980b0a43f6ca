import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config.ts'

const good = {
  PUBLIC_URL: 'https://login.example',
  MASTER_KEY: '6hQeNNsEhTkRgYyW3cyyyDDDSBxDGTbjVQkT3w1oRxI=',
  METRICS_TOKEN: 'a token of enough letters',
}
const problemsWith = (variable: string, value: string) => readConfig({ ...good, [variable]: value }, 'serve').problems

const fine: readonly [string, string][] = [
  ['MASTER_KEY', 'ea141e34db04853911818c96ddccb2c830c3481c431936e3550913df0d684712'],
  ['MASTER_KEY', '6hQeNNsEhTkRgYyW3cyyyDDDSBxDGTbjVQkT3w1oRxI'],
  ['DATABASE_URL', 'postgres://u:p@localhost/db'],
  ['DATABASE_URL', 'postgres:///db?host=/var/run/postgresql'],
  ['DATABASE_URL', 'postgres://u:p@db.example/db?sslmode=verify-full'],
  ['TRUSTED_PROXIES', '10.0.0.0/8, 192.168.1.7 ::1 fd00::/8'],
  ['TRUSTED_PROXIES', 'loopback'],
]

test('what is safe is taken', () => {
  for (const [variable, value] of fine) assert.deepEqual(problemsWith(variable, value), [], `${variable}=${value}`)
})

const unsafe: readonly [string, string, RegExp][] = [
  ['MASTER_KEY', 'change me please, change me please, change me please!', /neither base64 nor hex/],
  ['MASTER_KEY', '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', /is an example/],
  ['MASTER_KEY', '0123456789abcdef'.repeat(4), /is an example/],
  ['MASTER_KEY', 'c2hvcnQ=', /has 5 bytes/],
  ['METRICS_TOKEN', 'metrics', /short enough to guess/],
  ['DATABASE_URL', 'mysql://db', /is not an address/],
  ['DATABASE_URL', 'postgres://u:p@db.example/db', /without sslmode=verify-full/],
  ['DATABASE_URL', 'postgres://u:p@localhost/db?host=db.example', /without sslmode=verify-full/],
  ['DATABASE_URL', 'postgres:///db?host=db.example', /without sslmode=verify-full/],
  ['DATABASE_URL', 'postgres://u:p@db.example/db?sslmode=verify-full&sslmode=disable', /without sslmode=verify-full/],
  ['TRUSTED_PROXIES', 'proxy.example', /what is no address: proxy\.example/],
  ['TRUSTED_PROXIES', '10.0.0.0/33', /what is no address: 10\.0\.0\.0\/33/],
  ['TRUSTED_PROXIES', '10.0.0.1 0.0.0.0/0', /trusts everybody/],
  ['TRUSTED_PROXIES', '::/0', /trusts everybody/],
]

test('what is not is named, and nothing else', () => {
  for (const [variable, value, words] of unsafe) {
    const problems = problemsWith(variable, value)
    assert.equal(problems.length, 1, `${variable}=${value}: ${problems.join(' ')}`)
    assert.match(String(problems[0]), words)
  }
})
