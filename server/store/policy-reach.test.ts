import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { everybody } from '#server/domain/method-policy.ts'
import { databases, startWorld } from '#test/world.ts'
import { connectionOf } from './connection.ts'
import { PolicyReach } from './policy-reach.ts'

const [sqlite = assert.fail('no database')] = databases
const large = /\b(?:users|members|group_members|user_licences|phones|email_methods)\b/

test('neither a count nor a list of who is affected reads a whole large table in one go, on sqlite', async () => {
  await using world = await startWorld(sqlite)
  const { database } = world.installation.parts
  const asked: [text: string, parameters: readonly unknown[]][] = []
  const listening = connectionOf('sqlite', (text, parameters) => {
    asked.push([text, parameters])
    return database.run(text, parameters)
  })
  const reach = new PolicyReach(listening, world.tenantId)
  const side = (id: string) => {
    const target = { kind: 'group', id, isExcluded: false, isUsableForSignIn: true } as const
    return { policy: { isEnabled: true, targets: [target], settings: {} }, enforcesLicences: true }
  }
  for (const [before, after] of [
    [randomUUID(), everybody],
    [randomUUID(), randomUUID()],
  ] as const) {
    const change = { method: 'sms', before: side(before), after: side(after) } as const
    await reach.count(change, 'quickly')
    await reach.people(change, 'losesOnlyWayIn', { top: 100, after: undefined })
  }
  const wrong: string[] = []
  for (const [text, parameters] of asked) {
    const { rows } = await database.run(`explain query plan ${text}`, parameters)
    const steps = rows.map(({ detail }) => String(detail)).filter((step) => large.test(step))
    assert.ok(steps.length > 0, text)
    wrong.push(...steps.filter((step) => step.startsWith('SCAN') || step.endsWith('(tenant_id=?)')))
    // The people of a group are no road to the groups in it.
    const nested = steps.filter((step) => step.includes('members') && !step.includes('member_id'))
    if (text.includes("member_kind = 'group'"))
      assert.ok(
        nested.some((step) => step.includes('group_members_nested')),
        steps.join('\n'),
      )
  }
  assert.deepEqual(wrong, [])
})
