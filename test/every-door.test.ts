import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { graphRoutes } from '#server/app.ts'
import { permissions } from '#server/domain/permissions.ts'
import type { Route } from '#server/http/route.ts'
import { databases, startWorld } from './world.ts'

const [sqlite] = databases
assert.ok(sqlite)

const at = (row: Route, id: string, version = '/v1.0') => version + row.path.replaceAll(/:\w+/g, () => id)
const named = (row: Route) => `${row.method} ${row.path}`

test('no door opens without a token, in either version', async () => {
  await using world = await startWorld(sqlite)
  for (const row of graphRoutes) {
    for (const version of ['/v1.0', '/beta']) {
      const answer = await world.send(row.method, at(row, randomUUID(), version), undefined, {})
      assert.equal(answer.status, 401, named(row))
      assert.equal(answer.headers['www-authenticate'], 'Bearer', named(row))
    }
  }
})

test('no door opens to a token without its scope, and it says which scopes and roles would do', async () => {
  await using world = await startWorld(sqlite)
  const administrator = await world.as('Global Administrator')
  const client = await world.signedIn(administrator.id, { scopes: ['openid', 'profile'] })
  for (const row of graphRoutes) {
    const answer = await world.send(row.method, at(row, randomUUID()), undefined, { authorization: `Bearer ${client.token}` })
    assert.equal(answer.status, 403, named(row))
    const { scopes, who } = permissions[row.permission]
    const { innerError, details } = answer.body.error
    assert.equal(details[0].code, 'scope_missing', named(row))
    assert.equal(innerError.scopes, scopes.join(', '), named(row))
    assert.equal(innerError.roles, typeof who === 'string' ? undefined : who.roles.join(', '), named(row))
  }
})

test('no door for a role opens without the role, and none to one factor alone', async () => {
  await using world = await startWorld(sqlite)
  const nobody = await world.signedIn((await world.person('nobody')).id)
  const { id } = await world.as('Global Administrator')
  const oneFactor = await world.signedIn(id, { methods: ['pwd'] })
  const twoFactors = await world.signedIn(id)
  for (const row of graphRoutes) {
    if (typeof permissions[row.permission].who === 'string') continue
    const send = (token: string | undefined) => world.send(row.method, at(row, randomUUID()), {}, { authorization: `Bearer ${token}` })
    const refused = await send(nobody.token)
    assert.equal(refused.status, 403, `${named(row)}: ${refused.text}`)
    assert.equal(refused.body.error.details[0].code, 'role_missing', named(row))
    const weak = await send(oneFactor.token)
    assert.equal(weak.status, 403, named(row))
    assert.equal(weak.body.error.details[0].code, 'stronger_sign_in_needed', named(row))
    assert.match(String(weak.headers['www-authenticate']), /^Bearer error="insufficient_claims", claims="/, named(row))
    assert.notEqual((await send(twoFactors.token)).status, 403, named(row))
  }
})

/** What somebody might put where a name or an id belongs. */
const oddities = ['x', '%00', "'", '%F0%9F%98%80', '..', '-1', 'a'.repeat(300), randomUUID()]
const oddBodies = [undefined, {}, [], { '@odata.id': 'x' }, { value: null }]

for (const database of databases) {
  test(`no door falls over an odd id or an odd body, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const client = await world.as('Global Administrator')
    const authorization = `Bearer ${client.token}`
    for (const row of graphRoutes) {
      for (const [index, id] of oddities.entries()) {
        const body = row.method === 'GET' ? undefined : oddBodies[index % oddBodies.length]
        const answer = await world.send(row.method, at(row, id), body, { authorization })
        assert.ok(answer.status < 500, `${named(row)} with ${id} and ${JSON.stringify(body)}: ${answer.text}`)
      }
    }
    assert.equal(world.logged.filter((line) => !line.includes('"answered"')).join(''), '')
  })
}
