import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld, type World } from '#test/world.ts'

async function linkFor(world: World): Promise<{ path: string; userId: string }> {
  const { id } = await world.person('first')
  await world.giveRole(id, 'Global Administrator')
  const secret = 'a'.repeat(43)
  await world.system.inTransaction(({ bootstrapLinks }) => bootstrapLinks.add(secret, id, new Date(world.now.getTime() + 15 * 60_000)))
  return { path: `/bootstrap/${world.tenantId}.${secret}`, userId: id }
}

function tokenIn(page: string): string {
  return /<textarea[^>]*>([^<]+)</.exec(page)?.[1] ?? assert.fail('no token on the page')
}

for (const database of databases) {
  test(`the link makes an administrator once, and looking at it spends nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { path } = await linkFor(world)
    const anybody = world.client(undefined)
    for (const _look of [1, 2]) assert.equal((await anybody.get(path)).status, 200)

    const page = await anybody.post(path)
    assert.equal(page.status, 200, page.text)
    const me = await world.client(tokenIn(page.text)).get('/v1.0/me')
    assert.equal(me.body.userPrincipalName, `first@${world.domain}`)
    const made = await world.client(tokenIn(page.text)).post('/v1.0/users', {
      accountEnabled: true,
      displayName: 'Second',
      mailNickname: 'second',
      userPrincipalName: `second@${world.domain}`,
    })
    assert.equal(made.status, 201, made.text)
    assert.equal((await anybody.post(path)).status, 404)
    assert.deepEqual(await world.auditTrail(), ['Redeem bootstrap link', 'Add user'])
  })

  test(`of eight who use the link at once, one comes in, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { path } = await linkFor(world)
    const answers = await Promise.all(Array.from({ length: 8 }, () => world.client(undefined).post(path)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 404, 404, 404, 404, 404, 404, 404])
  })

  test(`the link runs out after fifteen minutes, and nothing else opens the door, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using neighbour = await startWorld(database)
    const { path } = await linkFor(world)
    const secret = path.split('.').at(-1)
    for (const wrong of [
      `/bootstrap/${neighbour.tenantId}.${secret}`,
      `/bootstrap/${world.tenantId}.${'b'.repeat(43)}`,
      '/bootstrap/x',
      '/bootstrap/%00',
    ]) {
      assert.equal((await world.client(undefined).post(wrong)).status, 404, wrong)
    }
    world.turnClock(15 * 60_000)
    const late = await world.client(undefined).post(path)
    assert.equal(late.status, 404)
    assert.equal(
      world.logged.some((line) => line.includes('aaaaaaaa')),
      false,
      'the secret of a link is in no log line',
    )
  })
}

test('the page speaks the reader’s language and carries no script', async () => {
  const [sqlite] = databases
  await using world = await startWorld(sqlite ?? assert.fail('SQLite is always tested'))
  const { path } = await linkFor(world)
  const page = await world.client(undefined).get(path, { 'accept-language': 'nl' })
  assert.match(page.text, /<html lang="nl">/)
  assert.match(page.text, /Je staat op het punt de eerste beheerder van Contoso te worden/)
  assert.ok(!page.text.includes('<script'))
  assert.match(String(page.headers['content-security-policy']), /default-src 'none'/)
})
