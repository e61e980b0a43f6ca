import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Database, openToRead } from '#server/store/database.ts'
import { run } from '../operator.ts'
import { newPostgresDatabase } from '../postgres.ts'
import { databases, newDirectory } from '../world.ts'

// The command itself, killed and begun again as an operator would, so these stories take seconds; the turn of the dead ends by itself.

const rows = 800
const root = join(import.meta.dirname, '../..')

for (const { name } of databases) {
  test(`an import that is killed goes on where it was, and no row is done twice, on ${name}`, async () => {
    const dataDirectory = newDirectory()
    const databaseUrl = name === 'postgres' ? await newPostgresDatabase() : undefined
    const environment = {
      DATA_DIR: dataDirectory,
      MASTER_KEY: randomBytes(32).toString('base64'),
      PUBLIC_URL: 'http://localhost:3000',
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    }
    const bootstrap = await run(['bootstrap', '--domain', 'contoso.example', '--user', 'admin@contoso.example'], environment)
    assert.equal(bootstrap.code, 0, bootstrap.said)
    const file = join(dataDirectory, 'users.csv')
    const people = Array.from({ length: rows }, (_, index) => {
      const digits = String(index).padStart(4, '0')
      return `person${index}@contoso.example,Person ${index},+31 6 1234${digits},yes`
    })
    writeFileSync(file, ['userPrincipalName,displayName,authenticationPhone,signIn', ...people].join('\r\n'))

    const killed = spawn(process.execPath, ['server/main.ts', 'import', file], {
      cwd: root,
      env: { PATH: process.env.PATH ?? '', ...environment },
      stdio: 'ignore',
    })
    const ended = new Promise((resolve) => killed.once('close', resolve))
    const database = openToRead({ dataDirectory, databaseUrl })
    try {
      while ((await doneIn(database)) === 0 && killed.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2))
      killed.kill('SIGKILL')
      await ended
      const done = await doneIn(database)
      assert.ok(done > 0 && done < rows, `killed at row ${done}`)

      const { code, said } = await run(['import', file, '--result', join(dataDirectory, 'result.csv')], environment)
      assert.equal(code, 0, said)
      assert.match(said, new RegExp(`interrupted after row ${done}`))
      assert.match(said, new RegExp(`${rows} rows: were ${rows} created`))
      assert.equal(await countIn(database, 'users'), rows + 1)
      assert.equal(await countIn(database, 'phones'), rows)
      assert.equal(await countIn(database, 'import_rows'), rows)
      const events = await database.kysely
        .selectFrom('audit_events')
        .select('activity')
        .where('activity', '<>', 'Add member to role')
        .execute()
      const counts = Object.fromEntries(
        [...Map.groupBy(events, ({ activity }) => activity)].map(([activity, all]) => [activity, all.length]),
      )
      assert.deepEqual(counts, { 'Add user': rows + 1, 'Admin registered security info': rows, 'Import people': 1 })
      const again = await run(['import', file], environment)
      assert.match(again.said, new RegExp(`${rows} rows: were ${rows} unchanged`))
    } finally {
      await database.close()
    }
  })
}

async function doneIn(database: Database): Promise<number> {
  const [row] = await database.kysely.selectFrom('imports').select('rows_done').execute()
  return row?.rows_done ?? 0
}

async function countIn(database: Database, table: 'users' | 'phones' | 'import_rows'): Promise<number> {
  return (await database.kysely.selectFrom(table).select('tenant_id').execute()).length
}
