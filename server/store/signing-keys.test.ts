import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calculateJwkThumbprint } from 'jose'
import { databases, startWorld } from '#test/world.ts'
import { makeKeyPair } from './signing-keys.ts'

test('a key is of the curve P-256 or of 3072 bits', async () => {
  const [ec, rsa] = [await makeKeyPair('ES256'), await makeKeyPair('RS256')]
  assert.equal(ec.privateKey.asymmetricKeyDetails?.namedCurve, 'prime256v1')
  assert.equal(rsa.privateKey.asymmetricKeyDetails?.modulusLength, 3072)
})

for (const database of databases) {
  test(`a key is named by its thumbprint and keeps its place, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const pairs = [await makeKeyPair('RS256'), await makeKeyPair('ES256')]
    const signsFrom = new Date(world.now.getTime() + 1)
    const add = (pair: (typeof pairs)[number], generation: number) =>
      world.system.inTransaction(({ signingKeys }) => signingKeys.add(pair, { generation, signsFrom }, world.now))
    const [rsa, ec] = [await add(pairs[0] ?? assert.fail(), 1), await add(pairs[1] ?? assert.fail(), 2)]
    assert.equal(await add(await makeKeyPair('ES256'), 2), undefined, 'two keys of one generation')

    const all = await world.system.signingKeys.all()
    assert.deepEqual(
      all.map(({ algorithm, generation }) => `${algorithm} ${generation}`),
      ['ES256 2', 'ES256 1', 'RS256 1'],
    )
    assert.deepEqual([all[0]?.id, all[2]?.id], [ec, rsa])
    assert.deepEqual(all[0]?.signsFrom, signsFrom)
    for (const { id, publicJwk, publicKey } of all) {
      assert.equal(id, await calculateJwkThumbprint(publicJwk))
      assert.deepEqual(publicJwk, publicKey.export({ format: 'jwk' }))
    }
  })
}
