import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Refusal } from '#server/domain/refusal.ts'
import { newDirectory } from '#test/world.ts'
import { SharedCommits } from './shared-commits.ts'

function openTable() {
  const db = new DatabaseSync(join(newDirectory(), 'test.db'))
  db.exec('pragma journal_mode=wal; create table notes (text text primary key not null)')
  const commits: string[] = []
  const exec = db.exec.bind(db)
  db.exec = (text: string) => {
    if (text === 'commit') commits.push(text)
    exec(text)
  }
  const write = (text: string) => db.prepare('insert into notes values (?)').run(text)
  const notes = () =>
    db
      .prepare('select text from notes order by text')
      .all()
      .map((row) => row.text)
  return { db, shared: new SharedCommits(db), commits, write, notes }
}

test('transactions that arrive together share one commit', async () => {
  const { shared, commits, write, notes } = openTable()
  await Promise.all(Array.from({ length: 50 }, (_, index) => shared.run(async () => write(`note ${index}`))))
  assert.equal(notes().length, 50)
  assert.equal(commits.length, 1)
})

test('one that throws rolls back alone, and only its own caller hears of it', async () => {
  const { shared, write, notes } = openTable()
  const answers = await Promise.allSettled([
    shared.run(async () => write('first')),
    shared.run(async () => {
      write('never')
      throw new Refusal('object_not_found')
    }),
    shared.run(async () => write('last')),
  ])
  assert.deepEqual(
    answers.map((answer) => answer.status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(notes(), ['first', 'last'])
})

test('nobody is answered before the commit', async () => {
  const { db, shared, write } = openTable()
  const order: string[] = []
  const exec = db.exec
  db.exec = (text: string) => {
    exec(text)
    if (text === 'commit') order.push('committed')
  }
  const slow = shared.run(async () => {
    write('b')
    await new Promise((resolve) => setTimeout(resolve, 5))
  })
  await Promise.all([shared.run(async () => write('a')).then(() => order.push('answered')), slow.then(() => order.push('answered'))])
  assert.deepEqual(order, ['committed', 'answered', 'answered'])
})

test('when the commit itself fails, everybody in it hears so and nothing is kept', async () => {
  const { db, shared, write, notes } = openTable()
  const exec = db.exec
  db.exec = (text: string) => {
    if (text === 'commit') throw new Error('disk full')
    exec(text)
  }
  const answers = await Promise.allSettled([shared.run(async () => write('a')), shared.run(async () => write('b'))])
  assert.deepEqual(
    answers.map((answer) => answer.status),
    ['rejected', 'rejected'],
  )
  assert.deepEqual(notes(), [])
  db.exec = exec
  await shared.run(async () => write('c'))
  assert.deepEqual(notes(), ['c'])
})

test('each transaction runs to its end before the next one begins', async () => {
  const { shared } = openTable()
  let under = 0
  let most = 0
  const work = async () => {
    under++
    most = Math.max(most, under)
    await new Promise((resolve) => setImmediate(resolve))
    under--
  }
  await Promise.all(Array.from({ length: 20 }, () => shared.run(work)))
  assert.equal(most, 1)
})

test('even when nothing can be rolled back, nobody waits for ever, and later ones go on', async () => {
  const { db, shared, write, notes } = openTable()
  const exec = db.exec
  db.exec = (text: string) => {
    if (text !== 'begin immediate') throw new Error('no disk')
    exec(text)
  }
  const isAway = (error: unknown) => error instanceof Refusal && error.code === 'unavailable'
  await assert.rejects(
    shared.run(async () => write('a')),
    isAway,
  )
  db.exec = exec
  await assert.rejects(
    shared.run(async () => write('b')),
    isAway,
  )
  await shared.run(async () => write('c'))
  assert.deepEqual(notes(), ['c'])
})
