import assert from 'node:assert/strict'
import { test } from 'node:test'
import '#server/system.ts'
import { databases } from '#test/world.ts'
import { statements } from './prepared.ts'

const [sqlite = assert.fail('no database')] = databases

/** Tables that may hold a hundred thousand rows of one organisation, under the names the statements give them. */
const large = /\b(?:users|groups|group_members|unit_members|user_licences|phones|import_rows|audit_events|sign_ins|app_consents)\b/

test('no prepared statement reads a whole large table of an organisation, on sqlite', async () => {
  const database = await sqlite.shared()
  const wrong: string[] = []
  for (const textFor of statements) {
    const text = textFor(database)
    const { rows } = await database.run(`explain query plan ${text}`, [])
    for (const { detail } of rows) {
      const step = String(detail)
      // Counting those who sign in by number reads as many entries as there are of them, and nothing else.
      if (step.includes('phones_one_sign_in_per_number')) continue
      // Whether anybody has a password is told by the first entry of those who have, and no other is read.
      if (step.includes('users_with_password') && text.endsWith('limit ?')) continue
      if (large.test(step) && (step.startsWith('SCAN') || step.endsWith('(tenant_id=?)'))) wrong.push(`${step}: ${text}`)
    }
  }
  assert.deepEqual(wrong, [])
})

const logs = [
  ['sign_ins', 'app_id', 'started_at', 'sign_ins_by_app'],
  ['sign_ins', 'user_id', 'started_at', 'sign_ins_by_user'],
  ['audit_events', 'activity', 'happened_at', 'audit_events_by_activity'],
] as const

test('a page of a log is a range of an index, for one app, one person and one activity, on sqlite', async () => {
  const database = await sqlite.shared()
  for (const [table, column, at, index] of logs) {
    const text = `select * from ${table} where tenant_id = ? and ${column} = ? order by ${at} desc, id desc limit 51`
    const { rows } = await database.run(`explain query plan ${text}`, [])
    const [step, ...more] = rows.map(({ detail }) => String(detail))
    assert.match(step ?? '', new RegExp(`SEARCH ${table} USING INDEX ${index} `))
    // A sort would be a step of its own.
    assert.deepEqual(more, [])
  }
})
