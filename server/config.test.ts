import assert from 'node:assert/strict'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeSelfSignedCertificate } from '#server/commands/self-signed-certificate.ts'
import { newDirectory } from '#test/world.ts'
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

const mail = (url: string | undefined, from: string | undefined) =>
  readConfig({ ...good, ...(url !== undefined && { MAIL_URL: url }), ...(from !== undefined && { MAIL_FROM: from }) }, 'serve')

test('a mail server is read with its account, and an unsafe one not at all', () => {
  const from = 'no-reply@contoso.example'
  const { config, problems } = mail('smtp://sesam:p%40ss@mail.contoso.example', from)
  assert.deepEqual(problems, [])
  const server = { host: 'mail.contoso.example', port: 587, isTls: false, isLocal: false, user: 'sesam', password: 'p@ss', from }
  assert.deepEqual(config.mail, server)
  assert.partialDeepStrictEqual(mail('smtps://mail.contoso.example', from).config.mail, { port: 465, isTls: true, user: undefined })
  assert.partialDeepStrictEqual(mail('smtp://[::1]:2525', from).config.mail, { host: '::1', port: 2525, isLocal: true })
  assert.equal(mail(undefined, undefined).config.mail, undefined)

  const wrong: readonly [string | undefined, string | undefined, RegExp][] = [
    ['mail.contoso.example', from, /MAIL_URL is not an address/],
    ['http://mail.contoso.example', from, /MAIL_URL is not an address/],
    ['smtp://', from, /MAIL_URL is not an address/],
    ['smtp://mail.contoso.example?tls=no', from, /MAIL_URL is not an address/],
    ['smtp://sesam@mail.contoso.example', from, /user without a password/],
    ['smtp://u:100%@mail.contoso.example', from, /Write % as %25/],
    ['smtp://mail.contoso.example', undefined, /MAIL_FROM is missing/],
    [undefined, from, /MAIL_URL is missing/],
    ['smtp://mail.contoso.example', 'Contoso <no-reply@contoso.example>', /MAIL_FROM is not/],
    ['smtp://mail.contoso.example', 'no-reply@contoso.example, evil@evil.example', /MAIL_FROM is not/],
  ]
  for (const [url, address, problem] of wrong) assert.match(mail(url, address).problems.join('\n'), problem, `${url} ${address}`)
})

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

const dayMs = 24 * 60 * 60 * 1000

test('a certificate and its key are looked at before anybody trusts in them', () => {
  const directory = newDirectory()
  const path = (name: string, text: string, mode = 0o600) => {
    writeFileSync(join(directory, name), text)
    chmodSync(join(directory, name), mode)
    return join(directory, name)
  }
  const certificateOf = (name: string, madeAt: number) => {
    const { certificate, key } = makeSelfSignedCertificate(new Date(madeAt))
    return { TLS_CERT: path(`${name}.crt`, certificate, 0o644), TLS_KEY: path(`${name}.key`, key) }
  }
  const ours = certificateOf('ours', Date.now())
  const { TLS_CERT, TLS_KEY } = ours
  const other = certificateOf('other', Date.now())
  const readable = path('readable.key', readFileSync(TLS_KEY, 'utf8'), 0o644)
  const cases: readonly [Record<string, string>, RegExp[]][] = [
    [ours, []],
    [{ TLS_CERT, TLS_KEY: path('group.key', readFileSync(TLS_KEY, 'utf8'), 0o640) }, []],
    [{ TLS_CERT }, [/^TLS_KEY is missing/]],
    [{ TLS_KEY }, [/^TLS_CERT is missing/]],
    [{ ...ours, PUBLIC_URL: 'http://localhost' }, [/^PUBLIC_URL is http, but TLS_CERT/]],
    [
      { TLS_CERT: '/no/such', TLS_KEY: directory },
      [/^TLS_CERT names a file that cannot be read: \/no\/such$/, /^TLS_KEY names a file that cannot be read/],
    ],
    [
      { TLS_CERT: TLS_KEY, TLS_KEY: TLS_CERT },
      [/^TLS_CERT .* is not a certificate/, /^TLS_KEY .* is not a private key/, /^TLS_KEY .* open/],
    ],
    [{ TLS_CERT, TLS_KEY: other.TLS_KEY }, [/^TLS_KEY is not the key of the first certificate/]],
    [certificateOf('old', Date.now() - 400 * dayMs), [/^TLS_CERT ended at 20/]],
    [certificateOf('early', Date.now() + 3 * dayMs), [/^TLS_CERT begins only at 20/]],
    [{ TLS_CERT, TLS_KEY: readable }, [/^TLS_KEY .* is open to every user of this machine\. Close it with: chmod 640/]],
  ]
  for (const [environment, words] of cases) {
    const { config, problems } = readConfig({ ...good, ...environment }, 'serve')
    assert.equal(problems.length, words.length, problems.join('\n'))
    for (const [index, word] of words.entries()) assert.match(String(problems[index]), word)
    assert.equal(config.tls !== undefined, Object.keys(environment).filter((name) => name.startsWith('TLS')).length === 2)
  }
  assert.equal(readConfig({ ...ours }, 'evaluate').config.publicUrl, 'https://localhost:3000')
})
