import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CheckpointFile } from '#server/gateways/checkpoint-file.ts'
import { sealAudit } from '#server/jobs/seal-audit.ts'
import { happen, startWorldApart } from '#test/audit-stage.ts'
import { databases, newDirectory, type World } from '#test/world.ts'
import { auditVerify } from './audit-verify.ts'

for (const database of databases) {
  test(`the operator reads one line for each tenant, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    const { tenantId } = world
    const other = await world.installation.addTenant({
      displayName: 'Fabrikam\u001b[31m',
      defaultCountry: 'SE',
      languages: ['sv'],
      domains: ['fabrikam.example'],
    })
    await happen(world, 3)
    const lines = await sealAndRead(world)
    await happen(world, 1)

    assert.deepEqual(await told(world, lines), {
      intact: true,
      lines: [
        `Contoso (${tenantId}): intact: 4 events, 3 sealed, signed to seal 3 at 2026-11-20T09:00:00.000Z.`,
        `Fabrikam?[31m (${other.organization.id}): intact: 0 events, 0 sealed, no checkpoint has been signed yet.`,
      ],
    })

    const [first] = await world.database.kysely.selectFrom('audit_seals').select('event_id').where('seq', '=', 1).execute()
    await world.database.migrating(({ kysely }) => kysely.updateTable('audit_events').set({ details: '{}', result: 'failure' }).execute())
    const {
      intact,
      lines: [damage],
    } = await told(world, lines)
    assert.equal(intact, false)
    assert.equal(
      damage,
      `Contoso (${tenantId}): BROKEN (edited): event ${first?.event_id}, seal 1 does not say any more what this server wrote.`,
    )
  })

  test(`a tenant that is gone from the database is missed by its shipped checkpoints, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    const { tenantId } = world
    await happen(world, 2)
    const lines = await sealAndRead(world)
    await world.database.migrating(async ({ kysely }) => {
      for (const table of ['audit_events', 'audit_seals', 'audit_checkpoints'] as const) await kysely.deleteFrom(table).execute()
      await kysely.deleteFrom('tenants').execute()
    })
    assert.deepEqual(await told(world, lines), {
      intact: false,
      lines: [`a tenant that is gone (${tenantId}): BROKEN (truncated): seal 1 and what followed is cut off; a checkpoint has seen it.`],
    })
  })

  test(`a forged line is told, one that cannot be read is left out, on ${database.name}`, async () => {
    await using world = await startWorldApart(database)
    await happen(world, 2)
    const lines = await sealAndRead(world)
    const torn = await told(world, [...lines, '{"tenantId":"0', ''])
    assert.equal(torn.intact, true)
    assert.equal(torn.lines[0], 'Lines of the shipped checkpoints that cannot be read: 1')

    const forged = lines.map((line) => line.replace('"seq":2', '"seq":1'))
    assert.deepEqual(await told(world, forged), {
      intact: false,
      lines: [`Contoso (${world.tenantId}): BROKEN (checkpoint forged): seal 1 has a checkpoint that this server did not sign.`],
    })
  })
}

async function sealAndRead({ installation, now }: World): Promise<string[]> {
  const directory = newDirectory()
  const file = new CheckpointFile(directory)
  await sealAudit(installation, (signed) => file.ship(signed), now)
  const text = readFileSync(join(directory, 'audit-checkpoints.jsonl'), 'utf8')
  return text.split('\n').filter((line) => line !== '')
}

async function told({ installation }: World, shipped: readonly string[]): Promise<{ intact: boolean; lines: string[] }> {
  const lines: string[] = []
  const intact = await auditVerify(installation, shipped, (line) => lines.push(line))
  return { intact, lines }
}
