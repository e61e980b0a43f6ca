import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { AuditVerdict, Checkpoint } from '#server/domain/audit-chain.ts'
import { happen, seal, startWorldApart } from '#test/audit-stage.ts'
import { databases, startWorld, type World } from '#test/world.ts'
import { contentOf } from './audit-events.ts'
import type { Connection } from './connection.ts'
import type { Selected, Updated } from './schema.ts'

const minuteMs = 60_000
const madeUp = 'made-up'

/** A tenant with seals 1 to 5 under a checkpoint that was shipped, and 6 to 8 behind it, in the hands of who rules its database. */
class Scene {
  readonly world: World
  readonly #sql: Connection['kysely']
  seals: Selected<'audit_seals'>[] = []
  events: Selected<'audit_events'>[] = []
  shipped: Checkpoint[] = []

  constructor(world: World, sql: Connection['kysely']) {
    this.world = world
    this.#sql = sql
  }

  async set(): Promise<void> {
    await happen(this.world, 5)
    const { shipped } = await seal(this.world)
    this.world.turnClock(minuteMs)
    await happen(this.world, 3)
    await seal(this.world)
    const tenantId = this.world.tenantId
    this.shipped = shipped.filter((checkpoint) => checkpoint.tenantId === tenantId)
    this.seals = await this.#sql.selectFrom('audit_seals').selectAll().where('tenant_id', '=', tenantId).orderBy('seq').execute()
    this.events = await this.#sql.selectFrom('audit_events').selectAll().where('tenant_id', '=', tenantId).orderBy('id').execute()
  }

  async verdict(): Promise<AuditVerdict> {
    return this.world.installation.auditChain(this.world.tenantId).verify(this.shipped, this.world.now)
  }

  idAt(seq: number): string {
    return this.#sealAt(seq).event_id
  }

  #sealAt(seq: number): Selected<'audit_seals'> {
    return this.seals.find((row) => row.seq === seq) ?? assert.fail(`there is no seal ${seq}`)
  }

  eventAt(seq: number): Selected<'audit_events'> {
    return this.events.find((row) => row.id === this.idAt(seq)) ?? assert.fail(`there is no event at seal ${seq}`)
  }

  async editEvent(seq: number, changes: Updated<'audit_events'>): Promise<void> {
    const rows = this.#sql.updateTable('audit_events').set(changes)
    await rows.where('tenant_id', '=', this.world.tenantId).where('id', '=', this.idAt(seq)).execute()
  }

  async editSeal(seq: number, changes: Updated<'audit_seals'>): Promise<void> {
    await this.#sql.updateTable('audit_seals').set(changes).where('tenant_id', '=', this.world.tenantId).where('seq', '=', seq).execute()
  }

  async editCheckpoints(changes: Updated<'audit_checkpoints'>): Promise<void> {
    await this.#sql.updateTable('audit_checkpoints').set(changes).where('tenant_id', '=', this.world.tenantId).execute()
  }

  async deleteEvent(seq: number): Promise<void> {
    await this.#sql.deleteFrom('audit_events').where('tenant_id', '=', this.world.tenantId).where('id', '=', this.idAt(seq)).execute()
  }

  async deleteSeal(seq: number): Promise<void> {
    await this.#sql.deleteFrom('audit_seals').where('tenant_id', '=', this.world.tenantId).where('seq', '=', seq).execute()
  }

  async deleteCheckpoints(): Promise<void> {
    await this.#sql.deleteFrom('audit_checkpoints').where('tenant_id', '=', this.world.tenantId).execute()
  }

  async cutOffAfter(last: number): Promise<void> {
    for (const { seq } of this.seals.filter((row) => row.seq > last)) {
      await this.deleteEvent(seq)
      await this.deleteSeal(seq)
    }
  }

  async insertEvent(row: Selected<'audit_events'>): Promise<void> {
    await this.#sql.insertInto('audit_events').values(row).execute()
  }

  async insertCheckpoint(seq: number, signature: string): Promise<void> {
    const row = { tenant_id: this.world.tenantId, seq, hash: 'x', signed_at: 1, signature }
    await this.#sql.insertInto('audit_checkpoints').values(row).execute()
  }

  async insertSeal(seq: number, event: Selected<'audit_events'>, hash: string): Promise<void> {
    const row = { tenant_id: event.tenant_id, seq, event_id: event.id, happened_at: event.happened_at, hash, sealed_at: 1 }
    await this.#sql.insertInto('audit_seals').values(row).execute()
  }

  hashBehind(seq: number, event: Selected<'audit_events'>): string {
    return createHash('sha256')
      .update(this.#sealAt(seq).hash + contentOf(event))
      .digest('base64url')
  }

  /** What the seals need is public; only MACs and signatures are not. */
  async sealAnew(order: readonly number[]): Promise<void> {
    for (const { seq } of this.seals) await this.deleteSeal(seq)
    let hash = ''
    for (const [index, seq] of order.entries()) {
      hash = createHash('sha256')
        .update(hash + contentOf(this.eventAt(seq)))
        .digest('base64url')
      await this.insertSeal(index + 1, this.eventAt(seq), hash)
    }
  }
}

