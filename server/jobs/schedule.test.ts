import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { parseCheckpoint } from '#server/gateways/checkpoint-file.ts'
import { happen, startWorldApart } from '#test/audit-stage.ts'
import { databases, newDirectory } from '#test/world.ts'
import { type Job, startJobs, startSchedule } from './schedule.ts'

const quiet = { error: () => {} }

test('a job runs again and again, and never beside itself', async () => {
  let running = 0
  let runs = 0
  const job: Job = {
    name: 'slow',
    everyMs: 1,
    async run() {
      assert.equal(running, 0)
      running++
      await pause(3)
      running--
      runs++
    },
  }
  const schedule = startSchedule([job], quiet)
  await until(() => runs >= 3)
  await schedule.stop()
  assert.equal(running, 0)
})

test('a job that fails is told to the log and runs again', async () => {
  const errors: unknown[] = []
  let runs = 0
  const job: Job = {
    name: 'unlucky',
    everyMs: 1,
    async run() {
      if (++runs === 1) throw new Error('no luck')
    },
  }
  const schedule = startSchedule([job], { error: (details: unknown) => void errors.push(details) })
  await until(() => runs >= 2)
  await schedule.stop()
  assert.deepEqual(errors, [{ err: new Error('no luck'), job: 'unlucky' }])
})

test('stopping cuts the pause short, waits for the run that is under way, and nothing runs after it', async () => {
  let ended = false
  let runs = 0
  const job: Job = {
    name: 'long',
    everyMs: 60_000,
    async run(signal) {
      runs++
      await pause(60_000, undefined, { signal }).catch(() => {})
      await pause(5)
      ended = true
    },
  }
  const idle: Job = { name: 'idle', everyMs: 60_000, run: async () => {} }
  const schedule = startSchedule([job, idle], quiet)
  await until(() => runs === 1)
  await schedule.stop()
  assert.equal(ended, true)
  await pause(5)
  assert.equal(runs, 1)
})

for (const database of databases) {
  test(`a running server seals and ships by itself, and what it shipped proves the log, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    await happen(world, 3)
    const dataDirectory = newDirectory()
    const file = join(dataDirectory, 'audit-checkpoints.jsonl')
    const shipped = () =>
      (existsSync(file) ? readFileSync(file, 'utf8').split('\n').map(parseCheckpoint) : []).filter((line) => line !== undefined)
    const jobs = startJobs(world.installation, { dataDirectory, log: { error: (details: unknown) => assert.fail(String(details)) } })
    await until(() => shipped().length > 0)
    await jobs.stop()
    const verdict = await world.installation.auditChain(world.tenantId).verify(shipped(), world.now)
    assert.deepEqual(verdict, { kind: 'intact', events: 3, sealed: 3, lastCheckpoint: shipped()[0] })

    // What another process signed and could not ship any more is shipped by the next one.
    const restarted = newDirectory()
    const again = startJobs(world.installation, { dataDirectory: restarted, log: quiet })
    await until(() => existsSync(join(restarted, 'audit-checkpoints.jsonl')))
    await again.stop()
    assert.equal(readFileSync(join(restarted, 'audit-checkpoints.jsonl'), 'utf8'), readFileSync(file, 'utf8'))
  })
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000
  while (!isSo()) {
    assert.ok(performance.now() < deadline, 'it never came to pass')
    await pause(1)
  }
}
