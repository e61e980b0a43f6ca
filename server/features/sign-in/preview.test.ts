import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld } from '#test/world.ts'

const path = '/sesam/v1/branding/preview'
const look = { locale: 'nl', scheme: 'light', styleNonce: 'AAAABBBBCCCCDDDDEEEE' }
const png = 'data:image/png;base64,iVBORw0KGgo='

for (const database of databases) {
  test(`the sign-in page is drawn with what is not saved yet, and nothing is saved by it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    assert.equal((await admin.patch('/sesam/v1/branding', { backgroundColor: '#00703C', signInPageText: 'Bel 5555' })).status, 204)
    const saved = await admin.post(path, look)
    assert.equal(saved.status, 200, saved.text)
    assert.match(saved.body.html, /--accent:#00703c/)
    assert.match(saved.body.html, /Bel 5555/)
    assert.match(saved.body.html, /Aanmelden/)

    const unsaved = await admin.post(path, { ...look, backgroundColor: '#123456', signInPageText: '<b>x</b>', bannerLogo: png })
    assert.match(unsaved.body.html, /--accent:#123456/)
    assert.match(unsaved.body.html, /&lt;b&gt;x&lt;\/b&gt;/)
    assert.ok(unsaved.body.html.includes(`src="${png}"`))
    assert.match(unsaved.body.html, /<style nonce="AAAABBBBCCCCDDDDEEEE">/)
    assert.ok(!unsaved.body.html.includes('<script'))
    const bare = await admin.post(path, { ...look, backgroundColor: null, signInPageText: null })
    assert.ok(!bare.body.html.includes('Bel 5555'))
    assert.deepEqual((await world.system.brandings.get()).colour, '#00703c')
    assert.deepEqual(await world.auditTrail(), ['Update company branding'])
  })

  test(`light and dark are the same stylesheet with the choice made, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const [light, dark] = await Promise.all(
      ['light', 'dark'].map(async (scheme) => String((await admin.post(path, { ...look, scheme })).body.html)),
    )
    assert.ok(!light?.includes('prefers-color-scheme') && !dark?.includes('prefers-color-scheme'))
    assert.match(light ?? '', /@media not all\{:root\{--ground:#151210/)
    assert.match(dark ?? '', /@media all\{:root\{--ground:#151210/)
    assert.match(dark ?? '', /color-scheme:dark/)
  })

  test(`a preview takes no style, script or picture of somebody else's, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const bad = [
      { backgroundColor: 'red;}body{display:none' },
      { bannerLogo: 'data:image/svg+xml;base64,PHN2Zz4=' },
      { bannerLogo: 'https://evil.example/x.png' },
      { styleNonce: '"><script>' },
      { scheme: 'sepia' },
      { locale: 'xx' },
    ]
    for (const wish of bad) assert.equal((await admin.post(path, { ...look, ...wish })).status, 400, JSON.stringify(wish))
    assert.equal((await admin.patch('/sesam/v1/branding', { bannerLogo: 'data:image/png;base64,AAAA' })).status, 400)
    const reader = await world.as('Global Reader')
    assert.equal((await reader.post(path, look)).status, 403)
    const large = `data:image/png;base64,iVBORw0KGgo${'A'.repeat(66_000)}=`
    assert.equal((await admin.post(path, { ...look, bannerLogo: large })).status, 200)
    assert.equal((await admin.post(path, { ...look, bannerLogo: `${large}${'A'.repeat(40_000)}` })).status, 413)
  })
}
