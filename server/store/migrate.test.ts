import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { databases } from '#test/world.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import { migrate, newestMigration, pendingMigrations } from './migrate.ts'
import { tables } from './schema.ts'

async function shapeOf(connection: Connection) {
  const found = await connection.kysely.introspection.getTables()
  return found
    .map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => `${column.name} ${typeName(column.dataType)} ${column.isNullable ? 'null' : 'not null'}`).sort(),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** PostgreSQL's names for the three types we use. */
function typeName(dataType: string): string {
  const names: Record<string, string> = { int4: 'integer', int8: 'bigint' }
  return names[dataType.toLowerCase()] ?? dataType.toLowerCase()
}

test('both engines get equal tables, columns and nullability', async () => {
  const shapes = []
  for (const database of databases) shapes.push(await shapeOf(await database.shared()))
  assert.deepEqual(shapes[0], shapes[1])
  assert.deepEqual(shapes[0]?.map((table) => table.name).sort(), Object.keys(tables).sort())
})

test('every key of a tenant table begins with the tenant', async () => {
  for (const [name, key] of Object.entries(tables)) {
    if (!['installation', 'tenants', 'domains', 'budgets'].includes(name)) assert.equal(key[0], 'tenant_id', name)
  }
})

for (const engine of databases) {
  test(`a migrated database has nothing pending, and migrating again changes nothing, on ${engine.name}`, async () => {
    await using database = closing(await engine.fresh())
    assert.equal((await pendingMigrations(database)).at(-1), newestMigration)
    assert.equal((await migrate(database)).at(-1), newestMigration)
    assert.deepEqual(await pendingMigrations(database), [])
    assert.deepEqual(await migrate(database), [])
  })

  test(`a migration that fails half way leaves nothing behind, on ${engine.name}`, async () => {
    await using database = closing(await engine.fresh())
    const broken = {
      '0001-broken': {
        async up(db: Connection['kysely']) {
          await db.schema.createTable('half').addColumn('id', 'text').execute()
          await sql`select no_such_function()`.execute(db)
        },
      },
    }
    await assert.rejects(migrate(database, broken))
    const names = (await database.kysely.introspection.getTables()).map((table) => table.name)
    assert.deepEqual(
      names.filter((name) => name === 'half'),
      [],
    )
  })
}

// One process holds the lock of a SQLite data directory, so only PostgreSQL can be migrated twice at once.
test('two nodes that migrate at the same moment do it once', async () => {
  const [, postgres] = databases
  await using database = closing((await postgres?.fresh()) ?? assert.fail('PostgreSQL is always tested'))
  const done = await Promise.all([migrate(database), migrate(database)])
  assert.equal(done.flat().filter((name) => name === newestMigration).length, 1)
})

function closing<Opened extends Database>(database: Opened): Opened & AsyncDisposable {
  return { ...database, [Symbol.asyncDispose]: () => database.close() }
}
