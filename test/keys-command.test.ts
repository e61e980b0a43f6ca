import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { run, startServer, tokenOf } from './operator.ts'
import { newDirectory } from './world.ts'

const namesIn = (said: string) => Array.from(said.matchAll(/^ {2}(?:ES256|RS256) {2}([\w-]{43}) {2}/gm), ([, name]) => name ?? '')

test('the operator replaces keys that leaked, and every token of before is worth nothing', async () => {
  const environment = { DATA_DIR: join(newDirectory(), 'data') }
  const server = await startServer(['evaluate'], environment)
  const stolen = await tokenOf('admin@contoso.example', environment)
  assert.equal((await server.get('/v1.0/me', stolen)).status, 200)
  const busy = await run(['keys', 'rotate', '--now'], environment)
  assert.equal(busy.code, 2)
  assert.match(busy.said, /Another Sesam already works with/)
  await server.stop()

  const elsewhere = await run(['keys', 'rotate', '--now', '--tenant', 'nobody.example'], environment)
  assert.equal(elsewhere.code, 2)
  assert.match(elsewhere.said, /No organisation here has the domain or the id nobody\.example/)
  const before = await run(['keys', 'list'], environment)
  assert.equal(before.code, 0, before.said)
  assert.match(before.said, /^Contoso \([0-9a-f-]{36}\)$/m)
  assert.match(before.said, /^ {2}ES256 {2}\S+ {2}current {2}signs from 20/m)
  const after = await run(['keys', 'rotate', '--now', '--tenant', 'contoso.example'], environment)
  assert.equal(after.code, 0, after.said)
  assert.equal(namesIn(after.said).length, 2, after.said)
  assert.deepEqual(
    namesIn(after.said).filter((name) => namesIn(before.said).includes(name)),
    [],
  )

  const again = await startServer(['evaluate'], environment)
  assert.equal((await again.get('/v1.0/me', stolen)).status, 401)
  const token = await tokenOf('admin@contoso.example', environment)
  const audits = await again.get("/v1.0/auditLogs/directoryAudits?$filter=activityDisplayName eq 'Replace signing keys'", token)
  assert.equal(audits.status, 200, JSON.stringify(audits.body))
  assert.equal(audits.body.value.length, 1)
  await again.stop()
})

test('keys says what it can do and whom it does not know', async () => {
  const environment = { DATA_DIR: join(newDirectory(), 'data') }
  for (const [words, answer] of [
    [[], /keys list, or keys rotate --now/],
    [['spin'], /keys list, or keys rotate --now/],
    [['list', 'all'], /keys list, or keys rotate --now/],
    [['rotate'], /rotate by themselves/],
    [['list'], /There is no database/],
    [['rotate', '--now'], /There is no database/],
  ] as const) {
    const { code, said } = await run(['keys', ...words], environment)
    assert.equal(code, 2, said)
    assert.match(said, answer)
  }
})
