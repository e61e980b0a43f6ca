import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld, type World } from '#test/world.ts'

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')

function paths({ tenantId }: World) {
  const branding = `/v1.0/organization/${tenantId}/branding`
  return { branding, logo: `${branding}/localizations/0/bannerLogo` }
}

async function put(world: World, token: string | undefined, bytes: Buffer, type = 'image/png') {
  return world.app.inject({
    method: 'PUT',
    url: paths(world).logo,
    headers: { host: 'sesam.test', authorization: `Bearer ${token}`, 'content-type': type },
    payload: bytes,
  })
}

for (const database of databases) {
  test(`an organisation gives its sign-in pages a colour, a note and a logo, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const { branding, logo } = paths(world)
    assert.partialDeepStrictEqual((await admin.get(branding)).body, { id: '0', backgroundColor: null, bannerLogoRelativeUrl: null })
    assert.equal((await admin.get(logo)).status, 404)

    const changed = await admin.patch(branding, { backgroundColor: '#00703C', signInPageText: ' Call 5555 for help ' })
    assert.equal(changed.status, 204, changed.text)
    const stored = await put(world, admin.token, png)
    assert.equal(stored.statusCode, 204, stored.body)
    const read = (await admin.get(branding)).body
    assert.equal(read.backgroundColor, '#00703c')
    assert.equal(read.signInPageText, 'Call 5555 for help')
    const back = await world.app.inject({ url: `/beta/${read.bannerLogoRelativeUrl}`, headers: authorised(admin.token) })
    assert.equal(back.headers['content-type'], 'image/png')
    assert.equal(back.headers['x-content-type-options'], 'nosniff')
    assert.deepEqual(back.rawPayload, png)
    const system = await world.installation.systemOf(world.tenantId)
    assert.deepEqual(system?.branding, {
      colour: '#00703c',
      logo: `data:image/png;base64,${png.toString('base64')}`,
      note: 'Call 5555 for help',
    })

    assert.equal((await admin.patch(branding, { signInPageText: null })).status, 204)
    assert.equal((await admin.delete(logo)).status, 204)
    assert.equal((await admin.delete(branding)).status, 204)
    assert.equal((await admin.delete(branding)).status, 204)
    assert.deepEqual(await world.system.brandings.get(), { colour: undefined, logo: undefined, note: undefined })
    const events = await world.auditEvents()
    assert.deepEqual(
      events.map(({ targets }) => targets[0]?.changed?.map(({ name, to }) => `${name}: ${to}`)),
      [
        ['backgroundColor: #00703c', 'signInPageText: Call 5555 for help'],
        [`bannerLogo: image/png, ${png.length} bytes`],
        ['signInPageText: null'],
        ['bannerLogo: null'],
        ['backgroundColor: null'],
      ],
    )
  })

  test(`a picture is what its bytes say, whatever it is called, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64)])
    const cases: [string, Buffer, string, number][] = [
      ['an SVG', svg, 'image/svg+xml', 415],
      ['an SVG that says it is a PNG', svg, 'image/png', 400],
      ['a page that says it is a JPEG', Buffer.from('<html>'), 'image/jpeg', 400],
      ['JSON', Buffer.from('{}'), 'application/json', 415],
      ['nothing', Buffer.alloc(0), 'image/png', 400],
      ['a PNG of 50 KB and a byte', Buffer.concat([png, Buffer.alloc(50 * 1024 + 1 - png.length)]), 'image/png', 400],
      ['a PNG of a megabyte', Buffer.concat([png, Buffer.alloc(1024 * 1024)]), 'image/png', 413],
    ]
    for (const [name, bytes, type, status] of cases) {
      const answer = await put(world, admin.token, bytes, type)
      assert.equal(answer.statusCode, status, `${name}: ${answer.body}`)
    }
    assert.deepEqual(await world.auditTrail(), [])
    assert.equal((await put(world, admin.token, Buffer.concat([png, Buffer.alloc(50 * 1024 - png.length)]))).statusCode, 204)
    assert.equal((await put(world, admin.token, jpeg, 'image/png')).statusCode, 204)
    assert.match((await world.system.brandings.get()).logo ?? '', /^data:image\/jpeg;base64,/)
    const other = await world.app.inject({
      method: 'PATCH',
      url: paths(world).branding,
      headers: { ...authorised(admin.token), 'content-type': 'image/png' },
      payload: png,
    })
    assert.equal(other.statusCode, 415)
  })

  test(`a branding that does not fit changes nothing, and only the administrators of an organisation give it one, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const { branding } = paths(world)
    const bad = [
      { backgroundColor: 'red' },
      { backgroundColor: '#fff' },
      { backgroundColor: '#00703c;}body{display:none' },
      { signInPageText: 'x'.repeat(1025) },
      { signInPageText: 'a\u0000b' },
      { bannerLogo: png.toString('base64'), backgroundColor: '#00703c' },
      { customCSS: '*{display:none}' },
    ]
    for (const body of bad) assert.equal((await admin.patch(branding, body)).status, 400, JSON.stringify(body))
    assert.equal((await admin.patch(paths(other).branding, { backgroundColor: '#000000' })).status, 404)
    assert.equal((await admin.get(paths(other).branding)).status, 404)
    const lesser = await world.as('User Administrator', 'Authentication Policy Administrator')
    assert.equal((await lesser.patch(branding, { backgroundColor: '#000000' })).status, 403)
    assert.equal((await put(world, lesser.token, png)).statusCode, 403)
    assert.equal((await lesser.get(branding)).status, 200)
    assert.deepEqual(await world.auditTrail(), [])
    assert.equal((await other.system.brandings.get()).colour, undefined)
  })
}

function authorised(token: string | undefined) {
  return { host: 'sesam.test', authorization: `Bearer ${token}` }
}