interface Tampering {
  story: string
  spoil(scene: Scene): Promise<void>
  broken(scene: Scene): Omit<Extract<AuditVerdict, { kind: 'broken' }>, 'kind'>
}

const tamperings: readonly Tampering[] = [
  {
    story: 'an event that was edited',
    spoil: (scene) => scene.editEvent(3, { actor: '{"kind":"server","name":"Somebody else"}' }),
    broken: (scene) => ({ damage: 'edited', seq: 3, eventId: scene.idAt(3) }),
  },
  {
    story: 'an event that was moved in time together with its seal',
    spoil: async (scene) => {
      await scene.editEvent(4, { happened_at: 1 })
      await scene.editSeal(4, { happened_at: 1 })
    },
    broken: (scene) => ({ damage: 'edited', seq: 4, eventId: scene.idAt(4) }),
  },
  {
    story: 'an event that was deleted',
    spoil: (scene) => scene.deleteEvent(4),
    broken: (scene) => ({ damage: 'deleted', seq: 4, eventId: scene.idAt(4) }),
  },
  {
    story: 'an event that was deleted together with its seal',
    spoil: async (scene) => {
      await scene.deleteEvent(1)
      await scene.deleteSeal(1)
    },
    broken: () => ({ damage: 'deleted', seq: 1, eventId: undefined }),
  },
  {
    story: 'a deleted event and all seals made anew: only the checkpoint remembers what stood at the fifth place',
    spoil: async (scene) => {
      await scene.sealAnew([1, 2, 4, 5, 6, 7, 8])
      await scene.deleteEvent(3)
    },
    broken: () => ({ damage: 'rewritten', seq: 5, eventId: undefined }),
  },
  {
    story: 'an event that was inserted',
    spoil: (scene) => scene.insertEvent({ ...scene.eventAt(2), id: madeUp }),
    broken: () => ({ damage: 'inserted', seq: undefined, eventId: madeUp }),
  },
  {
    story: 'an event that was inserted before all time',
    spoil: (scene) => scene.insertEvent({ ...scene.eventAt(2), id: madeUp, happened_at: -9_000_000_000_000_000 }),
    broken: () => ({ damage: 'inserted', seq: undefined, eventId: madeUp }),
  },
  {
    story: 'an event that was inserted with a forged seal that fits',
    spoil: async (scene) => {
      const event = { ...scene.eventAt(2), id: madeUp }
      await scene.insertEvent(event)
      await scene.insertSeal(9, event, scene.hashBehind(8, event))
    },
    broken: () => ({ damage: 'inserted', seq: 9, eventId: madeUp }),
  },
  {
    story: 'an event that was inserted with a forged seal that the chain never comes by',
    spoil: async (scene) => {
      const event = { ...scene.eventAt(2), id: madeUp }
      await scene.insertEvent(event)
      await scene.insertSeal(-9_000_000_000_000_000, event, 'x')
    },
    broken: () => ({ damage: 'inserted', seq: -9_000_000_000_000_000, eventId: madeUp }),
  },
  {
    story: 'a true event that was taken away before it was signed and comes back too late',
    spoil: async (scene) => {
      await scene.deleteEvent(8)
      await scene.deleteSeal(8)
      scene.world.turnClock(11 * minuteMs)
      await happen(scene.world, 1)
      await seal(scene.world)
      await scene.insertEvent(scene.eventAt(8))
    },
    broken: (scene) => ({ damage: 'inserted', seq: undefined, eventId: scene.idAt(8) }),
  },
  {
    story: 'two seals that changed places',
    spoil: async (scene) => {
      await scene.editSeal(6, { seq: -1 })
      await scene.editSeal(7, { seq: 6 })
      await scene.editSeal(-1, { seq: 7 })
    },
    broken: (scene) => ({ damage: 'reordered', seq: 6, eventId: scene.idAt(7) }),
  },
  {
    story: 'two events that changed places, with all seals made anew',
    spoil: (scene) => scene.sealAnew([2, 1, 3, 4, 5, 6, 7, 8]),
    broken: () => ({ damage: 'rewritten', seq: 5, eventId: undefined }),
  },
  {
    story: 'a seal that says another time than its event',
    spoil: (scene) => scene.editSeal(8, { happened_at: 1 }),
    broken: (scene) => ({ damage: 'reordered', seq: 8, eventId: scene.idAt(8) }),
  },
  {
    story: 'an end that was cut off, seen by the checkpoint in the table',
    spoil: async (scene) => {
      await scene.cutOffAfter(3)
      scene.shipped = []
    },
    broken: () => ({ damage: 'truncated', seq: 4, eventId: undefined }),
  },
  {
    story: 'an end that was cut off with its checkpoints, which only the shipped one remembers',
    spoil: async (scene) => {
      await scene.cutOffAfter(3)
      await scene.deleteCheckpoints()
    },
    broken: () => ({ damage: 'truncated', seq: 4, eventId: undefined }),
  },
  {
    story: 'a log that was emptied altogether',
    spoil: async (scene) => {
      await scene.cutOffAfter(0)
      await scene.deleteCheckpoints()
    },
    broken: () => ({ damage: 'truncated', seq: 1, eventId: undefined }),
  },
  {
    story: 'an end that was cut off and has grown again',
    spoil: async (scene) => {
      await scene.cutOffAfter(3)
      await scene.deleteCheckpoints()
      await happen(scene.world, 4)
      await seal(scene.world)
    },
    broken: () => ({ damage: 'rewritten', seq: 5, eventId: undefined }),
  },
  {
    story: 'a checkpoint that was moved along to a later seal',
    spoil: (scene) => scene.editCheckpoints({ seq: 6, hash: scene.seals[5]?.hash ?? '' }),
    broken: () => ({ damage: 'checkpoint forged', seq: 6, eventId: undefined }),
  },
  {
    story: 'a forged checkpoint beyond the end',
    spoil: (scene) => scene.insertCheckpoint(20, 'x'),
    broken: () => ({ damage: 'checkpoint forged', seq: 20, eventId: undefined }),
  },
]

for (const database of databases) {
  test(`verifying tells the first row that is not as it was left, on ${database.name}`, async (t) => {
    await using apart = await startWorldApart(database)
    for (const { story, spoil, broken } of tamperings) {
      await t.test(story, async () => {
        await using world = await startWorld(database, { database: apart.database })
        await apart.database.migrating(async ({ kysely }) => {
          const scene = new Scene(world, kysely)
          await scene.set()
          assert.deepEqual(await scene.verdict(), { kind: 'intact', events: 8, sealed: 8, lastCheckpoint: scene.shipped[0] })
          await spoil(scene)
          assert.deepEqual(await scene.verdict(), { kind: 'broken', ...broken(scene) })
        })
      })
    }
  })
}
