import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '#server/domain/app.ts'
import { limitsBut } from '#test/asking.ts'
import { authorizeRequest, formToken, type PageAnswer, registerApp, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type TestDatabase, type World } from '#test/world.ts'

const number = '+31612345678'

interface Begun {
  world: World
  app: App
  visitor: Visitor
  first: PageAnswer
}

async function begin(database: TestDatabase): Promise<Begun> {
  const world = await startWorld(database, { startsAt: new Date(), limits: limitsBut('texts', {}) })
  await world.number(await world.person('anna'), number)
  await world.allow('sms')
  const app = await registerApp(world)
  const visitor = new Visitor(world)
  return { world, app, visitor, first: await visitor.get(authorizeRequest(world, app).url) }
}

/** The heading, without what was put in. */
function headingOf({ text }: PageAnswer): string {
  return (/<h1>(.*?)<\/h1>/.exec(text)?.[1] ?? text.slice(0, 200)).replaceAll(/<[^>]*>/g, '')
}

const enterName = 'Sign in to Contoso'
const enterCode = 'Type the code'

/** What may stand in the field, and what the page says then. */
const typed: Readonly<Record<string, readonly [status: number, heading: string]>> = {
  '': [400, enterName],
  '   ': [400, enterName],
  '\0': [400, enterName],
  'a\0nna@x.example': [200, enterCode],
  '06-12 34 56 78': [200, enterCode],
  '٠٦١٢٣٤٥٦٧٨': [200, enterCode],
  '+31 (0)6 12345678': [200, enterCode],
  '０６１２３４５６７８': [200, enterCode],
  'tel:+31612345678;ext=12': [200, enterCode],
  '0612': [200, 'Which country?'],
  '+9991234567': [400, enterName],
  anna: [200, enterCode],
  "anna' or '1'='1": [200, enterCode],
  '<script>alert(1)</script>': [400, enterName],
  '\ud83d\ude00': [400, enterName],
  '\ud800': [400, enterName],
  ['6'.repeat(129)]: [400, enterName],
  ['6'.repeat(100_000)]: [400, enterName],
  ['a'.repeat(128)]: [400, enterName],
}

