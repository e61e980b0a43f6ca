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
  lastSignIn,
  mfa,
  number,
  password,
  stayOut,
  tokens,
  waysIn,
} from '#test/second-factor-stage.ts'
import { databases } from '#test/world.ts'

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
    await stayOut(visitor, await visitor.submit(wrong, { code: world.codeIn(await world.textTo(number)), do: 'next' }))
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
    await stayOut(visitor, await visitor.submit(step, { password, do: 'next' }))
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
    await stayOut(visitor, await byText(stage, visitor, page))
    const claims = await tokens(stage, visitor, asked.verifier)
    assert.partialDeepStrictEqual(claims, { amr: ['sms'], acr: 'urn:sesam:acr:sfa' })
    assert.equal(claims.amr.length, 1)
  })

  test(`whoever has one factor is asked for the other alone, and the sign-in stays as old as it is, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { world } = stage
    const first = await arrive(stage, undefined, {})
    await stayOut(first.visitor, await byText(stage, first.visitor, first.page))
    const before = await tokens(stage, first.visitor, first.asked.verifier)
    world.turnClock(10 * 60_000)
    const { visitor, asked, page } = await arrive(stage, first.visitor)
    assert.equal(heading(page), 'Now your password')
    await stayOut(visitor, await visitor.submit(page, { password, do: 'next' }))
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

  test(`an app that is refused for one factor sends on what it was told, and comes back with two, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const { world, anna } = stage
    await world.giveRole(anna.id, 'User Administrator')
    const first = await arrive(stage, undefined, {})
    await stayOut(first.visitor, await byPassword(first.visitor, first.page, anna))
    const weak = await world.signedIn(anna.id, { methods: ['pwd'] })
    const refused = await weak.patch(`/v1.0/users/${(await world.person('bo')).id}`, { department: 'Store 12' })
    assert.equal(refused.status, 403)
    const [, claims = ''] = /claims="([^"]+)"/.exec(String(refused.headers['www-authenticate'])) ?? []
    const { visitor, asked, page } = await arrive(stage, first.visitor, { claims: Buffer.from(claims, 'base64').toString() })
    const codePage = await visitor.submit(page, { way: 'sms' })
    await stayOut(visitor, await visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' }))
    assert.deepEqual((await tokens(stage, visitor, asked.verifier)).amr, ['pwd', 'sms', 'mfa'])
  })
}
