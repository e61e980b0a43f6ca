import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PolicyId } from '#contract/method-ids.ts'
import { canonicalNumber } from '#server/domain/phone-number.ts'
import { authorizeRequest, type PageAnswer, passwordPageOf, registerApp, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type TestDatabase, type World } from '#test/world.ts'

const password = 'een fiets in de regen'
const number = '+31612345678'
const address = 'anna@example.org'
const national = { country: 'NL', national: '06 12345678', do: 'next' }

/** Everybody has to have these, and may have the others; Anna has nothing but a password. */
async function demanding(database: TestDatabase, demanded: readonly PolicyId[], allowed: readonly PolicyId[] = []) {
  const world = await startWorld(database, { startsAt: new Date() })
  const anna = await world.person('anna', { preferredLanguage: 'en' })
  await world.password(anna, password)
  for (const method of allowed) await world.allow(method)
  for (const method of demanded) await world.allow(method, { demanded: true })
  return { world, anna, app: await registerApp(world), [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

type Stage = Awaited<ReturnType<typeof demanding>>

async function toFirstStep({ world, anna, app }: Stage) {
  const { page, visitor } = await passwordPageOf(world, app, anna.userPrincipalName)
  const intro = await visitor.submit(page, { password, do: 'next' })
  return { visitor, intro, page: await visitor.submit(intro, { do: 'confirm' }) }
}

/** Who has a phone and signs in by a password shows first that they have the phone. */
async function toOwnProof(stage: Stage, to: string) {
  const { visitor, page } = await toFirstStep(stage)
  assert.match(page.text, /First show that it is you/)
  assert.doesNotMatch(page.text, new RegExp(to.slice(-8)), 'its end is enough to know it by')
  const next = await visitor.submit(page, { code: stage.world.codeIn(await stage.world.textTo(to)), do: 'next' })
  return { visitor, page: next }
}

async function press(world: World, page: PageAnswer, keys = `${digitOn(page)}#`, to = number): Promise<void> {
  const { id } = await world.callTo(to)
  const phone = world.client(undefined)
  await phone.post(`/inbox/calls/${id}/answer`)
  await phone.post(`/inbox/calls/${id}/keys`, { keys })
}

function digitOn({ text }: PageAnswer): string {
  return /<bdi dir="ltr">([1-9]) #<\/bdi>/.exec(text)?.[1] ?? assert.fail(`no digit in ${text.slice(0, 3_000)}`)
}

function isIn({ left }: Visitor): boolean {
  return left?.searchParams.has('code') === true
}

const heading = ({ text }: PageAnswer) => /<h1>(.*?)<\/h1>/.exec(text)?.[1]
const noticeIn = ({ text }: PageAnswer) => /<p class="notice" role="status">([^<]+)/.exec(text)?.[1]

for (const database of databases) {
  test(`what is missing is asked one after the other, the strongest first, and never what is there, on ${database.name}`, async () => {
    await using stage = await demanding(database, ['email', 'sms'])
    const { world, anna } = stage
    const { visitor, intro, page } = await toFirstStep(stage)
    assert.match(intro.text, /<li>Your phone number[\s\S]*<li>An e-mail address/)
    assert.equal(heading(page), 'Set up your phone')
    assert.match(page.text, /step 1 of 2/)
    const codePage = await visitor.submit(page, national)
    const mailPage = await visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' })
    assert.equal(heading(mailPage), 'Set up your e-mail address')
    assert.match(mailPage.text, /step 2 of 2/)
    assert.equal(noticeIn(mailPage), 'The text message is verified, and your phone is registered.')
    assert.doesNotMatch(mailPage.text, /value="different"/)

    // The tab is closed; what was added stays, and only the rest is asked.
    world.turnClock(60_000)
    const later = await toOwnProof(stage, number)
    assert.equal(heading(later.page), 'Set up your e-mail address')
    assert.doesNotMatch(later.page.text, /step \d/)
    const mailCode = await later.visitor.submit(later.page, { email: 'Anna@Example.org', do: 'next' })
    assert.match(mailCode.text, /We sent an e-mail with a code to .*Anna@example\.org/)
    const code = world.codeIn((await world.mailTo('Anna@example.org')).text)
    const review = await later.visitor.submit(mailCode, { code, do: 'next' })
    assert.equal(noticeIn(review), 'Your e-mail address is verified and registered.')
    assert.match(review.text, /A•••@example\.org/)
    await later.visitor.submit(await later.visitor.submit(review, { do: 'next' }), { stay: 'no' })
    assert.ok(isIn(later.visitor))
    assert.equal((await world.system.emailMethods.ofUser(anna.id))?.address, 'Anna@example.org')
    const all = (await world.auditTrail()).filter((activity) => activity === 'User registered all required security info')
    assert.equal(all.length, 1)
  })

  test(`somebody who would rather begin with another method does, on ${database.name}`, async () => {
    await using stage = await demanding(database, ['email', 'sms'])
    const { world } = stage
    const { visitor, page } = await toFirstStep(stage)
    const choice = await visitor.submit(page, { do: 'different' })
    assert.match(choice.text, /name="method" value="phone"[\s\S]*name="method" value="email"/)
    assert.equal(heading(await visitor.submit(choice, { do: 'back' })), 'Set up your phone')
    const mailPage = await visitor.submit(await visitor.submit(await visitor.get(page.url), { do: 'different' }), { method: 'email' })
    for (const [typed, words] of [
      ['', 'Type an e-mail address.'],
      ['anna', 'This is not an e-mail address. It looks like name@example.com.'],
      [`${'a'.repeat(300)}@example.org`, 'This is not an e-mail address. It looks like name@example.com.'],
    ]) {
      const answer = await visitor.submit(mailPage, { email: typed ?? '', do: 'next' })
      assert.equal(answer.status, 400)
      assert.ok(answer.text.includes(words ?? ''), typed)
    }
    const mailCode = await visitor.submit(mailPage, { email: address, do: 'next' })
    const missing = await visitor.submit(mailCode, { code: '', do: 'next' })
    assert.match(missing.text, /Type the six digits from the e-mail/)
    const phonePage = await visitor.submit(mailCode, { code: world.codeIn((await world.mailTo(address)).text), do: 'next' })
    assert.equal(heading(phonePage), 'Set up your phone')
  })

  test(`a number can be proven by a call where that will do: the page shows the digit and follows along, on ${database.name}`, async () => {
    await using stage = await demanding(database, ['voice'], ['sms'])
    const { world, anna } = stage
    const { visitor, page } = await toFirstStep(stage)
    assert.match(page.text, /value="sms" checked[\s\S]*value="voice"/)
    const ringing = await visitor.submit(page, { ...national, channel: 'voice' })
    assert.equal(heading(ringing), 'We are calling you')
    assert.equal(ringing.headers.refresh, '4')
    const early = await visitor.submit(ringing, { do: 'next' })
    assert.equal(digitOn(early), digitOn(ringing), 'pressing too soon costs nothing')
    await press(world, ringing)
    const passed = await visitor.get(ringing.url)
    assert.match(passed.text, /That was the right digit/)
    assert.equal(passed.headers.refresh, undefined)
    assert.deepEqual(await world.system.phones.ofUser(anna.id), [], 'nothing is half added')
    const review = await visitor.submit(passed, { do: 'next' })
    assert.equal(noticeIn(review), 'The call is verified, and your phone is registered.')
    await visitor.submit(await visitor.submit(review, { do: 'next' }), { stay: 'no' })
    assert.ok(isIn(visitor))
    assert.partialDeepStrictEqual(await world.system.phones.ofUser(anna.id), [{ number, isVoiceOnly: true }])
  })

  test(`a wrong key adds nothing, and one may be called again, on ${database.name}`, async () => {
    await using stage = await demanding(database, ['voice'])
    const { world, anna } = stage
    const { visitor, page } = await toFirstStep(stage)
    assert.match(page.text, /We call you\./)
    const ringing = await visitor.submit(page, national)
    const wrong = String((Number(digitOn(ringing)) % 9) + 1)
    for (let times = 0; times < 3; times++) await press(world, ringing, `${wrong}#`)
    const told = await visitor.get(ringing.url)
    assert.match(told.text, /Those were not the right keys/)
    assert.deepEqual(await world.system.phones.ofUser(anna.id), [])
    world.turnClock(4 * 60_000)
    const again = await visitor.submit(await visitor.get(ringing.url), { do: 'resend' })
    assert.equal(heading(again), 'We are calling you')
    await press(world, again)
    await visitor.submit(await visitor.get(ringing.url), { do: 'next' })
    assert.equal((await world.system.phones.ofUser(anna.id)).length, 1)
  })

  test(`who has to be texted has to show that texts arrive, whatever a call has shown, on ${database.name}`, async () => {
    await using stage = await demanding(database, ['sms', 'voice'])
    const { world, anna } = stage
    const { page } = await toFirstStep(stage)
    assert.doesNotMatch(page.text, /name="channel"/)
    const called = { userId: anna.id, type: 'mobile', isVoiceOnly: true, signInWish: 'never tried', isSignInName: false } as const
    const other = { ...called, number: canonicalNumber('+31687654321'), extension: undefined }
    await world.system.inTransaction(({ phones }) => phones.add(other, world.now))
    const later = await toFirstStep(stage)
    await press(world, later.page, undefined, other.number)
    const phonePage = await later.visitor.submit(await later.visitor.get(later.page.url), { do: 'next' })
    assert.equal(heading(phonePage), 'Set up your phone', 'a call is not a text')
    const codePage = await later.visitor.submit(phonePage, national)
    const review = await later.visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' })
    assert.equal(heading(review), 'Looks good!')
    assert.partialDeepStrictEqual(await world.system.phones.ofUser(anna.id), [{ number, isVoiceOnly: false }])
  })

  test(`a stolen password adds nothing beside the phone somebody has, on ${database.name}`, async () => {
    await using stage = await demanding(database, ['email'], ['sms'])
    const { world, anna } = stage
    await world.number(anna, number, { signIn: false })
    const { visitor, page } = await toFirstStep(stage)
    const right = world.codeIn(await world.textTo(number))
    const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0')
    assert.match((await visitor.submit(page, { code: wrong, do: 'next' })).text, /You can try 4 more times/)
    for (const fields of [{ method: 'email' }, { do: 'different' }, { do: 'back' }, { email: address, do: 'next' }, { do: 'confirm' }]) {
      const answer = await visitor.submit(await visitor.get(page.url), fields)
      assert.doesNotMatch(answer.text, /name="email"/, JSON.stringify(fields))
    }
    await world.textsSent()
    assert.equal(await world.system.emailMethods.ofUser(anna.id), undefined)
    assert.ok(!isIn(visitor))

    const again = await visitor.submit(await visitor.get(page.url), { do: 'confirm' })
    const [one, two] = await Promise.all([1, 2].map(() => visitor.submit(again, { code: right, do: 'next' })))
    // Of two presses at once, the one that comes second may find the first page of what is still missing.
    const onward = /name="email"|Your organisation needs more information/
    for (const each of [one, two]) assert.match(each?.text ?? '', onward)
    const next = await visitor.get(page.url)
    const mailPage = next.text.includes('name="email"') ? next : await visitor.submit(next, { do: 'next' })
    assert.match(mailPage.text, /name="email"/)
    const mailCode = await visitor.submit(mailPage, { email: address, do: 'next' })
    const review = await visitor.submit(mailCode, { code: world.codeIn((await world.mailTo(address)).text), do: 'next' })
    await visitor.submit(await visitor.submit(review, { do: 'next' }), { stay: 'no' })
    assert.ok(isIn(visitor))
  })

  test(`what is forbidden meanwhile is said, and the next is asked, on ${database.name}`, async () => {
    await using stage = await demanding(database, ['email', 'sms'])
    const { world, anna } = stage
    const { visitor, page } = await toFirstStep(stage)
    const codePage = await visitor.submit(page, national)
    const code = world.codeIn(await world.textTo(number))
    await world.allow('sms', { group: await world.group('drivers'), demanded: true })
    const mailPage = await visitor.submit(codePage, { code, do: 'next' })
    assert.equal(heading(mailPage), 'Set up your e-mail address')
    assert.equal(noticeIn(mailPage), 'Your organisation has just changed what it allows. Go on with this instead.')
    assert.deepEqual(await world.system.phones.ofUser(anna.id), [])
  })

  test(`who signs in by a text and lacks an address is asked for that alone, on ${database.name}`, async () => {
    await using stage = await demanding(database, ['email', 'sms'])
    const { world, anna, app } = stage
    await world.number(anna, number)
    const visitor = new Visitor(world)
    const codePage = await visitor.submit(await visitor.get(authorizeRequest(world, app).url), { identifier: number, do: 'next' })
    const intro = await visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' })
    assert.match(intro.text, /An e-mail address/)
    assert.doesNotMatch(intro.text, /<li>Your phone number/)
    const mailPage = await visitor.submit(intro, { do: 'confirm' })
    const mailCode = await visitor.submit(mailPage, { email: address, do: 'next' })
    const review = await visitor.submit(mailCode, { code: world.codeIn((await world.mailTo(address)).text), do: 'next' })
    await visitor.submit(await visitor.submit(review, { do: 'next' }), { stay: 'yes' })
    assert.ok(isIn(visitor))
  })

  test(`a number that waits to be a name is asked about once all else is done, on ${database.name}`, async () => {
    await using stage = await demanding(database, ['email', 'sms'])
    const { world, anna, app } = stage
    const admin = await world.as('Authentication Administrator')
    const phones = (id: string) => `/v1.0/users/${id}/authentication/phoneMethods`
    const before = await world.person('before')
    for (const { id } of [before, anna]) await admin.post(phones(id), { phoneNumber: number, phoneType: 'mobile' })
    await admin.delete(`${phones(before.id)}/3179e48a-750b-4051-897c-87b9720928f7`)
    // Its owner of before is told that it is gone; whoever has it now gets a code there after that.
    await world.textsSent()

    const visitor = new Visitor(world)
    const codePage = await visitor.submit(await visitor.get(authorizeRequest(world, app).url), { identifier: number, do: 'next' })
    const intro = await visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' })
    const mailPage = await visitor.submit(intro, { do: 'confirm' })
    const mailCode = await visitor.submit(mailPage, { email: address, do: 'next' })
    const review = await visitor.submit(mailCode, { code: world.codeIn((await world.mailTo(address)).text), do: 'next' })
    const question = await visitor.submit(review, { do: 'next' })
    assert.match(question.text, /name="keep"/)
    await visitor.submit(await visitor.submit(question, { keep: 'yes' }), { stay: 'no' })
    assert.ok(isIn(visitor))
  })
}
