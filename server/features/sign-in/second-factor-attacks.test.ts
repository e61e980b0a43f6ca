import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  arrive,
  begin,
  byPassword,
  byText,
  errorIn,
  heading,
  isIn,
  mfa,
  number,
  password,
  type Stage,
  stayOut,
  tokens,
  waysIn,
} from '#test/second-factor-stage.ts'
import { authorizeRequest, formToken, type PageAnswer, Visitor } from '#test/visitor.ts'
import { databases } from '#test/world.ts'

const insisting = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: mfa } } }) }

/** Up to the page on which the code is typed, behind a right password. */
async function toCode(stage: Stage, visitor = new Visitor(stage.world)) {
  const { asked, page } = await arrive(stage, visitor)
  const choice = await byPassword(visitor, page, stage.anna)
  const codePage = await visitor.submit(choice, { way: 'sms' })
  return { visitor, asked, choice, codePage, code: stage.world.codeIn(await stage.world.textTo(number)) }
}

/** Whatever is sent from this page, in any order, nobody comes in. */
async function isShut(visitor: Visitor, page: PageAnswer): Promise<void> {
  const forms: Record<string, string>[] = [
    { do: 'next' },
    { code: '123456', do: 'next' },
    { password: 'a guess', do: 'next' },
    { do: 'resend' },
    { do: 'different' },
    { do: 'confirm' },
    { do: 'later' },
    { stay: 'yes' },
    { keep: 'yes' },
    { account: 'x' },
    { organisation: 'x' },
    { method: 'phone' },
    { new_password: 'a new one of my own', again: 'a new one of my own' },
  ]
  for (const fields of forms) {
    await visitor.submit(await visitor.get(page.url), fields)
    assert.equal(isIn(visitor), false, JSON.stringify(fields))
  }
}

