import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { doors } from '#server/app.ts'
import { permissions } from '#server/domain/permissions.ts'
import type { Route } from '#server/http/route.ts'
import { databases, startWorld } from './world.ts'

const [sqlite] = databases
assert.ok(sqlite)

interface Door {
  route: Route
  prefix: string
}

const at = ({ route, prefix }: Door, id: string) => prefix + route.path.replaceAll(/:\w+/g, () => id)
const named = ({ route, prefix }: Door) => `${route.method} ${prefix}${route.path}`
/** Each door once. */
const oneOfEach = doors.filter(({ prefix }) => prefix !== '/beta')

test('no door opens without a token, in either version', async () => {
  await using world = await startWorld(sqlite)
  for (const door of doors) {
    const answer = await world.send(door.route.method, at(door, randomUUID()), undefined, {})
    assert.equal(answer.status, 401, named(door))
    assert.equal(answer.headers['www-authenticate'], 'Bearer', named(door))
  }
})

test('no door opens to a token without its scope, and it says which scopes and roles would do', async () => {
  await using world = await startWorld(sqlite)
  const administrator = await world.as('Global Administrator')
  const client = await world.signedIn(administrator.id, { scopes: ['openid', 'profile'] })
  for (const door of oneOfEach) {
    const answer = await world.send(door.route.method, at(door, randomUUID()), undefined, { authorization: `Bearer ${client.token}` })
    assert.equal(answer.status, 403, named(door))
    const { scopes, who } = permissions[door.route.permission]
    const { innerError, details } = answer.body.error
    assert.equal(details[0].code, 'scope_missing', named(door))
    assert.equal(innerError.scopes, scopes.join(', '), named(door))
    assert.equal(innerError.roles, typeof who === 'string' ? undefined : who.roles.join(', '), named(door))
  }
})

test('no door for a role opens without the role, and none to one factor alone', async () => {
  await using world = await startWorld(sqlite)
  const nobody = await world.signedIn((await world.person('nobody')).id)
  const { id } = await world.as('Global Administrator')
  const oneFactor = await world.signedIn(id, { methods: ['pwd'] })
  const twoFactors = await world.signedIn(id)
  for (const door of oneOfEach) {
    if (typeof permissions[door.route.permission].who === 'string') continue
    const send = (token: string | undefined) =>
      world.send(door.route.method, at(door, randomUUID()), {}, { authorization: `Bearer ${token}` })
    const refused = await send(nobody.token)
    assert.equal(refused.status, 403, `${named(door)}: ${refused.text}`)
    assert.equal(refused.body.error.details[0].code, 'role_missing', named(door))
    const weak = await send(oneFactor.token)
    assert.equal(weak.status, 403, named(door))
    assert.equal(weak.body.error.details[0].code, 'stronger_sign_in_needed', named(door))
    assert.match(String(weak.headers['www-authenticate']), /^Bearer error="insufficient_claims", claims="/, named(door))
    assert.notEqual((await send(twoFactors.token)).status, 403, named(door))
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
    for (const door of oneOfEach) {
      for (const [index, id] of oddities.entries()) {
        const body = door.route.method === 'GET' ? undefined : oddBodies[index % oddBodies.length]
        const answer = await world.send(door.route.method, at(door, id), body, { authorization })
        assert.ok(answer.status < 500, `${named(door)} with ${id} and ${JSON.stringify(body)}: ${answer.text}`)
      }
    }
    assert.equal(world.logged.filter((line) => !line.includes('"answered"')).join(''), '')
  })
}
