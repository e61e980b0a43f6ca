import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { happen, seal } from '#test/audit-stage.ts'
import { databases, startWorld } from '#test/world.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres.ts'

const manual = join(import.meta.dirname, '../../docs/how-to/audit-integrity.md')

for (const database of databases.filter(({ name }) => name === 'postgres')) {
  test('the role of the manual can do all the work and change nothing in the log', async () => {
    const owned = await database.fresh()
    await migrate(owned)
    const role = `sesam_app_${randomUUID().replaceAll('-', '')}`
    for (const statement of statementsOf(manual)) await owned.run(statement.replaceAll('sesam_app', role), [])
    const address = new URL(owned.location.databaseUrl ?? assert.fail('no address'))
    address.username = role
    address.password = 'choose-one'
    const app = openPostgres({ connectionString: address.href })
    try {
      await using world = await startWorld(database, { database: app })
      const admin = await world.as('User Administrator')
      const anna = await world.person('anna')
      assert.equal((await admin.patch(`/v1.0/users/${anna.id}`, { department: 'Store 12' })).status, 204)
      await happen(world, 3)
      const { sealed, shipped } = await seal(world)
      assert.deepEqual([sealed, shipped.length], [4, 1])

      const denied = { code: '42501' }
      for (const table of ['audit_events', 'audit_seals', 'audit_checkpoints'] as const) {
        await assert.rejects(app.kysely.updateTable(table).set({ tenant_id: 'x' }).execute(), denied, table)
        await assert.rejects(app.kysely.deleteFrom(table).execute(), denied, table)
        await assert.rejects(app.run(`truncate ${table}`, []), denied, table)
        await assert.rejects(app.run(`drop table ${table}`, []), denied, table)
      }
      const verdict = await world.installation.auditChain(world.tenantId).verify(shipped, world.now)
      assert.partialDeepStrictEqual(verdict, { kind: 'intact', events: 4, sealed: 4 })
    } finally {
      await app.close()
      await owned.run(`drop owned by ${role}`, [])
      await owned.run(`drop role ${role}`, [])
      await owned.close()
    }
  })
}

function statementsOf(path: string): string[] {
  const [, block = ''] = /```sql\n([^`]*)```/.exec(readFileSync(path, 'utf8')) ?? []
  const statements = block.split(';').map((statement) => statement.trim())
  return statements.filter((statement) => statement !== '')
}