for (const database of databases) {
  test(`one factor opens nothing, whatever is sent from the page that asks for the other, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const first = await arrive(stage)
    await isShut(first.visitor, await byPassword(first.visitor, first.page, stage.anna))
    const second = await arrive(stage)
    await isShut(second.visitor, await byText(stage, second.visitor, second.page))
  })

  test(`who leaves for the protocol with one factor is asked for everything again, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { visitor, page } = await arrive(stage)
    const choice = await byPassword(visitor, page, stage.anna)
    const uid = choice.url.split('/').at(-1)
    const back = await visitor.get(`/${stage.world.tenantId}/oauth2/v2.0/authorize/${uid}`)
    assert.equal(isIn(visitor), false)
    assert.match(back.text, /name="identifier"/)
  })

  test(`a text and a call to the same phone are one factor, and nothing rings, on ${database.name}`, async () => {
    await using stage = await begin(database, { hasPassword: false })
    const { visitor, page } = await arrive(stage)
    const missing = await byText(stage, visitor, page)
    const texts = stage.world.texts().length
    for (const way of ['sms', 'voiceMobile', 'voiceAlternateMobile', 'voiceOffice']) await visitor.submit(missing, { way })
    assert.equal(stage.world.texts().length, texts)
    assert.equal((await stage.world.callInbox.calls()).length, 0)
    assert.equal(isIn(visitor), false)
  })

  test(`of eight right codes at once, and of eight right passwords, one sign-in comes, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { visitor, codePage, code } = await toCode(stage)
    const t = formToken(codePage)
    const answers = await Promise.all(Array.from({ length: 8 }, () => visitor.request('POST', codePage.url, { t, code, do: 'next' })))
    // Five tries are paid for, whoever pays them.
    assert.ok(answers.every(({ status }) => status === 303 || status === 400))
    assert.ok(answers.some(({ status }) => status === 303))
    const steps = async () => {
      const list = await (await stage.world.as('Reports Reader')).get('/beta/auditLogs/signIns')
      const [row] = list.body.value
      return row.authenticationDetails.filter((one: { succeeded: boolean; authenticationStepRequirement: string }) => {
        return one.succeeded && one.authenticationStepRequirement === 'Secondary authentication'
      }).length
    }
    assert.equal(await steps(), 1)

    stage.world.turnClock(60_000)
    const other = await arrive(stage)
    const passwordPage = await byText(stage, other.visitor, other.page)
    const fields = { t: formToken(passwordPage), password, do: 'next' }
    const all = await Promise.all(Array.from({ length: 8 }, () => other.visitor.request('POST', passwordPage.url, fields)))
    assert.deepEqual([...new Set(all.map(({ status }) => status))], [303])
    assert.equal(await steps(), 1)
  })

  test(`a code that went to another browser opens nothing here, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const victim = await toCode(stage)
    const thief = await arrive(stage)
    await byPassword(thief.visitor, thief.page, stage.anna)
    const stolen = victim.visitor.cookies.find(({ name }) => name.includes('flow'))
    const own = thief.visitor.cookies.find(({ name }) => name.includes('flow'))
    assert.ok(stolen && own)
    own.value = stolen.value
    const page = await thief.visitor.get(own.path)
    await thief.visitor.submit(page, { code: victim.code, do: 'next' })
    assert.equal(isIn(thief.visitor), false)
  })

  test(`a second factor of one person does not finish the sign-in of another, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const tom = await stage.world.person('tim')
    await stage.world.password(tom, password)
    const { visitor, codePage, code } = await toCode(stage)
    const anew = await visitor.submit(await visitor.submit(codePage, { do: 'different' }), { do: 'back' })
    const missing = await byPassword(visitor, anew, tom)
    assert.equal(missing.status, 403)
    await visitor.submit(missing, { code, do: 'next' })
    await visitor.submit(missing, { way: 'sms' })
    assert.equal(isIn(visitor), false)
  })

  test(`two windows of one browser do not add up, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const visitor = new Visitor(stage.world)
    const one = await arrive(stage, visitor)
    const two = await arrive(stage, visitor)
    const afterPassword = await byPassword(visitor, one.page, stage.anna)
    const afterText = await byText(stage, visitor, two.page)
    assert.deepEqual(waysIn(await visitor.get(afterPassword.url)), ['sms', 'voiceMobile'])
    assert.equal(heading(await visitor.get(afterText.url)), 'Now your password')
    assert.equal(isIn(visitor), false)
  })

  test(`what is set up in a sign-in is no factor of it, on ${database.name}`, async () => {
    await using stage = await begin(database, { hasPhone: false })
    await stage.world.allow('sms', { demanded: true })
    const { visitor, asked, page } = await arrive(stage, undefined, {})
    const intro = await byPassword(visitor, page, stage.anna)
    const phonePage = await visitor.submit(intro, { do: 'confirm' })
    const codePage = await visitor.submit(phonePage, { country: 'NL', national: '06 12345678', do: 'next' })
    let next = await visitor.submit(codePage, { code: stage.world.codeIn(await stage.world.textTo(number)), do: 'next' })
    if (next.text.includes('value="next"')) next = await visitor.submit(next, { do: 'next' })
    await stayOut(visitor, next)
    assert.deepEqual((await tokens(stage, visitor, asked.verifier)).amr, ['pwd'])
  })

  test(`a stolen password of somebody with a role brings no phone along, on ${database.name}`, async () => {
    await using stage = await begin(database, { hasPhone: false })
    await stage.world.allow('sms', { demanded: true })
    await stage.world.giveRole(stage.anna.id, 'User Administrator')
    const { visitor, asked, page } = await arrive(stage, undefined, {})
    await stayOut(visitor, await byPassword(visitor, page, stage.anna))
    assert.deepEqual((await tokens(stage, visitor, asked.verifier)).amr, ['pwd'], 'nobody asked for a number')
    assert.deepEqual(await stage.world.system.phones.ofUser(stage.anna.id), [])
  })

  test(`what was taken away between the page and the answer proves nothing, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { visitor, codePage, code } = await toCode(stage)
    await stage.world.system.inTransaction(({ phones }) => phones.remove(stage.anna.id, 'mobile'))
    await visitor.submit(codePage, { code, do: 'next' })
    assert.equal(isIn(visitor), false)
  })

  test(`when their sessions are ended meanwhile, half a sign-in ends too, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { visitor, codePage, code } = await toCode(stage)
    stage.world.turnClock(1_000)
    const admin = await stage.world.as('User Administrator')
    assert.equal((await admin.post(`/v1.0/users/${stage.anna.id}/revokeSignInSessions`)).status, 200)
    const answer = await visitor.submit(codePage, { code, do: 'next' })
    assert.equal(isIn(visitor), false)
    assert.match(answer.text, /name="identifier"/)
  })

  test(`an app that wants a new sign-in gets all of one, on ${database.name}`, async () => {
    await using stage = await begin(database)
    for (const wish of [{ prompt: 'login' }, { max_age: '60' }]) {
      const first = await arrive(stage, undefined, {})
      await stayOut(first.visitor, await byPassword(first.visitor, first.page, stage.anna))
      stage.world.turnClock(5 * 60_000)
      // The library measures by the machine's own clock.
      const { page } = await arrive(stage, first.visitor, { acr_values: mfa, ...wish, ...(wish.max_age && { max_age: '0' }) })
      assert.match(page.text, /name="identifier"/)
    }
  })

  test(`half a day after the password, the password is asked again, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { world } = stage
    const first = await arrive(stage, undefined, {})
    const stay = await byPassword(first.visitor, first.page, stage.anna)
    await first.visitor.submit(stay, { stay: 'yes' })
    world.turnClock(9 * 3_600_000)
    const { page } = await arrive(stage, first.visitor)
    assert.match(page.text, /name="identifier"/)
  })

  test(`who asks quietly hears that more is needed, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const first = await arrive(stage, undefined, {})
    await stayOut(first.visitor, await byPassword(first.visitor, first.page, stage.anna))
    for (const wish of [{ acr_values: mfa }, insisting]) {
      const { visitor } = await arrive(stage, first.visitor, { prompt: 'none', ...wish })
      assert.equal(visitor.left?.searchParams.get('error'), 'interaction_required')
    }
  })

  test(`where a sign-in by text is not to be added to, a password does not help, on ${database.name}`, async () => {
    await using stage = await begin(database)
    await stage.world.system.inTransaction(async ({ settings }) => settings.set({ ...(await settings.get()), afterSmsSignIn: 'deny' }))
    stage.world.system.reload()
    const { visitor, page } = await arrive(stage)
    const missing = await byText(stage, visitor, page)
    assert.equal(missing.status, 403)
    assert.match(missing.text, /Start again with your user name and password/)
    await visitor.submit(missing, { password, do: 'next' })
    assert.equal(isIn(visitor), false)
    const anew = await visitor.submit(missing, { do: 'back' })
    assert.deepEqual(waysIn(await byPassword(visitor, anew, stage.anna)), ['sms', 'voiceMobile'])
  })

  test(`a wrong code costs, and the fifth is the last, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { visitor, codePage, code } = await toCode(stage)
    let page = codePage
    for (let tries = 0; tries < 5; tries++) page = await visitor.submit(page, { code: code === '111111' ? '222222' : '111111', do: 'next' })
    assert.match(String(errorIn(page)), /no longer works/)
    await visitor.submit(page, { code, do: 'next' })
    assert.equal(isIn(visitor), false)
  })

  test(`a call does as well as a text, and only the right key counts, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { visitor, asked, page } = await arrive(stage)
    const choice = await byPassword(visitor, page, stage.anna)
    const ringing = await visitor.submit(choice, { way: 'voiceMobile' })
    const call = await stage.world.callTo(number)
    const early = await visitor.submit(ringing, { do: 'next' })
    assert.equal(isIn(visitor), false)
    const [, digit = ''] = /<bdi dir="ltr">(\d) #/.exec(early.text) ?? []
    await stage.world.callInbox.act(call.id, 'answer')
    await stage.world.callInbox.press(call.id, '0#')
    await visitor.submit(early, { do: 'next' })
    assert.equal(isIn(visitor), false)
    await stage.world.callInbox.press(call.id, `${digit}#`)
    await stayOut(visitor, await visitor.submit(await visitor.get(ringing.url), { do: 'next' }))
    assert.deepEqual((await tokens(stage, visitor, asked.verifier)).amr, ['pwd', 'tel', 'mfa'])
  })
}

test('the app is told nothing of a sign-in that was half done', async () => {
  const [database] = databases
  assert.ok(database)
  await using stage = await begin(database)
  const { visitor, page } = await arrive(stage, undefined, insisting)
  await byPassword(visitor, page, stage.anna)
  await visitor.get(authorizeRequest(stage.world, stage.app, { prompt: 'none' }).url)
  assert.equal(visitor.left?.searchParams.get('error'), 'login_required')
})
