import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graphRoutes, operations } from '#server/app.ts'
import { databases, startWorld } from '#test/world.ts'

const [database] = databases
assert.ok(database)

test('the reference tells every operation, who may do it and what goes with it', async () => {
  await using world = await startWorld(database)
  const page = await world.client(undefined).get('/docs/api')
  assert.equal(page.status, 200)
  for (const { id, path, scopes } of operations) {
    assert.ok(page.text.includes(`id="${id}"`), id)
    assert.ok(page.text.includes(`<code>${path.replaceAll("'", '&#39;')}</code>`), path)
    for (const scope of scopes) assert.ok(page.text.includes(`<code>${scope}</code>`), scope)
  }
  assert.match(page.text, /<code>displayName<\/code> <span class="required">required<\/span><\/th><td>string ≤ 256</)
  assert.doesNotMatch(page.text, /<script|undefined|\[object/)
})

const titles = { en: 'API reference', nl: 'API-naslag', sv: 'API-referens' }

for (const [locale, title] of Object.entries(titles)) {
  test(`the reference speaks ${locale}, and says where it does not`, async () => {
    await using world = await startWorld(database)
    const page = await world.client(undefined).get('/docs/api', { 'accept-language': `${locale}-XX, en;q=0.1` })
    assert.match(page.text, new RegExp(`<html lang="${locale}">`))
    assert.match(page.text, new RegExp(`<h1>${title}</h1>`))
    assert.ok(page.text.includes(`<span class="told" lang="en">${graphRoutes[0]?.summary}</span>`))
    assert.equal(page.headers['content-language'], locale)
    assert.equal(page.headers.vary, 'accept-language')
  })
}

test('the reference allows its one stylesheet and nothing else, with a nonce of each answer', async () => {
  await using world = await startWorld(database)
  const nonces = new Set<string>()
  for (const _ of [1, 2]) {
    const page = await world.client(undefined).get('/docs/api')
    const nonce = /<style nonce="([^"]+)">/.exec(page.text)?.[1] ?? ''
    nonces.add(nonce)
    const policy = String(page.headers['content-security-policy'])
    assert.ok(policy.startsWith(`default-src 'none'; style-src 'nonce-${nonce}';`), policy)
    assert.doesNotMatch(policy, /script-src|unsafe/)
    assert.doesNotMatch(page.text, / style="/)
  }
  assert.equal(nonces.size, 2)
})

test('the reference can be read by ear: headings in order, names for what has none, every id once', async () => {
  await using world = await startWorld(database)
  const { text } = await world.client(undefined).get('/docs/api')
  const levels = [...text.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
  assert.equal(levels.filter((level) => level === 1).length, 1)
  for (const [index, level] of levels.entries()) assert.ok(level <= (levels[index - 1] ?? 0) + 1, `heading ${index}`)
  const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  assert.equal(new Set(ids).size, ids.length)
  for (const [, id] of text.matchAll(/(?:aria-labelledby="|href="#)([^"]+)"/g)) assert.ok(ids.includes(id), id)
})