for (const database of databases) {
  test(`whatever stands in the field is answered with a page, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    for (const [identifier, [status, heading]] of Object.entries(typed)) {
      const visitor = new Visitor(world)
      const first = await visitor.get(authorizeRequest(world, app).url)
      const page = await visitor.submit(first, { identifier, do: 'next' })
      assert.deepEqual([page.status, headingOf(page)], [status, heading], JSON.stringify(identifier.slice(0, 40)))
      assert.doesNotMatch(page.text, /<script>alert/)
    }
    assert.ok(!world.logged.some((line) => line.includes('internal_error')))
  })

  test(`a number of no country is asked which, and the person signs in, on ${database.name}`, async () => {
    const { world, visitor, first } = await begin(database)
    await using _ = world
    const asked = await visitor.submit(first, { identifier: '0612', do: 'next' })
    assert.equal(asked.status, 200)
    assert.match(asked.text, /<select[^>]* name="country"/)
    for (const country of ['', 'nl', 'XX', 'ZZZ', '\0', 'SE" onclick="']) {
      const again = await visitor.submit(asked, { country, national: '0612345678', do: 'next' })
      assert.match(again.text, /<select[^>]* name="country"/, country)
    }
    const page = await visitor.submit(asked, { country: 'NL', national: '0612345678', do: 'next' })
    assert.equal(headingOf(page), enterCode)
    await visitor.submit(page, { code: world.codeIn(await world.textTo(number)), do: 'next' })
    assert.equal(world.texts().length, 1)
  })

  test(`a reload, a way back, a second tab and a double click send one text, on ${database.name}`, async () => {
    const { world, visitor, first } = await begin(database)
    await using _ = world
    const fields = { t: formToken(first), identifier: number, do: 'next' }
    const both = await Promise.all([visitor.request('POST', first.url, fields), visitor.request('POST', first.url, fields)])
    assert.deepEqual(
      both.map(({ status }) => status),
      [303, 303],
    )
    const page = await visitor.get(first.url)
    assert.equal(headingOf(page), enterCode)
    await visitor.get(page.url)
    await visitor.post(first.url, fields)
    const back = await visitor.submit(page, { do: 'back' })
    assert.equal(headingOf(back), enterName)
    assert.equal(headingOf(await visitor.submit(back, { identifier: '06 12 34 56 78', do: 'next' })), enterCode)
    await world.textsSent()
    assert.equal(world.texts().length, 1)
  })

  test(`a right code sent twice at once signs in once, and both answers go on, on ${database.name}`, async () => {
    const { world, visitor, first } = await begin(database)
    await using _ = world
    const page = await visitor.submit(first, { identifier: number, do: 'next' })
    const fields = { t: formToken(page), code: world.codeIn(await world.textTo(number)), do: 'next' }
    const both = await Promise.all([visitor.request('POST', page.url, fields), visitor.request('POST', page.url, fields)])
    assert.deepEqual(
      both.map(({ status }) => status),
      [303, 303],
    )
    assert.match((await visitor.get(page.url)).text, /name="stay"/)
    const late = await visitor.post(page.url, fields)
    assert.match(late.text, /name="stay"/, 'the form of an earlier step shows the present one')
  })

  test(`five wrong codes and it is over, also for the right one, on ${database.name}`, async () => {
    const { world, visitor, first } = await begin(database)
    await using _ = world
    const page = await visitor.submit(first, { identifier: number, do: 'next' })
    const code = world.codeIn(await world.textTo(number))
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    for (const malformed of ['', '12345', 'abcdef', '123456789', `${code}0000`, '1'.repeat(100_000), '\0'.repeat(6)]) {
      assert.equal((await visitor.submit(page, { code: malformed, do: 'next' })).status, 400, malformed.slice(0, 20))
    }
    for (let tries = 0; tries < 5; tries++) assert.equal((await visitor.submit(page, { code: wrong, do: 'next' })).status, 400)
    const late = await visitor.submit(page, { code, do: 'next' })
    assert.deepEqual([late.status, visitor.left], [400, undefined])
  })

  test(`a code is right as people paste it, and dead after five minutes, on ${database.name}`, async () => {
    const { world, app, visitor, first } = await begin(database)
    await using _ = world
    const page = await visitor.submit(first, { identifier: number, do: 'next' })
    const code = world.codeIn(await world.textTo(number))
    const arabic = [...code].map((digit) => String.fromCharCode(0x660 + Number(digit))).join('')
    const pasted = ` ${code.slice(0, 3)}-${code.slice(3)}\u200f `
    const stay = await visitor.submit(page, { code: pasted, do: 'next' })
    assert.match(stay.text, /name="stay"/, `${pasted} ${arabic}`)

    const other = new Visitor(world)
    world.turnClock(60_000)
    const late = await other.submit(await other.get(authorizeRequest(world, app).url), { identifier: number, do: 'next' })
    const dead = world.codeIn(await world.textTo(number))
    world.turnClock(300_001)
    assert.equal((await other.submit(late, { code: dead, do: 'next' })).status, 400)
    assert.equal(other.left, undefined)
  })

  test(`another browser has no part in a sign-in it was sent the address of, on ${database.name}`, async () => {
    const { world, app, visitor, first } = await begin(database)
    await using _ = world
    const page = await visitor.submit(first, { identifier: number, do: 'next' })
    const code = world.codeIn(await world.textTo(number))
    const fields = { t: formToken(page), code, do: 'next' }
    const stranger = new Visitor(world)
    const signingIn = new Visitor(world)
    await signingIn.get(authorizeRequest(world, app).url)
    const wearing = Object.assign(new Visitor(world), {
      cookies: signingIn.cookies.map((cookie) => ({ ...cookie, path: cookie.path.includes('/sign-in/') ? page.url : cookie.path })),
    })
    for (const other of [stranger, signingIn, wearing]) {
      assert.equal((await other.request('GET', page.url)).status, 410)
      assert.equal((await other.request('POST', page.url, fields)).status, 410)
    }
    const tampered = Object.assign(new Visitor(world), {
      cookies: visitor.cookies.map((cookie) => ({ ...cookie, value: `${cookie.value}x` })),
    })
    assert.equal((await tampered.request('POST', page.url, fields)).status, 410)
    // Nothing was used up meanwhile.
    assert.match((await visitor.submit(page, { code, do: 'next' })).text, /name="stay"/)
  })

  test(`a form of another site, or without its token, does nothing, on ${database.name}`, async () => {
    const { world, visitor, first } = await begin(database)
    await using _ = world
    const path = first.url
    const token = formToken(first)
    for (const site of ['cross-site', 'same-site', 'nonsense']) {
      const forged = Object.assign(new Visitor(world, { 'sec-fetch-site': site }), { cookies: visitor.cookies })
      assert.equal((await forged.request('POST', path, { t: token, identifier: number, do: 'next' })).status, 303)
    }
    for (const t of ['', `${token}x`, token.slice(1), 'A'.repeat(22), token.toLowerCase()]) {
      assert.equal((await visitor.request('POST', path, { t, identifier: number, do: 'next' })).status, 303)
    }
    assert.equal(headingOf(await visitor.get(path)), enterName)
    await world.textsSent()
    assert.equal(world.texts().length, 0)
  })

  test(`a text is repeated only when its time has come, with the same code, and not without end, on ${database.name}`, async () => {
    const { world, visitor, first } = await begin(database)
    await using _ = world
    const page = await visitor.submit(first, { identifier: number, do: 'next' })
    const code = world.codeIn(await world.textTo(number))
    await visitor.submit(page, { do: 'resend' })
    await world.textsSent()
    assert.equal(world.texts().length, 1, 'too soon')
    world.turnClock(31_000)
    const twice = { t: formToken(page), do: 'resend' }
    await Promise.all([visitor.request('POST', page.url, twice), visitor.request('POST', page.url, twice)])
    assert.equal(world.codeIn(await world.textTo(number)), code)
    assert.equal(world.texts().length, 2)
    for (let times = 0; times < 10; times++) {
      world.turnClock(301_000)
      await visitor.submit(await visitor.get(page.url), { do: 'resend' }).catch(() => undefined)
    }
    await world.textsSent()
    assert.ok(world.texts().length <= 5, `${world.texts().length} texts`)
  })

  test(`a name suggested by an app fills the field and sends nothing, on ${database.name}`, async () => {
    const { world, app } = await begin(database)
    await using _ = world
    const visitor = new Visitor(world)
    const page = await visitor.get(authorizeRequest(world, app, { login_hint: number }).url)
    assert.match(page.text, /name="identifier"[^>]* value="\+31612345678"/)
    await visitor.get(authorizeRequest(world, app, { login_hint: '"><script>alert(1)</script>' }).url)
    const long = await visitor.get(authorizeRequest(world, app, { login_hint: 'x'.repeat(5_000) }).url)
    assert.equal(long.status, 200)
    await world.textsSent()
    assert.equal(world.texts().length, 0)
  })
}
