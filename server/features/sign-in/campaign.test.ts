import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Campaign } from '#server/domain/registration-campaign.ts'
import { type PageAnswer, passwordPageOf, registerApp, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type TestDatabase, type World } from '#test/world.ts'

const password = 'een fiets in de regen'
const number = '+31612345678'
const dayMs = 24 * 60 * 60 * 1000
const policyPath = '/v1.0/policies/authenticationMethodsPolicy'
const everybody = { id: 'all_users', targetType: 'group', targetedAuthenticationMethod: 'sms' }

async function change(world: World, changes: Partial<Campaign> | object): Promise<void> {
  const admin = await world.as('Authentication Policy Administrator')
  const body = { registrationEnforcement: { authenticationMethodsRegistrationCampaign: changes } }
  const answer = await admin.patch(policyPath, body)
  assert.equal(answer.status, 204, answer.text)
}

/** The organisation would like everybody to have a phone. Anna may have one and does not; she signs in by her password. */
async function nudging(database: TestDatabase) {
  const world = await startWorld(database, { startsAt: new Date() })
  const anna = await world.person('anna', { preferredLanguage: 'en' })
  await world.password(anna, password)
  await world.allow('sms')
  await change(world, { state: 'enabled', includeTargets: [everybody] })
  return { world, anna, app: await registerApp(world), [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

type Stage = Awaited<ReturnType<typeof nudging>>

async function arrive({ world, anna, app }: Stage, visitor = new Visitor(world)) {
  const { page } = await passwordPageOf(world, app, anna.userPrincipalName, visitor)
  return { visitor, page: await visitor.submit(page, { password, do: 'next' }) }
}

async function goesIn(visitor: Visitor, stay: PageAnswer): Promise<boolean> {
  await visitor.submit(stay, { stay: 'no' })
  return visitor.left?.searchParams.has('code') === true
}

const isOffer = ({ text }: PageAnswer) => text.includes('Make your account safer')
const left = ({ text }: PageAnswer) => /You can put this off ([^.]*)\./.exec(text)?.[1]

for (const database of databases) {
  test(`after signing in somebody is offered what they lack, and says not now three times at most, on ${database.name}`, async () => {
    await using stage = await nudging(database)
    const { world } = stage
    for (const times of ['3 more times', '2 more times', 'once more']) {
      const { visitor, page } = await arrive(stage)
      assert.equal(left(page), times)
      assert.ok(await goesIn(visitor, await visitor.submit(page, { do: 'later' })))
      const soon = await arrive(stage)
      assert.ok(!isOffer(soon.page), 'it rests for a day')
      world.turnClock(dayMs)
    }
    const { page } = await arrive(stage)
    assert.match(page.text, /Your organisation needs more information/, 'now it has to be')
    assert.doesNotMatch(page.text, /value="later"/)
  })

  test(`whoever says yes sets it up with the same steps and is in, on ${database.name}`, async () => {
    await using stage = await nudging(database)
    const { world, anna } = stage
    const { visitor, page } = await arrive(stage)
    const phonePage = await visitor.submit(page, { do: 'confirm' })
    assert.match(phonePage.text, /value="later"/, 'it can still be put off')
    const codePage = await visitor.submit(phonePage, { country: 'NL', national: '06 12345678', do: 'next' })
    const review = await visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' })
    assert.match(review.text, /Looks good!/)
    assert.ok(await goesIn(visitor, await visitor.submit(review, { do: 'next' })))
    assert.equal((await world.system.phones.ofUser(anna.id)).length, 1)
    assert.ok(!isOffer((await arrive(stage)).page), 'who has it is left alone')
  })

  test(`not now pressed twice counts once, on ${database.name}`, async () => {
    await using stage = await nudging(database)
    const { world } = stage
    const { visitor, page } = await arrive(stage)
    await Promise.all([1, 2, 3].map(() => visitor.submit(page, { do: 'later' })))
    world.turnClock(dayMs)
    assert.equal(left((await arrive(stage)).page), '2 more times')
  })

  test(`without a limit it can be put off for ever, and with no rest it comes at every sign-in, on ${database.name}`, async () => {
    await using stage = await nudging(database)
    await change(stage.world, { snoozeDurationInDays: 0, enforceRegistrationAfterAllowedSnoozes: false })
    for (let times = 0; times < 5; times++) {
      const { visitor, page } = await arrive(stage)
      assert.ok(isOffer(page))
      assert.equal(left(page), undefined)
      assert.ok(await goesIn(visitor, await visitor.submit(page, { do: 'later' })))
    }
  })

  test(`who is excluded, in another group, or may not use the method is not asked, on ${database.name}`, async () => {
    await using stage = await nudging(database)
    const { world, anna } = stage
    const drivers = await world.group('drivers')
    const staff = await world.group('staff', { members: [await world.group('shop', { members: [anna] })] })
    const asks = async () => isOffer((await arrive(stage)).page)
    await change(world, { includeTargets: [{ ...everybody, id: drivers.id }] })
    assert.equal(await asks(), false)
    await change(world, { includeTargets: [{ ...everybody, id: staff.id }] })
    assert.equal(await asks(), true)
    await change(world, { excludeTargets: [{ id: staff.id, targetType: 'group' }] })
    assert.equal(await asks(), false)
    await change(world, { excludeTargets: [] })
    await world.allow('sms', { group: drivers })
    assert.equal(await asks(), false)
    await world.allow('sms', { group: staff })
    await change(world, { state: 'disabled' })
    assert.equal(await asks(), false)
  })

  test(`what policy demands comes first and alone, and a campaign that ends meanwhile lets people in, on ${database.name}`, async () => {
    await using stage = await nudging(database)
    const { world } = stage
    const { visitor, page } = await arrive(stage)
    const phonePage = await visitor.submit(page, { do: 'confirm' })
    await change(world, { state: 'disabled' })
    const stay = await visitor.submit(phonePage, { country: 'NL', national: '06 12345678', do: 'next' })
    assert.ok(await goesIn(visitor, stay))

    await change(world, { state: 'enabled' })
    await world.allow('sms', { demanded: true })
    const demanded = await arrive(stage)
    assert.ok(!isOffer(demanded.page))
    assert.match(demanded.page.text, /Your organisation needs more information/)
  })
}
