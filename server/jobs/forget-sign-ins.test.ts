import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { SignInAttempt } from '#server/domain/sign-in-event.ts'
import { startWorldApart } from '#test/audit-stage.ts'
import { databases, startWorld, type World } from '#test/world.ts'
import { forgetSignIns, signInsForgetting } from './forget-sign-ins.ts'
import { startSchedule } from './schedule.ts'

const day = 24 * 60 * 60 * 1000

async function signIns(world: World, count: number): Promise<void> {
  const attempt: Omit<SignInAttempt, 'id'> = {
    startedAt: world.now,
    correlationId: randomUUID(),
    userId: undefined,
    userDisplayName: undefined,
    userPrincipalName: undefined,
    appId: randomUUID(),
    appDisplayName: 'Rota',
    identifier: '+31612345678',
    identifierType: 'phoneNumber',
    address: '203.0.113.7',
    userAgent: '',
    protocol: 'oAuth2',
    isInteractive: true,
    result: 50034,
  }
  await world.system.inTransaction(async (stores) => {
    for (let times = 0; times < count; times++) await stores.signIns.open({ ...attempt, id: stores.signIns.newId(world.now) })
  })
}

async function left(world: World): Promise<number> {
  const query = { filter: undefined, search: undefined, orderBy: undefined, select: undefined, expand: [], after: undefined }
  return (await world.system.signIns.list({ ...query, top: 1, count: true })).count ?? 0
}

for (const database of databases) {
  test(`a sign-in is forgotten after thirty days, however many there are, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    await using other = await startWorld(database, { database: world.database })
    await signIns(world, 1_203)
    await signIns(other, 1)
    world.turnClock(day)
    await signIns(world, 2)

    world.turnClock(29 * day)
    assert.deepEqual(await forgetSignIns(world.installation, world.now), { forgotten: 0, failed: [] })
    world.turnClock(1)
    assert.deepEqual(await forgetSignIns(world.installation, world.now), { forgotten: 1_204, failed: [] })
    assert.deepEqual([await left(world), await left(other)], [2, 0])
    world.turnClock(day)
    assert.deepEqual(await forgetSignIns(world.installation, world.now), { forgotten: 2, failed: [] })
    assert.deepEqual(await forgetSignIns(world.installation, world.now), { forgotten: 0, failed: [] })
  })
}

test('the job forgets by itself, stops when told to, and a tenant in trouble does not keep it from the others', async () => {
  const [database = assert.fail('no database')] = databases
  await using world = await startWorldApart(database)
  await using troubled = await startWorld(database, { database: world.database })
  for (const one of [world, troubled]) await signIns(one, 1)
  world.turnClock(31 * day)
  const { installation } = world
  const stopped = await forgetSignIns(installation, world.now, AbortSignal.abort())
  assert.deepEqual(stopped, { forgotten: 0, failed: [] })

  const told: unknown[] = []
  const needs = {
    parts: installation.parts,
    tenants: installation.tenants,
    systemOf: (id: string) => (id === troubled.tenantId ? Promise.reject(new Error('no key')) : installation.systemOf(id)),
  }
  const log = { error: (details: unknown) => void told.push(details) }
  const schedule = startSchedule([signInsForgetting(needs, log)], log)
  while (told.length === 0 || (await left(world)) > 0) await pause(1)
  await schedule.stop()
  assert.deepEqual(told, [{ tenantId: troubled.tenantId, err: new Error('no key') }])
  assert.equal(await left(troubled), 1)
})
