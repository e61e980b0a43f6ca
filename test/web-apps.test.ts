import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { openWebFiles } from '#server/gateways/web-files.ts'
import { migrate } from '#server/store/migrate.ts'
import { builtWeb } from './built-web.ts'
import { databases, newDirectory, startWorld, type World } from './world.ts'

const [database] = databases
assert.ok(database)

function settingIn(text: string) {
  return JSON.parse(/<script type="application\/json" id="setting">([^<]*)<\/script>/.exec(text)?.[1] ?? assert.fail(text))
}

function fileIn(text: string, pattern: RegExp): string {
  return pattern.exec(text)?.[1] ?? assert.fail(text)
}

async function page(world: World, path: string, headers: Record<string, string> = {}) {
  const answer = await world.client(undefined).get(path, headers)
  assert.equal(answer.status, 200, answer.text)
  return answer
}

describe('the page of a web app', () => {
  test('stands at its address and at every one below, and says whose it is before any script runs', async () => {
    await using world = await startWorld(database, { webFiles: await builtWeb() })
    for (const path of [
      '/account',
      '/account/',
      '/account/security-info',
      '/account/signed-in?code=a&state=b',
      '/account/a/b/c?add=phone',
    ]) {
      const glue = path.includes('?') ? '&' : '?'
      const { text, headers } = await page(world, `${path}${glue}tenant=${world.domain}`, { 'accept-language': 'nl' })
      assert.match(text, /<html lang="nl" dir="ltr">/)
      assert.match(text, /<bdi>Contoso<\/bdi>/)
      assert.match(text, /<noscript><p>Mijn account werkt met JavaScript/)
      assert.equal(headers['cache-control'], 'no-store')
      assert.partialDeepStrictEqual(settingIn(text), { app: 'account', tenant: world.tenantId, organisation: 'Contoso', locale: 'nl' })
    }
  })

  test('lets nothing run and nothing be asked but what this server made', async () => {
    await using world = await startWorld(database, { webFiles: await builtWeb() })
    const { text, headers } = await page(world, '/account')
    const policy = String(headers['content-security-policy'])
    const nonce = fileIn(policy, /'nonce-([^']+)'/)
    assert.equal(
      policy,
      [
        "default-src 'none'",
        "script-src 'self'",
        `style-src 'self' 'nonce-${nonce}'`,
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ].join('; '),
    )
    assert.notEqual(fileIn(String((await page(world, '/account')).headers['content-security-policy']), /'nonce-([^']+)'/), nonce)
    // The only script without an address is data.
    const inline = [...text.matchAll(/<script(?![^>]* src=)([^>]*)>/g)].map(([, attributes]) => attributes)
    assert.deepEqual(inline, [' type="application/json" id="setting"'])
  })

  test('carries the name of an organisation that calls itself a script', async () => {
    await using world = await startWorld(database, { webFiles: await builtWeb() })
    const domain = `x-${world.domain}`
    const displayName = '</script><script>alert(1)</script><!-- \u2028'
    await world.installation.addTenant({ displayName, defaultCountry: 'NL', languages: ['en'], domains: [domain] })
    const { text } = await page(world, `/account?tenant=${domain}`)
    assert.ok(!text.includes('<script>alert'))
    assert.equal(settingIn(text).organisation, displayName)
  })

  test('is that of the organisation asked for, which the browser remembers; an unknown name is nobody’s', async () => {
    await using world = await startWorld(database, { webFiles: await builtWeb() })
    const named = await page(world, `/account?tenant=${world.domain.toUpperCase()}`)
    const cookie = String(named.headers['set-cookie'])
    assert.match(cookie, /^__Host-org=[0-9a-f-]{36}; Path=\/; Secure; HttpOnly; SameSite=Lax/)
    const again = await page(world, '/account/password', { cookie: cookie.split(';')[0] ?? '' })
    assert.equal(settingIn(again.text).tenant, world.tenantId)
    assert.equal(again.headers['set-cookie'], undefined)
    // The store of these tests holds many organisations, so without a name the app signs in where any may be meant.
    await world.installation.addTenant({ displayName: 'Fabrikam', defaultCountry: 'NL', languages: ['nl'], domains: [`f-${world.domain}`] })
    for (const path of ['/account', '/account?tenant=nowhere.example', '/account?tenant=%00', '/account?tenant=a&tenant=b']) {
      const { text, headers } = await page(world, path)
      assert.partialDeepStrictEqual(settingIn(text), { tenant: null, organisation: 'Sesam' })
      assert.equal(headers['set-cookie'], undefined, path)
    }
  })

  test('of the only organisation there is needs no name', async () => {
    const store = await database.fresh()
    await migrate(store)
    await using world = await startWorld(database, { webFiles: await builtWeb(), database: store })
    assert.equal(settingIn((await page(world, '/account')).text).tenant, world.tenantId)
    await store.close()
  })

  test('remembers a language that was chosen', async () => {
    await using world = await startWorld(database, { webFiles: await builtWeb() })
    const { headers, text } = await page(world, '/account?ui_locales=sv', { 'accept-language': 'nl' })
    assert.match(String(headers['set-cookie']), /^__Host-lang=sv;/)
    assert.match(text, /<html lang="sv"/)
  })

  test('says that it is not built where nothing is', async () => {
    await using world = await startWorld(database)
    const answer = await world.client(undefined).get('/account', { 'accept-language': 'nl' })
    assert.equal(answer.status, 503)
    assert.match(answer.text, /Deze pagina is er nog niet/)
    assert.equal((await world.client(undefined).get('/web/apps.json')).status, 404)
  })
})

