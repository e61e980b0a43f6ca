import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Refusal } from '#server/domain/refusal.ts'
import { newDirectory } from '#test/world.ts'
import { openSqlite } from './sqlite.ts'

const isAway = (error: unknown) => error instanceof Refusal && error.code === 'unavailable'

async function openNotes() {
  const directory = newDirectory()
  const database = openSqlite(directory)
  const ask = (text: string, ...values: unknown[]) => database.inTransaction((connection) => connection.run(text, values))
  await ask('create table notes (text text not null)')
  return {
    directory,
    database,
    ask,
    write: (text: string) => ask('insert into notes values (?)', text),
    async count() {
      return (await database.run('select count(*) as count from notes', [])).rows[0]?.count
    },
    [Symbol.asyncDispose]: () => database.close(),
  }
}

test('when the disk is full, nobody hears "done", and what still fits can be written', async () => {
  await using notes = await openNotes()
  const { rows } = await notes.ask('pragma page_count')
  await notes.ask(`pragma max_page_count = ${Number(rows[0]?.page_count) + 4}`)
  const answers = await Promise.allSettled([notes.write('small'), notes.write('large'.repeat(100_000)), notes.write('small too')])
  for (const answer of answers) assert.ok(answer.status === 'rejected' && isAway(answer.reason), JSON.stringify(answer))
  assert.equal(await notes.count(), 0)
  await notes.write('small')
  await notes.write('small too')
  await notes.ask('pragma max_page_count = 4294967294')
  await notes.write('large'.repeat(100_000))
  assert.equal(await notes.count(), 3)
})

test('when another program holds the database, writing is away until it lets go', async () => {
  await using notes = await openNotes()
  const other = new DatabaseSync(join(notes.directory, 'sesam.db'))
  other.exec('begin immediate')
  await assert.rejects(notes.write('held up'), isAway)
  assert.equal(await notes.count(), 0)
  other.close()
  await notes.write('let go')
  assert.equal(await notes.count(), 1)
})

test('a mistake in a statement is a mistake of ours, not a store that is away', async () => {
  await using notes = await openNotes()
  await assert.rejects(notes.ask('insert into nothing values (1)'), (error) => !(error instanceof Refusal))
  await assert.rejects(notes.database.run('select * from nothing', []), (error) => !(error instanceof Refusal))
})
