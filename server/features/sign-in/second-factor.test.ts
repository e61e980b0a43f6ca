import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeJwt } from 'jose'
import type { User } from '#server/domain/user.ts'
import { authorizeRequest, type PageAnswer, redeem, registerApp, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type TestDatabase, type World } from '#test/world.ts'

const password = 'een fiets in de regen'
const number = '+31612345678'
const mfa = 'urn:sesam:acr:mfa'

/** Anna has a password and a phone, and the app takes nobody by one of them. */
async function begin(database: TestDatabase, { hasPassword = true, hasPhone = true } = {}) {
  const world = await startWorld(database, { startsAt: new Date() })
  const anna = await world.person('anna', { preferredLanguage: 'en' })
  // Somebody here has a password, so that the page for it is there for everybody.
  await world.password(await world.person('tom'), password)
  if (hasPassword) await world.password(anna, password)
  if (hasPhone) await world.number(anna, number)
  await world.allow('sms')
  await world.allow('voice')
  const app = await registerApp(world)
  return { world, anna, app, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

type Stage = Awaited<ReturnType<typeof begin>>

/** An app that asks for two factors, unless told otherwise. */
async function arrive(
  { world, app }: Pick<Stage, 'world' | 'app'>,
  visitor = new Visitor(world),
  parameters: Record<string, string> = { acr_values: mfa },
) {
  visitor.left = undefined
  const asked = authorizeRequest(world, app, parameters)
  return { visitor, asked, page: await visitor.get(asked.url) }
}

async function byPassword(visitor: Visitor, page: PageAnswer, user: User, text = password): Promise<PageAnswer> {
  return visitor.submit(await visitor.submit(page, { identifier: user.userPrincipalName, do: 'next' }), { password: text, do: 'next' })
}

async function byText({ world }: Pick<Stage, 'world'>, visitor: Visitor, page: PageAnswer, to = number): Promise<PageAnswer> {
  const codePage = await visitor.submit(page, { identifier: to, do: 'next' })
  return visitor.submit(codePage, { code: world.codeIn(await world.textTo(to)), do: 'next' })
}

interface Told {
  amr: string[]
  acr: string
  auth_time: number
}

/** What the app is told, once nobody is asked for anything any more. */
async function tokens({ world, app }: Pick<Stage, 'world' | 'app'>, visitor: Visitor, verifier: string) {
  const code = visitor.left?.searchParams.get('code') ?? assert.fail('the app heard nothing')
  const { body } = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
  return { ...decodeJwt<Told>(body.id_token), access: decodeJwt<Told>(body.access_token) }
}

async function stay(visitor: Visitor, page: PageAnswer): Promise<void> {
  if (page.text.includes('name="stay"')) await visitor.submit(page, { stay: 'no' })
}

async function lastSignIn(world: World) {
  const list = await (await world.as('Reports Reader')).get('/beta/auditLogs/signIns')
  return list.body.value[0]
}

const heading = ({ text }: PageAnswer) => /<h1>(.*?)<\/h1>/.exec(text)?.[1]
const errorIn = ({ text }: PageAnswer) => /<p class="error"[^>]*>([^<]*)/.exec(text)?.[1]
const waysIn = ({ text }: PageAnswer) => [...text.matchAll(/name="way" value="(\w+)"/g)].map(([, way]) => way)
const isIn = ({ left }: Visitor) => left?.searchParams.has('code') === true

for (const database of databases) {
  test(`after a password, a text to the person's own number; then the tokens say so, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { world, anna } = stage
    const { visitor, asked, page } = await arrive(stage)
    const choice = await byPassword(visitor, page, anna)
    assert.equal(heading(choice), 'Show that it is really you')
    assert.deepEqual(waysIn(choice), ['sms', 'voiceMobile'])
    assert.ok(!choice.text.includes('12345678'), 'a password alone has not earned the whole number')
    assert.equal(world.texts().length, 0, 'nothing is sent before it is asked for')
    const codePage = await visitor.submit(choice, { way: 'sms' })
    assert.equal(heading(await visitor.get(codePage.url)), 'Type the code', 'a reload shows the step')
    assert.equal(world.codeIn(await world.textTo(number)).length, 6)
    assert.equal(world.texts().length, 1)
    const wrong = await visitor.submit(codePage, { code: '000000', do: 'next' })
    assert.match(String(errorIn(wrong)), /not the code/)
    assert.equal(isIn(visitor), false)
    await stay(visitor, await visitor.submit(wrong, { code: world.codeIn(await world.textTo(number)), do: 'next' }))
    const claims = await tokens(stage, visitor, asked.verifier)
    assert.partialDeepStrictEqual(claims, {
      oid: anna.id,
      amr: ['pwd', 'sms', 'mfa'],
      acr: mfa,
      access: { amr: ['pwd', 'sms', 'mfa'], acr: mfa },
    })
    const row = await lastSignIn(world)
    assert.equal(row.status.errorCode, 0)
    assert.equal(row.authenticationRequirement, 'multiFactorAuthentication')
    const steps = row.authenticationDetails.map((one: Record<string, unknown>) => [
      one['authenticationMethod'],
      one['succeeded'],
      one['authenticationStepRequirement'],
    ])
    assert.deepEqual(steps, [
      ['Password', true, 'Primary authentication'],
      ['Text message', false, 'Secondary authentication'],
      ['Text message', true, 'Secondary authentication'],
    ])
  })

  test(`after a text, the password, which locks as at the front door, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { visitor, asked, page } = await arrive(stage)
    let step = await byText(stage, visitor, page)
    assert.equal(heading(step), 'Now your password')
    step = await visitor.submit(step, { password: 'not this one', do: 'next' })
    assert.equal(errorIn(step), 'That is not the right password.')
    assert.equal(isIn(visitor), false)
    await stay(visitor, await visitor.submit(step, { password, do: 'next' }))
    assert.partialDeepStrictEqual(await tokens(stage, visitor, asked.verifier), { amr: ['sms', 'pwd', 'mfa'], acr: mfa })

    const guesser = await arrive(stage)
    stage.world.turnClock(61_000)
    let guess = await byText(stage, guesser.visitor, guesser.page)
    for (let tries = 0; tries < 12; tries++) guess = await guesser.visitor.submit(guess, { password: `wrong ${tries}`, do: 'next' })
    assert.match(String(errorIn(guess)), /Too many wrong passwords/)
    guess = await guesser.visitor.submit(guess, { password, do: 'next' })
    assert.equal(isIn(guesser.visitor), false, 'locked is locked, also for the right one')
  })

  test(`an app that asks for nothing more is content with one, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { visitor, asked, page } = await arrive(stage, undefined, {})
    await stay(visitor, await byText(stage, visitor, page))
    const claims = await tokens(stage, visitor, asked.verifier)
    assert.partialDeepStrictEqual(claims, { amr: ['sms'], acr: 'urn:sesam:acr:sfa' })
    assert.equal(claims.amr.length, 1)
  })

  test(`whoever has one factor is asked for the other alone, and the sign-in stays as old as it is, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { world } = stage
    const first = await arrive(stage, undefined, {})
    await stay(first.visitor, await byText(stage, first.visitor, first.page))
    const before = await tokens(stage, first.visitor, first.asked.verifier)
    world.turnClock(10 * 60_000)
    const { visitor, asked, page } = await arrive(stage, first.visitor)
    assert.equal(heading(page), 'Now your password')
    await stay(visitor, await visitor.submit(page, { password, do: 'next' }))
    const after = await tokens(stage, visitor, asked.verifier)
    assert.partialDeepStrictEqual(after, { amr: ['sms', 'pwd', 'mfa'], acr: mfa, auth_time: before.auth_time })
    const row = await lastSignIn(world)
    const steps = row.authenticationDetails.map((one: Record<string, unknown>) => one['authenticationMethod'])
    assert.deepEqual([row.authenticationRequirement, steps], ['multiFactorAuthentication', ['Previously satisfied', 'Password']])
  })

  test(`who lacks a second factor is told what is missing, and gets nowhere, on ${database.name}`, async () => {
    await using stage = await begin(database, { hasPassword: false })
    const { visitor, page } = await arrive(stage)
    const missing = await byText(stage, visitor, page)
    assert.equal(missing.status, 403)
    assert.match(missing.text, /What is missing is a password/)
    assert.equal((await lastSignIn(stage.world)).status.errorCode, 50079)
    for (const fields of [
      { password: 'x', do: 'next' },
      { way: 'sms' },
      { way: 'voiceMobile' },
      { code: '123456', do: 'next' },
      { do: 'confirm' },
    ])
      assert.equal((await visitor.submit(missing, fields)).status, 403)
    await visitor.submit(missing, { do: 'cancel' })
    assert.equal(visitor.left?.searchParams.get('error'), 'access_denied')
  })
}
