import { after } from 'node:test'
import type { Checkpoint } from '#server/domain/audit-chain.ts'
import { type SealingRound, sealAudit } from '#server/jobs/seal-audit.ts'
import type { Database } from '#server/store/database.ts'
import { migrate } from '#server/store/migrate.ts'
import type { System } from '#server/system.ts'
import { startWorld, type TestDatabase, type World } from './world.ts'

/** A world whose whole database may be spoilt, since nobody else looks at it. */
export async function startWorldApart(database: TestDatabase): Promise<World & { database: Database }> {
  const own = await database.fresh()
  await migrate(own)
  after(() => own.close())
  return Object.assign(await startWorld(database, { database: own }), { database: own })
}

/** Things that happened, one transaction each, all at once. */
export async function happen({ system }: { system: System }, count: number, activity = 'Update user'): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => happenOnce(system, activity)))
}

async function happenOnce(system: System, activity: string): Promise<void> {
  await system.inTransaction(({ audit }) =>
    audit.record(
      { author: { kind: 'server', name: 'Test' }, requestId: 'test' },
      { activity, category: 'UserManagement', operation: 'Update', targets: [{ id: 'someone', kind: 'User' }] },
      system.now(),
    ),
  )
}

/** One round of sealing, and what left the house in it. */
export async function seal({ installation, now }: Pick<World, 'installation' | 'now'>): Promise<SealingRound & { shipped: Checkpoint[] }> {
  const shipped: Checkpoint[] = []
  const round = await sealAudit(
    installation,
    async (signed) => {
      shipped.push(...signed)
    },
    now,
  )
  return { ...round, shipped }
}
