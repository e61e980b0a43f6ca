import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { User } from '#server/domain/user.ts'
import { authorizeRequest, type PageAnswer, passwordPageOf, registerApp, type Visitor } from '#test/visitor.ts'
import { databases, startWorld, type TestDatabase, type World } from '#test/world.ts'

const password = 'een fiets in de regen'
const number = '+31612345678'
const national = { country: 'NL', national: '06 12345678', do: 'next' }

/** Everybody has to have a phone, and Anna has none: she signs in by her password. */
async function demanding(database: TestDatabase) {
  const world = await startWorld(database, { startsAt: new Date() })
  const anna = await world.person('anna', { preferredLanguage: 'en' })
  await world.password(anna, password)
  await world.allow('sms', { demanded: true })
  return { world, anna, app: await registerApp(world), [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

type Stage = Awaited<ReturnType<typeof demanding>>

async function arrive({ world, anna, app }: Stage) {
  const { page, visitor } = await passwordPageOf(world, app, anna.userPrincipalName)
  return { visitor, intro: await visitor.submit(page, { password, do: 'next' }) }
}

async function toCode(stage: Stage, fields = national) {
  const { visitor, intro } = await arrive(stage)
  const phonePage = await visitor.submit(intro, { do: 'confirm' })
  return { visitor, phonePage, codePage: await visitor.submit(phonePage, fields) }
}

/** The code that was texted to a number just now. */
async function code(world: World, to = number): Promise<string> {
  return world.codeIn(await world.textTo(to))
}

async function phones(world: World, { id }: Pick<User, 'id'>): Promise<string[]> {
  return (await world.system.phones.ofUser(id)).map((phone) => phone.number)
}

function isIn({ left }: Visitor): boolean {
  return left?.searchParams.has('code') === true
}

function heading({ text }: PageAnswer): string {
  return /<h1>(.*?)<\/h1>/.exec(text)?.[1]?.replaceAll(/<[^>]*>/g, '') ?? assert.fail(`no page in ${text.slice(0, 500)}`)
}

async function lastResult(world: World): Promise<number> {
  const list = await (await world.as('Reports Reader')).get('/beta/auditLogs/signIns')
  return list.body.value[0].status.errorCode
}

const errorIn = ({ text }: PageAnswer) => /<p class="error"[^>]*>([^<]*)/.exec(text)?.[1]
const noticeIn = ({ text }: PageAnswer) => /<p class="notice" role="status">([^<]+)/.exec(text)?.[1]

for (const database of databases) {
  test(`who lacks a method that policy demands registers it before the app hears of them, on ${database.name}`, async () => {
    await using stage = await demanding(database)
    const { world, anna } = stage
    const { visitor, intro } = await arrive(stage)
    assert.equal(heading(intro), 'Your organisation needs more information')
    assert.match(intro.text, /It never lets your organisation into your phone/)
    assert.equal(await lastResult(world), 50072)

    const phonePage = await visitor.submit(intro, { do: 'confirm' })
    assert.match(phonePage.text, /Keep your account secure/)
    assert.match(phonePage.text, /<option value="NL" selected>/)
    const codePage = await visitor.submit(phonePage, national)
    assert.match(codePage.text, /\+31 612345678/)
    assert.deepEqual(await phones(world, anna), [], 'nothing is half added')
    const review = await visitor.submit(codePage, { code: await code(world), do: 'next' })
    assert.equal(heading(review), 'Looks good!')
    assert.equal(noticeIn(review), 'The text message is verified, and your phone is registered.')
    assert.doesNotMatch(review.text, /12345678/, 'whoever looks over a shoulder learns no number')
    const stay = await visitor.submit(review, { do: 'next' })
    await visitor.submit(stay, { stay: 'no' })
    assert.ok(isIn(visitor))
    assert.deepEqual(await phones(world, anna), [number])
    assert.equal(await lastResult(world), 0)
    const [started, registered, all] = (await world.auditEvents()).slice(-3)
    assert.partialDeepStrictEqual(started, { activity: 'User started security info registration', actor: { id: anna.id } })
    assert.partialDeepStrictEqual(registered, { activity: 'User registered security info', details: { SmsSignInState: 'ready' } })
    assert.partialDeepStrictEqual(all, { activity: 'User registered all required security info' })

    const again = await arrive(stage)
    assert.match(again.intro.text, /name="stay"/, 'asked once')
  })

  test(`a code of five digits, letters, a wrong one and an old one each have their own words, on ${database.name}`, async () => {
    await using stage = await demanding(database)
    const { world, anna } = stage
    const { visitor, codePage } = await toCode(stage)
    const right = await code(world)
    const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0')
    for (const [typed, words] of [
      ['', 'Type the six digits from the text message.'],
      ['12345', 'A code has six digits, and nothing else.'],
      ['abcdef', 'A code has six digits, and nothing else.'],
      [wrong, 'That is not the code. You can try 4 more times.'],
    ]) {
      const answer = await visitor.submit(codePage, { code: typed ?? '', do: 'next' })
      assert.deepEqual([answer.status, errorIn(answer)], [400, words])
    }
    world.turnClock(5 * 60_000 + 1_000)
    const late = await visitor.get(codePage.url)
    assert.equal(errorIn(late), 'This code has run out. Have a new one sent.')
    const resent = await visitor.submit(late, { do: 'resend' })
    assert.match(resent.text, /Sent again/)
    assert.deepEqual(await phones(world, anna), [])
    await visitor.submit(resent, { code: await code(world), do: 'next' })
    assert.deepEqual(await phones(world, anna), [number])
  })

  test(`what is no number of one's own to be texted is said on the page, on ${database.name}`, async () => {
    await using stage = await demanding(database)
    const { visitor, intro } = await arrive(stage)
    const phonePage = await visitor.submit(intro, { do: 'confirm' })
    for (const [fields, words] of [
      [{ national: '' }, 'Type your phone number.'],
      [{ national: 'zes' }, 'This is not a phone number of that country.'],
      [{ national: '9'.repeat(200) }, 'This is not a phone number of that country.'],
      [{ national: '020 1234567' }, 'Codes do not reach this kind of number. Use another number.'],
      [{ national: '+46 701740605' }, 'Your organisation sends no codes to this country. Use another number, or ask the helpdesk.'],
      [{ country: "'" }, 'This is not a phone number of that country.'],
    ] as const) {
      const answer = await visitor.submit(phonePage, { ...national, ...fields })
      assert.deepEqual([answer.status, errorIn(answer)], [400, words], JSON.stringify(fields))
    }
    await stage.world.textsSent()
    assert.equal(stage.world.texts().length, 0)
  })

  test(`who stops is not signed in, and is asked again the next time, on ${database.name}`, async () => {
    await using stage = await demanding(database)
    const { world, anna } = stage
    const { visitor, codePage } = await toCode(stage)
    await visitor.submit(codePage, { do: 'cancel' })
    assert.equal(visitor.left?.searchParams.get('error'), 'access_denied')
    assert.equal(await lastResult(world), 50079)
    assert.partialDeepStrictEqual((await world.auditEvents()).at(-1), {
      activity: 'User canceled security info registration',
      actor: { id: anna.id },
    })
    assert.deepEqual(await phones(world, anna), [])

    // The same browser, another sign-in: the tab was only closed.
    const { intro } = await arrive(stage)
    assert.equal(heading(intro), 'Your organisation needs more information')
  })

  test(`no way leads round it: neither the protocol's address, nor another form, nor the button back, on ${database.name}`, async () => {
    await using stage = await demanding(database)
    const { world, app } = stage
    const { visitor, intro } = await arrive(stage)
    for (const fields of [
      { stay: 'no' },
      { keep: 'yes' },
      { code: '123456', do: 'next' },
      { do: 'later' },
      { method: 'email' },
      { do: 'resend' },
    ]) {
      await visitor.submit(await visitor.get(intro.url), fields)
      assert.ok(!visitor.left, JSON.stringify(fields))
    }
    const back = await visitor.get(intro.url.replace('/sign-in/', '/oauth2/v2.0/authorize/'))
    assert.ok(!isIn(visitor), back.text.slice(0, 200))
    const fresh = await visitor.get(authorizeRequest(world, app).url)
    assert.match(fresh.text, /name="identifier"/, 'there is no session')

    const { visitor: other, phonePage, codePage } = await toCode(stage)
    const right = await code(world)
    const earlier = await other.submit(phonePage, { ...national, national: '06 87654321' })
    assert.equal(heading(earlier), 'Type the code', 'a form of an earlier step shows where one is')
    const phoneAgain = await other.submit(codePage, { do: 'back' })
    assert.match(phoneAgain.text, /name="national"/)
    const moved = await other.submit(codePage, { code: right, do: 'next' })
    assert.match(moved.text, /name="national"/)
    assert.ok(!isIn(other))
  })

  test(`a number that somebody signs in with is kept to verify, and only its owner hears whose it is not, on ${database.name}`, async () => {
    await using stage = await demanding(database)
    const { world, anna } = stage
    await world.number(await world.person('bea'), number)
    const { visitor, codePage } = await toCode(stage)
    assert.doesNotMatch(codePage.text, /omebody else/)
    const review = await visitor.submit(codePage, { code: await code(world), do: 'next' })
    assert.match(review.text, /Somebody else in your organisation signs in with this number/)
    assert.deepEqual(await phones(world, anna), [number])
    await visitor.submit(await visitor.submit(review, { do: 'next' }), { stay: 'no' })
    assert.ok(isIn(visitor))
  })

  test(`where a number may be only one person's, a taken one is told after the proof and not added, on ${database.name}`, async () => {
    await using stage = await demanding(database)
    const { world, anna } = stage
    await world.number(await world.person('bea'), number, { signIn: false })
    await world.system.inTransaction(async ({ settings }) => settings.set({ ...(await settings.get()), uniqueNumbers: 'tenantWide' }))
    world.system.reload()
    const { visitor, codePage } = await toCode(stage)
    const told = await visitor.submit(codePage, { code: await code(world), do: 'next' })
    assert.match(errorIn(told) ?? '', /^This number belongs to somebody else in your organisation, so it was not added/)
    assert.deepEqual(await phones(world, anna), [])
    const codeAgain = await visitor.submit(told, { ...national, national: '06 87654321' })
    await visitor.submit(codeAgain, { code: await code(world, '+31687654321'), do: 'next' })
    assert.deepEqual(await phones(world, anna), ['+31687654321'])
  })

  test(`the right code pressed twice adds once, and both go on, on ${database.name}`, async () => {
    await using stage = await demanding(database)
    const { world, anna } = stage
    const { visitor, codePage } = await toCode(stage)
    const right = await code(world)
    const answers = await Promise.all([1, 2, 3].map(() => visitor.submit(codePage, { code: right, do: 'next' })))
    for (const answer of answers) assert.match(answer.text, /Looks good!|name="stay"/)
    assert.deepEqual(await phones(world, anna), [number])
    const events = (await world.auditTrail()).filter((activity) => activity === 'User registered security info')
    assert.equal(events.length, 1)
  })

  test(`two windows that register at once end with one number, and both people are in, on ${database.name}`, async () => {
    await using stage = await demanding(database)
    const { world, anna } = stage
    const one = await toCode(stage)
    const two = await toCode(stage, { ...national, national: '06 87654321' })
    const codes = [await code(world), await code(world, '+31687654321')]
    const [first, second] = await Promise.all(
      [one, two].map(({ visitor, codePage }, index) => visitor.submit(codePage, { code: codes[index] ?? '', do: 'next' })),
    )
    assert.equal((await phones(world, anna)).length, 1)
    for (const [{ visitor }, page] of [
      [one, first],
      [two, second],
    ] as const) {
      const next = page?.text.includes('Looks good!') ? await visitor.submit(page, { do: 'next' }) : (page ?? assert.fail())
      await visitor.submit(next, { stay: 'no' })
      assert.ok(isIn(visitor))
    }
  })

  test(`policy that changes under somebody is followed: no longer demanded they go on, no longer allowed they go on too, on ${database.name}`, async () => {
    await using stage = await demanding(database)
    const { world, anna } = stage
    const { visitor, codePage } = await toCode(stage)
    await world.allow('sms')
    const stay = await visitor.submit(codePage, { code: await code(world), do: 'next' })
    assert.match(stay.text, /name="stay"/)
    await visitor.submit(stay, { stay: 'no' })
    assert.ok(isIn(visitor))
    assert.equal(await lastResult(world), 0)
    assert.deepEqual(await phones(world, anna), [])
  })

  test(`three new numbers a day are enough, and the page says so, on ${database.name}`, async () => {
    await using stage = await demanding(database)
    const { visitor, intro } = await arrive(stage)
    let page = await visitor.submit(intro, { do: 'confirm' })
    for (const each of ['06 12345671', '06 12345672', '06 12345673']) {
      page = await visitor.submit(await visitor.submit(page, { ...national, national: each }), { do: 'back' })
    }
    const told = await visitor.submit(page, { ...national, national: '06 12345674' })
    assert.deepEqual(
      [told.status, errorIn(told)],
      [429, 'You have tried several new numbers already. Try again tomorrow, or ask the helpdesk.'],
    )
  })

  test(`when all sessions are ended meanwhile, the proof that waits counts no more, on ${database.name}`, async () => {
    await using stage = await demanding(database)
    const { world, anna } = stage
    const { visitor, codePage } = await toCode(stage)
    world.turnClock(1_000)
    await world.system.inTransaction(({ users }) => users.endSessions(anna.id, world.now))
    const gone = await visitor.submit(codePage, { code: await code(world), do: 'next' })
    assert.match(gone.text, /name="identifier"/)
    assert.deepEqual(await phones(world, anna), [])
    assert.ok(!isIn(visitor))
  })
}
