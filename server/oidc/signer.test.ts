import assert from 'node:assert/strict'
import { createHook } from 'node:async_hooks'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { calculateJwkThumbprint, compactVerify, exportJWK, importJWK } from 'jose'
import { Provider } from 'oidc-provider'
import type { KeyTimes } from '#server/domain/signing-keys.ts'
import { makeKeyPair, type SigningKey } from '#server/store/signing-keys.ts'
import { Signer, signingKeysFor, signingOrderOf } from './signer.ts'

const dayMs = 24 * 60 * 60 * 1000
const start = new Date('2026-11-20T09:00:00Z')
const at = (days: number) => new Date(start.getTime() + days * dayMs)

async function key(algorithm: KeyTimes['algorithm'], generation: number, signsFrom: Date): Promise<SigningKey> {
  const pair = await makeKeyPair(algorithm)
  const publicJwk = await exportJWK(pair.publicKey)
  return { ...pair, id: await calculateJwkThumbprint(publicJwk), generation, signsFrom, publishedAt: start, publicJwk }
}

const keys = [await key('ES256', 2, at(90)), await key('ES256', 1, at(0)), await key('RS256', 1, at(0))]
const [next, current, rsa] = keys
assert.ok(next && current && rsa)

/** How many signatures came back from the thread pool while `work` ran; one made on the spot never comes back. */
async function signedElsewhere(work: () => unknown): Promise<number> {
  const asked = new Set<number>()
  let cameBack = 0
  const hook = createHook({
    init: (id, type) => type === 'SIGNREQUEST' && asked.add(id),
    before: (id) => {
      if (asked.has(id)) cameBack++
    },
  }).enable()
  await work()
  hook.disable()
  return cameBack
}

test('what a signer signs, the published key of the same name verifies', async () => {
  for (const signer of signingKeysFor(keys, start)) {
    const header = { alg: signer.alg, kid: signer.kid }
    const [protectedPart, payload] = [header, { sub: 'anna' }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    const signature = await signer.sign(Buffer.from(`${protectedPart}.${payload}`))
    const published = keys.find(({ id }) => id === signer.kid) ?? assert.fail()
    const token = `${protectedPart}.${payload}.${Buffer.from(signature).toString('base64url')}`
    const { protectedHeader } = await compactVerify(token, await importJWK(published.publicJwk, signer.alg), { algorithms: [signer.alg] })
    assert.deepEqual(protectedHeader, header)
    const other = await importJWK((published === current ? next : current).publicJwk, 'ES256')
    await assert.rejects(compactVerify(token, other, { algorithms: ['ES256'] }))
  }
})

test('RS256 is signed in another thread, ES256 where it stands', async () => {
  assert.equal(await signedElsewhere(() => new Signer(rsa).sign(Buffer.from('words'))), 1)
  assert.equal(await signedElsewhere(() => new Signer(current).sign(Buffer.from('words'))), 0)
})

test('the key whose time it is comes first, and the order tells when that changes', () => {
  const names = (now: Date) => signingKeysFor(keys, now).map(({ kid }) => kid)
  assert.deepEqual(names(at(89)), [current.id, rsa.id, next.id])
  assert.deepEqual(names(at(90)), [next.id, rsa.id, current.id])
  assert.equal(signingOrderOf(keys, at(0)), signingOrderOf(keys, at(89)))
  assert.notEqual(signingOrderOf(keys, at(89)), signingOrderOf(keys, at(90)))
  assert.notEqual(signingOrderOf(keys, at(89)), signingOrderOf([current, rsa], at(89)))
})

test('a provider publishes every key, and not a word of their secrets', async () => {
  const provider = new Provider('http://localhost', {
    jwks: { keys: signingKeysFor(keys, start) },
    features: { externalSigningSupport: { enabled: true, ack: 'experimental-01' }, devInteractions: { enabled: false } },
    adapter: () => assert.fail('nothing is stored here'),
    cookies: { keys: ['a key of a test'] },
  })
  const server = createServer(provider.callback()).listen(0)
  await once(server, 'listening')
  const address = server.address()
  assert.ok(typeof address === 'object' && address)
  const answer: unknown = await (await fetch(`http://localhost:${address.port}/jwks`)).json()
  server.close()
  const published = ({ id, algorithm, publicJwk }: SigningKey) => ({ ...publicJwk, kid: id, alg: algorithm, use: 'sig' })
  assert.deepEqual(answer, { keys: [current, rsa, next].map(published) })
})
