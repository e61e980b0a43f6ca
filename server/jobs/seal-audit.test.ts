import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Checkpoint } from '#server/domain/audit-chain.ts'
import type { AuditRow } from '#server/store/audit-events.ts'
import type { Database } from '#server/store/database.ts'
import { Installation } from '#server/system.ts'
import { happen, seal, startWorldApart } from '#test/audit-stage.ts'
import { databases, type World } from '#test/world.ts'
import { auditSealing, sealAudit } from './seal-audit.ts'

const minuteMs = 60_000

for (const database of databases) {
  test(`events are sealed once, in order and without a gap, however many wait, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    assert.equal((await seal(world)).sealed, 0)
    await happen(world, 600)
    assert.deepEqual(await seal(world).then(troubles), { sealed: 600, unproven: [], failed: [] })
    assert.equal((await seal(world)).sealed, 0)
    await happen(world, 1)
    assert.equal((await seal(world)).sealed, 1)

    const seals = await sealsOf(world)
    assert.deepEqual(
      seals.map(({ seq }) => seq),
      Array.from({ length: 601 }, (_, index) => index + 1),
    )
    const inOrder = seals.map((row) => row.event_id)
    assert.deepEqual(inOrder, inOrder.toSorted())
    assert.partialDeepStrictEqual(await verdictOf(world), { kind: 'intact', events: 601, sealed: 601 })
  })

  test(`nodes that seal at the same moment, while more happens, seal every event once, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    const nodes = [world.installation, ...[1, 2, 3].map(() => new Installation(world.installation.parts))]
    const shipped: Checkpoint[] = []
    await happen(world, 40)
    const rounds = nodes.map(async (node) => {
      let sealed = 0
      for (let round = 0; round < 4; round++) {
        const told = await sealAudit(node, async (signed) => void shipped.push(...signed), world.now)
        sealed += told.sealed
      }
      return sealed
    })
    const [first = 0, ...others] = await Promise.all([...rounds, happen(world, 40).then(() => 0)])
    const last = await seal(world)
    assert.deepEqual(last.failed, [])

    assert.equal(
      others.reduce((sum, sealed) => sum + sealed, first + last.sealed),
      80,
    )
    assert.deepEqual(
      (await sealsOf(world)).map(({ seq }) => seq),
      Array.from({ length: 80 }, (_, index) => index + 1),
    )
    assert.equal(shipped.length, 1, 'the signature that was due is made once')
    assert.partialDeepStrictEqual(await verdictOf(world, shipped), { kind: 'intact', events: 80, sealed: 80 })
  })

  test(`rows without a right MAC get no seal and keep nobody from one, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    await happen(world, 1)
    const [row] = await eventsOf(world)
    assert.ok(row)
    // More than one batch of them, and all before the events that follow.
    const forged = Array.from({ length: 300 }, (_, index) => ({ ...row, id: `0-forged-${String(index).padStart(3, '0')}` }))
    await insertEvents(world.database, forged)
    await happen(world, 2)

    const round = await seal(world)
    assert.equal(round.sealed, 3)
    assert.deepEqual(round.unproven, [{ tenantId: world.tenantId, eventId: '0-forged-000', count: 300 }])
    assert.equal((await seal(world)).sealed, 0)
    await happen(world, 1)
    assert.equal((await seal(world)).sealed, 1)
    assert.deepEqual(await verdictOf(world), { kind: 'broken', damage: 'inserted', seq: undefined, eventId: '0-forged-000' })
  })

  test(`an event that was longer under way is sealed behind those that overtook it, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    await happen(world, 1)
    const [late] = await eventsOf(world)
    assert.ok(late)
    await world.database.migrating(({ kysely }) => kysely.deleteFrom('audit_events').where('id', '=', late.id).execute())
    world.turnClock(9 * minuteMs)
    await happen(world, 2)
    assert.equal((await seal(world)).sealed, 2)
    await insertEvents(world.database, [late])
    assert.equal((await seal(world)).sealed, 1)
    assert.equal((await sealsOf(world)).at(-1)?.event_id, late.id)
    assert.partialDeepStrictEqual(await verdictOf(world), { kind: 'intact', events: 3, sealed: 3 })
  })

  test(`a clock that was set back leaves no event without a seal, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    await happen(world, 1)
    await seal(world)
    world.turnClock(-120 * minuteMs)
    await happen(world, 2)
    const { sealed, shipped } = await seal(world)
    assert.equal(sealed, 2)
    assert.deepEqual(
      shipped.map(({ seq }) => seq),
      [3],
    )
    assert.partialDeepStrictEqual(await verdictOf(world, shipped), { kind: 'intact', events: 3, sealed: 3 })
  })

  test(`a sealer that was away goes on where it stopped, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    await happen(world, 1)
    await seal(world)
    for (let hour = 0; hour < 3; hour++) {
      world.turnClock(60 * minuteMs)
      await happen(world, 1)
    }
    assert.partialDeepStrictEqual(await verdictOf(world), { kind: 'intact', events: 4, sealed: 1 })
    assert.equal((await seal(world)).sealed, 3)
    assert.partialDeepStrictEqual(await verdictOf(world), { kind: 'intact', events: 4, sealed: 4 })
  })

  test(`a sealer that dies before the commit leaves no half of it, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    await happen(world, 3)
    const died = world.database.inTransaction(async (connection) => {
      await world.installation.auditChain(world.tenantId, connection).sealNext(world.now)
      throw new Error('power cut')
    })
    await assert.rejects(died, /power cut/)
    assert.deepEqual(await sealsOf(world), [])
    assert.equal((await seal(world)).sealed, 3)
    assert.partialDeepStrictEqual(await verdictOf(world), { kind: 'intact', events: 3, sealed: 3 })
  })

  test(`a signature is made every five minutes or thousand seals, and only for what is new, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    const signedTo = async () => (await seal(world)).shipped.map(({ seq }) => seq)
    await happen(world, 1)
    assert.deepEqual(await signedTo(), [1])
    await happen(world, 1)
    assert.deepEqual(await signedTo(), [])
    world.turnClock(4 * minuteMs)
    assert.deepEqual(await signedTo(), [])
    world.turnClock(minuteMs)
    assert.deepEqual(await signedTo(), [2])
    world.turnClock(60 * minuteMs)
    assert.deepEqual(await signedTo(), [])
    await happen(world, 1)
    assert.deepEqual(await signedTo(), [3])
    await happen(world, 999)
    assert.deepEqual(await signedTo(), [])
    await happen(world, 1)
    assert.deepEqual(await signedTo(), [1_003])
  })

  test(`one tenant's trouble leaves the others their seals, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    const other = await world.installation.addTenant({
      displayName: 'Fabrikam',
      defaultCountry: 'SE',
      languages: ['sv'],
      domains: ['fabrikam.example'],
    })
    await happen(world, 1)
    await happen({ system: other }, 2)
    const { auditChain } = world.installation
    const troubled = {
      parts: world.installation.parts,
      auditChain(...[tenantId, connection]: Parameters<typeof auditChain>) {
        if (tenantId === world.tenantId) throw new Error('trouble')
        return auditChain.call(world.installation, tenantId, connection)
      },
    }
    const round = await sealAudit(troubled, async () => {}, world.now)
    assert.equal(round.sealed, 2)
    assert.deepEqual(
      round.failed.map(({ tenantId }) => tenantId),
      [world.tenantId],
    )
  })

  test(`what could not be shipped is shipped later, and sealing goes on meanwhile, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    const errors: unknown[] = []
    const shipped: Checkpoint[] = []
    let sinkIsDown = true
    const job = auditSealing(
      world.installation,
      async (signed) => {
        if (sinkIsDown) throw new Error('disk full')
        shipped.push(...signed)
      },
      { error: (details: unknown) => void errors.push(details) },
    )
    const round = () => job.run(new AbortController().signal)
    await happen(world, 2)
    await round()
    assert.equal((await sealsOf(world)).length, 2)
    assert.deepEqual(errors, [{ err: new Error('disk full') }])
    sinkIsDown = false
    await round()
    await round()
    assert.deepEqual(
      shipped.map(({ tenantId, seq }) => ({ tenantId, seq })),
      [{ tenantId: world.tenantId, seq: 2 }],
    )
    assert.equal(errors.length, 1)
  })

  test(`a row that somebody else wrote is told to the log once, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    const errors: unknown[] = []
    const job = auditSealing(world.installation, async () => {}, { error: (details: unknown) => void errors.push(details) })
    await happen(world, 1)
    const [row] = await eventsOf(world)
    assert.ok(row)
    await insertEvents(world.database, [{ ...row, id: 'forged' }])
    for (let round = 0; round < 3; round++) await job.run(new AbortController().signal)
    assert.deepEqual(errors, [{ tenantId: world.tenantId, eventId: 'forged', count: 1 }])
  })
}

type Apart = World & { database: Database }

function troubles({ sealed, unproven, failed }: Awaited<ReturnType<typeof seal>>) {
  return { sealed, unproven, failed }
}

function sealsOf({ database, tenantId }: Apart) {
  return database.kysely.selectFrom('audit_seals').selectAll().where('tenant_id', '=', tenantId).orderBy('seq').execute()
}

function eventsOf({ database, tenantId }: Apart): Promise<AuditRow[]> {
  return database.kysely.selectFrom('audit_events').selectAll().where('tenant_id', '=', tenantId).orderBy('id').execute()
}

async function insertEvents(database: Database, rows: AuditRow[]): Promise<void> {
  await database.migrating(({ kysely }) => kysely.insertInto('audit_events').values(rows).execute())
}

function verdictOf({ installation, tenantId, now }: Apart, shipped: readonly Checkpoint[] = []) {
  return installation.auditChain(tenantId).verify(shipped, now)
}