describe('the files of the web apps', () => {
  test('are kept for ever, and packed as the browser likes', async () => {
    await using world = await startWorld(database, { webFiles: await builtWeb() })
    // An app's very first script is too small to be worth packing.
    const script = fileIn((await page(world, '/account')).text, /<link rel="modulepreload" href="([^"]*\/enter-[^"]+)"/)
    const plain = await world.app.inject({ url: script, headers: { host: 'sesam.test' } })
    assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.equal(plain.headers['content-type'], 'text/javascript; charset=utf-8')
    assert.equal(plain.headers['content-encoding'], undefined)
    const cases: readonly [string, string | undefined, (packed: Buffer) => Buffer][] = [
      ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
      ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
      ['BR', 'br', brotliDecompressSync],
      ['identity', undefined, (bytes) => bytes],
    ]
    for (const [accepted, encoding, unpack] of cases) {
      const answer = await world.app.inject({ url: script, headers: { host: 'sesam.test', 'accept-encoding': accepted } })
      assert.equal(answer.headers['content-encoding'], encoding, accepted)
      assert.equal(answer.headers.vary, 'accept-encoding')
      assert.deepEqual(unpack(answer.rawPayload), plain.rawPayload)
    }
  })

  test('are the only files any address leads to', async () => {
    await using world = await startWorld(database, { webFiles: await builtWeb() })
    const names = [
      'apps.json',
      'manifest.json',
      '.vite/manifest.json',
      '../../package.json',
      '..%2f..%2fpackage.json',
      '%2e%2e/%2e%2e/package.json',
      '..%5c..%5cpackage.json',
      '%2fetc%2fpasswd',
      'package.json%00.js',
      '',
      '__proto__',
    ]
    for (const name of names) assert.equal((await world.client(undefined).get(`/web/${name}`)).status, 404, name)
  })

  test('of a build are no other than it lists', () => {
    const directory = newDirectory()
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, 'a.js'), 'a')
    writeFileSync(join(directory, 'b.js'), 'b')
    writeFileSync(join(directory, 'apps.json'), JSON.stringify({ apps: { account: { script: 'a.js' } }, files: ['a.js'] }))
    const files = openWebFiles(directory)
    assert.equal(files?.file('a.js')?.plain.toString(), 'a')
    assert.equal(files?.file('b.js'), undefined)
    assert.equal(files?.app('constructor'), undefined)
    assert.equal(openWebFiles(join(directory, 'nowhere')), undefined)
  })

  for (const [name, words, kilobytes] of [
    ['account', 'My Account', 150],
    ['admin', 'the admin center', 250],
  ] as const) {
    test(`of the first page of ${words} are ${kilobytes} kB of packed scripts at most`, async (t) => {
      const files = await builtWeb()
      const app = files.app(name) ?? assert.fail('no app')
      const bytes = [app.script, ...app.preloads, ...app.app.scripts, app.words['en'] ?? ''].map(
        (file) => files.file(file)?.gzip?.length ?? 0,
      )
      const total = bytes.reduce((sum, each) => sum + each, 0)
      t.diagnostic(`${total} bytes`)
      assert.ok(total > 50_000 && total <= kilobytes * 1024, `${total} bytes`)
    })
  }
})
