import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import https from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { connect as connectTls, type PeerCertificate } from 'node:tls'
import { makeSelfSignedCertificate } from '#server/commands/self-signed-certificate.ts'
import { run, startServer, tokenOf } from './operator.ts'
import { newDirectory } from './world.ts'

const masterKey = 'nU8Zz8y0XH8zJw6pO7hXKYc2bTq0m9v4Qe5RkL1aSdE='

function get(
  url: string,
  options: https.RequestOptions,
): Promise<{ status: number | undefined; text: string; headers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    const request = https.get(url, { agent: false, ...options }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part) => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode, text, headers: answer.headers }))
    })
    request.once('error', reject)
  })
}

/** What is shown to somebody who names this host, or none. */
function shownTo(servername: string | undefined, url: string, host: string): Promise<PeerCertificate['serialNumber']> {
  return new Promise((resolve, reject) => {
    const options = { host, port: Number(new URL(url).port), rejectUnauthorized: false, ...(servername && { servername }) }
    const socket = connectTls(options, () => {
      resolve(socket.getPeerCertificate().serialNumber)
      socket.destroy()
    })
    socket.once('error', reject)
  })
}

/** Not every machine has both. */
async function ownAddresses(): Promise<string[]> {
  return (await lookup('localhost', { all: true })).map(({ address }) => address)
}

async function speakPlainly(port: number): Promise<string> {
  const socket = connect(port, 'localhost')
  socket.end('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n')
  let heard = ''
  try {
    for await (const part of socket.setEncoding('latin1')) heard += part
  } catch {
    // Hung up on: what it heard until then counts.
  }
  return heard
}

test('an evaluation over https is trusted by whoever was told to, under every name of this machine', async () => {
  const environment = { DATA_DIR: join(newDirectory(), 'data') }
  const server = await startServer(['evaluate', '--https'], environment, 'https')
  const [certificatePath, keyPath] = ['tls.crt', 'tls.key'].map((name) => join(environment.DATA_DIR, name))
  assert.ok(certificatePath && keyPath)
  assert.equal(statSync(keyPath).mode & 0o777, 0o600)
  assert.ok(server.said().includes(`NODE_EXTRA_CA_CERTS=${certificatePath}`), server.said())
  assert.match(server.said(), /running for an evaluation: https:\/\/localhost:\d+/)

  const ca = readFileSync(certificatePath)
  const headers = { authorization: `Bearer ${await tokenOf('admin@contoso.example', environment)}` }
  const named = { ca, servername: 'localhost' }
  const { port } = new URL(server.url)
  for (const name of ['localhost', ...(await ownAddresses())]) {
    const me = await get(`https://${name.includes(':') ? `[${name}]` : name}:${port}/v1.0/me`, { ca, headers })
    assert.equal(me.status, 200, `${name}: ${me.text}`)
    assert.equal('strict-transport-security' in me.headers, name !== 'localhost')
  }
  await assert.rejects(get(`${server.url}/health/live`, {}), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  await assert.rejects(get(`${server.url}/health/live`, { ca, maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }))
  assert.equal((await get(`${server.url}/v1.0/me`, { ...named, headers: { ...headers, host: 'evil.example' } })).status, 421)
  assert.equal((await get(`${server.url}/health/live`, { ...named, headers: { host: '10.0.0.7' } })).status, 200)
  assert.doesNotMatch(await speakPlainly(Number(port)), /HTTP\/1\.1 200/)
  assert.equal((await get(`${server.url}/health/live`, { ca })).status, 200, 'it outlives who speaks plainly')
  assert.equal(await server.stop(), 0)

  const again = await startServer(['evaluate', '--https', '--fresh'], environment, 'https')
  assert.deepEqual(readFileSync(certificatePath), ca, 'who trusted it once need not do so again')
  assert.equal(await again.stop(), 0)
})

test('serve shows the certificate it is given, and the renewed one without a pause', async () => {
  const directory = newDirectory()
  const environment = {
    DATA_DIR: join(directory, 'data'),
    MASTER_KEY: masterKey,
    PUBLIC_URL: 'https://localhost',
    HOST: 'localhost',
    TLS_CERT: join(directory, 'cert.pem'),
    TLS_KEY: join(directory, 'key.pem'),
    MIGRATE_AT_START: 'yes',
  }
  const renew = () => {
    const { certificate, key } = makeSelfSignedCertificate(new Date())
    writeFileSync(environment.TLS_CERT, certificate)
    writeFileSync(environment.TLS_KEY, key, { mode: 0o600 })
    return new X509Certificate(certificate).serialNumber
  }
  const first = renew()
  const addresses = await ownAddresses()
  const server = await startServer(['serve'], environment, 'https')
  const shown = async () => {
    const seen = ['localhost', undefined].flatMap((name) => addresses.map((host) => shownTo(name, server.url, host)))
    return new Set(await Promise.all(seen))
  }
  assert.deepEqual(await shown(), new Set([first]))

  // Halfway through a renewal the two files do not fit.
  writeFileSync(environment.TLS_KEY, makeSelfSignedCertificate(new Date()).key)
  server.hangUp()
  await until(() => server.said().includes('could not be read again'))
  assert.deepEqual(await shown(), new Set([first]))

  const second = renew()
  server.hangUp()
  await until(() => server.said().includes('was read again'))
  for (const host of addresses) assert.equal(await shownTo('localhost', server.url, host), second)
  assert.ok((await shown()).has(second))
  assert.equal(await server.stop(), 0)
})

test('serve does not start with a certificate that has ended', async () => {
  const directory = newDirectory()
  const { certificate, key } = makeSelfSignedCertificate(new Date(Date.now() - 400 * 24 * 60 * 60 * 1000))
  const environment = { TLS_CERT: join(directory, 'cert.pem'), TLS_KEY: join(directory, 'key.pem'), PUBLIC_URL: 'https://login.example' }
  writeFileSync(environment.TLS_CERT, certificate)
  writeFileSync(environment.TLS_KEY, key, { mode: 0o600 })
  const { code, said } = await run(['serve'], { DATA_DIR: join(directory, 'data'), MASTER_KEY: masterKey, ...environment })
  assert.equal(code, 2, said)
  assert.match(said, /TLS_CERT ended at 20\d\d-.*Renew the certificate/)
})

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !isSo(); tries++) await new Promise((resolve) => setTimeout(resolve, 25))
  assert.ok(isSo())
}
