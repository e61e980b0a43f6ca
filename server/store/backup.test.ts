import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Asking } from '#test/asking.ts'
import { databases, startWorld, type World } from '#test/world.ts'
import { backupLines, restoreLines } from './backup.ts'
import { migrate } from './migrate.ts'

async function linesOf(world: World): Promise<string[]> {
  return world.installation.parts.database.reading(async (snapshot) => {
    const lines: string[] = []
    for await (const line of backupLines(snapshot, world.now)) lines.push(line)
    return lines
  })
}

async function* each(lines: readonly string[]) {
  yield* lines
}

for (const database of databases) {
  test(`a link that was used after the backup is not good again after the restore, on ${database.name}`, async () => {
    const [first, second] = [await database.fresh(), await database.fresh()]
    await migrate(first)
    await migrate(second)
    const expires = new Date('2026-11-20T09:15:00Z')
    await using world = await startWorld(database, { database: first })
    const anna = await world.person('anna')
    const use = (secret: string) => world.system.inTransaction(({ bootstrapLinks }) => bootstrapLinks.use(secret, world.now))
    for (const secret of ['used before', 'used after']) {
      await world.system.inTransaction(({ bootstrapLinks }) => bootstrapLinks.add(secret, anna.id, expires))
    }
    assert.equal(await use('used before'), anna.id)
    const lines = await linesOf(world)
    assert.equal(await use('used after'), anna.id)

    await restoreLines(second, each(lines), world.now)
    const { rows } = await second.run('select used_at from bootstrap_links', [])
    assert.deepEqual(
      rows.map((row) => row.used_at),
      [world.now.getTime()],
    )
    await first.close()
    await second.close()
  })

  test(`no code of before a restore opens anything after it, nor is it sent, on ${database.name}`, async () => {
    const [first, second] = [await database.fresh(), await database.fresh()]
    await migrate(first)
    await migrate(second)
    await using world = await startWorld(database, { database: first })
    await new Asking(world, (await world.person('anna')).id).start()
    const lines = await linesOf(world)
    assert.ok(lines.some((line) => line.startsWith('["challenges"')) && lines.some((line) => line.startsWith('["outbox"')))
    await restoreLines(second, each(lines), world.now)
    const left = await second.run('select id from challenges union all select challenge_id from outbox', [])
    assert.deepEqual(left.rows, [])
    const { rows } = await second.run('select count(*) as count from budgets', [])
    assert.ok(Number(rows[0]?.count) > 0, 'what was spent stays spent')
    await world.textsSent()
    await first.close()
    await second.close()
  })

  test(`a backup cut off after any line is refused whole, on ${database.name}`, async () => {
    const [first, second] = [await database.fresh(), await database.fresh()]
    await migrate(first)
    await migrate(second)
    await using world = await startWorld(database, { database: first })
    await world.as('Global Administrator')
    const lines = await linesOf(world)
    assert.ok(lines.some((line) => line.startsWith('["role_assignments"')))
    for (const length of lines.keys()) {
      await assert.rejects(restoreLines(second, each(lines.slice(0, length)), world.now), { name: 'Error', message: /^The file is/ })
    }
    assert.equal(await restoreLines(second, each(lines), world.now), lines.length - 2)
    await first.close()
    await second.close()
  })
}
