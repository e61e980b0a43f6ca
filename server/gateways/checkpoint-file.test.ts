import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Checkpoint } from '#server/domain/audit-chain.ts'
import { newDirectory } from '#test/world.ts'
import { CheckpointFile, parseCheckpoint } from './checkpoint-file.ts'

const checkpoint: Checkpoint = {
  tenantId: '0198a1c0-0000-7000-8000-000000000001',
  seq: 17,
  hash: 'h'.repeat(43),
  signedAt: new Date('2026-11-20T09:00:00.123Z'),
  signature: 's'.repeat(43),
}
const later: Checkpoint = { ...checkpoint, seq: 18 }
const ofAnother: Checkpoint = { ...checkpoint, tenantId: '0198a1c0-0000-7000-8000-000000000002' }

test('checkpoints are added to the end of a file that only its owner may read', async () => {
  const directory = newDirectory()
  await new CheckpointFile(directory).ship([])
  await new CheckpointFile(directory).ship([checkpoint, ofAnother])
  await new CheckpointFile(directory).ship([later])
  assert.deepEqual(readBack(directory), [checkpoint, ofAnother, later])
  assert.equal(statSync(pathIn(directory)).mode & 0o777, 0o600)
})

test('a line that a crash cut off does not swallow the one behind it', async () => {
  const directory = newDirectory()
  await new CheckpointFile(directory).ship([checkpoint])
  appendFileSync(pathIn(directory), '{"tenantId":"0198')
  await new CheckpointFile(directory).ship([later])
  assert.deepEqual(readBack(directory), [checkpoint, undefined, later])
})

test('what could not be written is written with the next call, the latest of each tenant', async () => {
  const directory = join(newDirectory(), 'data')
  const file = new CheckpointFile(directory)
  await assert.rejects(file.ship([checkpoint, ofAnother]), { code: 'ENOENT' })
  await assert.rejects(file.ship([later]), { code: 'ENOENT' })
  mkdirSync(directory)
  await file.ship([])
  assert.deepEqual(readBack(directory), [later, ofAnother])
})

const wrongLines: readonly [string, string][] = [
  ['nothing', ''],
  ['no JSON', '{"tenantId":'],
  ['another kind of value', '[]'],
  ['null', 'null'],
  ['a tenant that is none', JSON.stringify({ ...checkpoint, tenantId: '\u001b[2J' })],
  ['a broken number', JSON.stringify({ ...checkpoint, seq: 1.5 })],
  ['a number in quotes', JSON.stringify({ ...checkpoint, seq: '17' })],
  ['a short hash', JSON.stringify({ ...checkpoint, hash: 'h' })],
  ['a hash that is none', JSON.stringify({ ...checkpoint, hash: ' '.repeat(43) })],
  ['no signature', JSON.stringify({ ...checkpoint, signature: undefined })],
  ['no time', JSON.stringify({ ...checkpoint, signedAt: 'yesterday' })],
  ['a time that is a number', JSON.stringify({ ...checkpoint, signedAt: 1 })],
]

for (const [what, line] of wrongLines) {
  test(`a line with ${what} is no checkpoint`, () => assert.equal(parseCheckpoint(line), undefined))
}

function pathIn(directory: string): string {
  return join(directory, 'audit-checkpoints.jsonl')
}

function readBack(directory: string): (Checkpoint | undefined)[] {
  const lines = readFileSync(pathIn(directory), 'utf8').split('\n')
  return lines.filter((line) => line !== '').map(parseCheckpoint)
}
