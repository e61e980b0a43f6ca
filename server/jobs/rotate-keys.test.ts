import assert from 'node:assert/strict'
import { generateKeyPair } from 'node:crypto'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { decodeProtectedHeader } from 'jose'
import { currentKey, signingAlgorithms } from '#server/domain/signing-keys.ts'
import { keepKeys } from '#server/features/signing-keys/keep-keys.ts'
import { replaceKeys } from '#server/features/signing-keys/replace-keys.ts'
import { type KeyPair, makeKeyPair } from '#server/store/signing-keys.ts'
import { Installation } from '#server/system.ts'
import { databases, startWorld, type World } from '#test/world.ts'
import { keyRotating, rotateKeys } from './rotate-keys.ts'

const dayMs = 24 * 60 * 60 * 1000
const author = { author: { kind: 'server', name: 'test' }, requestId: 'test' } as const

/** A full RSA key takes up to half a second; what these stories are about is which keys are kept. */
async function makePair(algorithm: KeyPair['algorithm']): Promise<KeyPair> {
  if (algorithm === 'ES256') return makeKeyPair(algorithm)
  return { algorithm, ...(await promisify(generateKeyPair)('rsa', { modulusLength: 1024 })) }
}

/** Another server process on the same store: it has remembered nothing of what this one did. */
function anotherNode(world: World): Installation {
  return new Installation(world.installation.parts)
}

const keep = async (world: World) => {
  const system = (await anotherNode(world).systemOf(world.tenantId)) ?? assert.fail()
  await keepKeys(system, author, makePair)
}

for (const database of databases) {
  test(`keys follow one another with an overlap, and tokens live through it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const person = await world.person('anna')
    const allKeys = () => world.system.signingKeys.all()
    const ids = async () => (await allKeys()).filter(({ algorithm }) => algorithm === 'ES256').map(({ id }) => id)
    const signerOf = (token: string) => decodeProtectedHeader(token).kid
    const tokenFrom = async (node: Installation) => {
      const system = (await node.systemOf(world.tenantId)) ?? assert.fail()
      return system.issueToken({ userId: person.id, scopes: [], epoch: 0, methods: [], appId: 'test', lifeSeconds: 3_600 })
    }
    const isTaken = async (token: string) => {
      const node = anotherNode(world)
      await node.tokens.verify(token, (id) => node.keysOf(id), world.now)
    }

    await keep(world)
    assert.deepEqual(
      (await allKeys()).map(({ algorithm }) => algorithm),
      ['ES256', 'RS256'],
    )
    const [first] = await ids()
    assert.ok(first)

    world.turnClock(88 * dayMs)
    const oldToken = await tokenFrom(anotherNode(world))
    await keep(world)
    await keep(world)
    const [second, ...older] = await ids()
    assert.ok(second)
    assert.deepEqual(older, [first])
    assert.equal(signerOf(await tokenFrom(anotherNode(world))), first, 'what is only published does not sign')

    // A node that read the keys before the change signs with the right one when its time comes, and takes tokens of either.
    const sleepy = anotherNode(world)
    await sleepy.keysOf(world.tenantId)
    world.turnClock(2 * dayMs - 1)
    assert.equal(signerOf(await tokenFrom(sleepy)), first)
    world.turnClock(1)
    const newToken = await tokenFrom(sleepy)
    assert.equal(signerOf(newToken), second)
    assert.equal(signerOf(await tokenFrom(anotherNode(world))), second)
    await isTaken(newToken)
    await assert.rejects(isTaken(oldToken), { code: 'token_expired' })

    await keep(world)
    assert.deepEqual(await ids(), [second, first], 'tokens of the old key may live')
    world.turnClock(2 * dayMs)
    await keep(world)
    assert.deepEqual(await ids(), [second])
    await assert.rejects(isTaken(oldToken), { code: 'token_invalid' })
    assert.deepEqual(await world.auditTrail(), [...['Add signing key', 'Add signing key'], ...['Remove signing key', 'Remove signing key']])
  })

  test(`nodes that look at once make one key, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    for (const days of [0, 88, 90]) {
      world.turnClock(days * dayMs)
      await Promise.all(Array.from({ length: 6 }, () => keep(world)))
      const keys = await world.system.signingKeys.all()
      for (const algorithm of signingAlgorithms) {
        const generations = keys.filter((key) => key.algorithm === algorithm).map(({ generation }) => generation)
        assert.equal(new Set(generations).size, generations.length)
        assert.ok(currentKey(keys, algorithm, world.now))
      }
      const made = (await world.auditTrail()).filter((activity) => activity === 'Add signing key').length
      assert.equal(made, { 0: 0, 88: 2, 90: 4 }[days], `after ${days} days`)
    }
  })

  test(`a leaked key is replaced at once, even while the job makes the next one, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    await keep(world)
    world.turnClock(89 * dayMs)
    const token = await world.tokenFor(admin.id)
    const before = (await world.system.signingKeys.all()).map(({ id }) => id)
    const replacing = () => replaceKeys(world.system, author, makePair)
    await Promise.allSettled([replacing(), keep(world), replacing(), keep(world)])

    const keys = await world.system.signingKeys.all()
    assert.ok(keys.every(({ id }) => !before.includes(id)))
    for (const algorithm of signingAlgorithms) {
      const mine = keys.filter((key) => key.algorithm === algorithm)
      assert.ok(mine.length >= 1 && mine.length <= 2, `${algorithm}: ${mine.length}`)
      assert.equal(currentKey(keys, algorithm, world.now)?.signsFrom.getTime(), world.now.getTime())
    }
    const node = anotherNode(world)
    await assert.rejects(
      node.tokens.verify(token, (id) => node.keysOf(id), world.now),
      { code: 'token_invalid' },
    )
    assert.ok((await world.auditTrail()).includes('Replace signing keys'))
  })

  test(`what the store keeps of an ended key can sign nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const [old] = await world.system.signingKeys.all()
    await replaceKeys(world.system, author, makePair)
    const rows = await world.installation.parts.database.kysely
      .selectFrom('signing_keys')
      .select(['id', 'private_key_sealed', 'retired_at'])
      .where('tenant_id', '=', world.tenantId)
      .execute()
    assert.equal(rows.length, 3)
    for (const { id, private_key_sealed: secret, retired_at: endedAt } of rows) {
      assert.deepEqual([secret === '', endedAt !== null], id === old?.id ? [true, true] : [false, false])
    }
  })
}

test('a round looks after every tenant, and one tenant’s trouble stays its own', async () => {
  const [sqlite] = databases
  assert.ok(sqlite)
  await using world = await startWorld(sqlite)
  await using other = await startWorld(sqlite)
  const systemOf = async (id: string) =>
    id === other.tenantId ? Promise.reject(new Error('no such luck')) : world.installation.systemOf(id)
  const onlyThese = {
    parts: world.installation.parts,
    systemOf: async (id: string) => (id === world.tenantId || id === other.tenantId ? systemOf(id) : undefined),
  }
  const round = await rotateKeys(onlyThese)
  assert.deepEqual(round.kept, [world.tenantId])
  assert.deepEqual(
    round.failed.map(({ tenantId }) => tenantId),
    [other.tenantId],
  )
  assert.deepEqual(
    (await world.system.signingKeys.all()).map(({ algorithm }) => algorithm),
    ['ES256', 'RS256'],
  )
  const told: unknown[] = []
  await keyRotating(onlyThese, { error: (what: unknown) => told.push(what) }).run(AbortSignal.timeout(5_000))
  assert.equal(told.length, 1)
})
