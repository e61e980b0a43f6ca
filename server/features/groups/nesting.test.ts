import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld, type World } from '#test/world.ts'

const ref = (id: string) => ({ '@odata.id': `https://sesam.test/v1.0/groups/${id}` })

/** A is in B, B in C, C in D. */
async function chain(world: World) {
  const a = await world.group('A')
  const b = await world.group('B', { members: [a] })
  const c = await world.group('C', { members: [b] })
  const d = await world.group('D', { members: [c] })
  return { a, b, c, d }
}

for (const database of databases) {
  test(`a group is never in itself, directly or through others, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { a, b, d } = await chain(world)
    const admin = await world.as('Groups Administrator')

    for (const [into, member] of [
      [a, a],
      [a, b],
      [a, d],
    ] as const) {
      const added = await admin.post(`/v1.0/groups/${into.id}/members/$ref`, ref(member.id))
      assert.equal(added.status, 400, added.text)
      assert.partialDeepStrictEqual(added.body.error, {
        code: 'Request_BadRequest',
        message: 'A group cannot be in itself, not even through other groups.',
        details: [{ code: 'group_circle' }],
      })
      const bound = await admin.patch(`/v1.0/groups/${into.id}`, { 'members@odata.bind': [ref(member.id)['@odata.id']] })
      assert.equal(bound.status, 400, bound.text)
    }
    assert.equal((await admin.post(`/v1.0/groups/${d.id}/members/$ref`, ref(a.id))).status, 204, 'a second way in is no circle')
    assert.deepEqual(await world.auditTrail(), ['Add member to group'])
  })

  test(`two groups put into each other at the same moment make no circle, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Groups Administrator')
    for (let round = 0; round < 5; round++) {
      const one = await world.group(`One ${round}`)
      const other = await world.group(`Other ${round}`)
      const statuses = await Promise.all([
        admin.post(`/v1.0/groups/${one.id}/members/$ref`, ref(other.id)),
        admin.post(`/v1.0/groups/${other.id}/members/$ref`, ref(one.id)),
      ])
      assert.deepEqual(statuses.map(({ status }) => status).sort(), [204, 400], statuses.map(({ text }) => text).join())
    }
  })

  test(`three adds that together would close a circle leave it open, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Groups Administrator')
    const groups = [await world.group('A'), await world.group('B'), await world.group('C')]
    const added = await Promise.all(
      groups.map((group, index) => admin.post(`/v1.0/groups/${group.id}/members/$ref`, ref(groups[(index + 1) % 3]?.id ?? ''))),
    )
    assert.deepEqual(added.map(({ status }) => status).sort(), [204, 204, 400], added.map(({ text }) => text).join())
    for (const group of groups) assert.equal(await world.system.groupMembers.isWithin(group.id, group.id), false)
  })

  test(`who is in a group is in all groups around it, each told once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { a, b, c, d } = await chain(world)
    const anna = await world.person('anna')
    await world.system.inTransaction(async ({ groupMembers, memberships }) => {
      const member = (await memberships.findMember(anna.id)) ?? assert.fail('nobody')
      await groupMembers.add(a.id, member)
      await groupMembers.add(c.id, member)
    })
    const reader = await world.signedIn(anna.id)
    const namesAt = async (path: string) => {
      const found = await reader.get(`${path}?$orderby=displayName&$select=displayName`)
      assert.equal(found.status, 200, found.text)
      return found.body.value.map((object: { displayName: string }) => object.displayName)
    }

    assert.deepEqual(await namesAt(`/v1.0/users/${anna.id}/memberOf`), ['A', 'C'])
    assert.deepEqual(await namesAt('/v1.0/me/transitiveMemberOf'), ['A', 'B', 'C', 'D'])
    assert.deepEqual(await namesAt(`/v1.0/groups/${a.id}/memberOf`), ['B'])
    assert.deepEqual(await namesAt(`/v1.0/groups/${b.id}/transitiveMemberOf`), ['C', 'D'])
    assert.deepEqual(await namesAt(`/v1.0/groups/${d.id}/members`), ['C'])
    assert.deepEqual(await namesAt(`/v1.0/groups/${d.id}/transitiveMembers`), ['A', 'anna', 'B', 'C'])
    assert.deepEqual(await namesAt(`/v1.0/groups/${d.id}/transitiveMembers/microsoft.graph.group`), ['A', 'B', 'C'])
    assert.equal((await reader.get(`/v1.0/groups/${d.id}/transitiveMembers/microsoft.graph.user/$count`)).text, '1')
  })

  test(`even a circle that stands in the store ends every question, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { a, d } = await chain(world)
    await world.system.inTransaction(async ({ groupMembers }) =>
      groupMembers.add(a.id, { id: d.id, kind: 'group', displayName: 'D', userPrincipalName: undefined }),
    )
    const reader = await world.as('Groups Administrator')
    assert.equal((await reader.get(`/v1.0/groups/${a.id}/transitiveMembers/$count`)).text, '4')
    assert.equal((await reader.get(`/v1.0/groups/${a.id}/transitiveMemberOf/$count`)).text, '4')
    assert.equal((await reader.delete(`/v1.0/groups/${a.id}/members/${d.id}/$ref`)).status, 204)
  })
}
