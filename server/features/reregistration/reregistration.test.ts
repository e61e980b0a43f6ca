import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PageAnswer, passwordPageOf, registerApp, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type TestDatabase } from '#test/world.ts'

const password = 'een fiets in de regen'
const oldNumber = '+31612345678'
const newNumber = '+31687654321'

async function stage(database: TestDatabase) {
  const world = await startWorld(database, { startsAt: new Date() })
  const anna = await world.person('anna', { preferredLanguage: 'en' })
  await world.password(anna, password)
  await world.allow('sms')
  await world.number(anna, oldNumber)
  const app = await registerApp(world)
  const admin = await world.as('Authentication Administrator')
  const door = `/sesam/v1/users/${anna.id}/requireReregistration`
  const signIn = async () => {
    const { page, visitor } = await passwordPageOf(world, app, anna.userPrincipalName, new Visitor(world))
    return { visitor, page: await visitor.submit(page, { password, do: 'next' }) }
  }
  const answerCode = async (visitor: Visitor, page: PageAnswer, to: string) =>
    visitor.submit(page, { code: world.codeIn(await world.textTo(to)), do: 'next' })
  return { world, anna, admin, door, signIn, answerCode, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

const isIn = ({ left }: Visitor) => left?.searchParams.has('code') === true

for (const database of databases) {
  test(`who is to register anew is asked at the next sign-in, shows first who they are, and is asked no more, on ${database.name}`, async () => {
    await using on = await stage(database)
    const { world, anna, admin, door, signIn, answerCode } = on
    assert.equal((await admin.post(door)).status, 204)
    assert.match(await world.textTo(oldNumber), /set up anew/, 'they hear of it')
    assert.equal((await world.system.phones.find(anna.id, 'mobile'))?.number, oldNumber, 'nothing is deleted')

    const { visitor, page: intro } = await signIn()
    assert.match(intro.text, /<li>Your phone number/)
    const proof = await visitor.submit(intro, { do: 'confirm' })
    assert.match(proof.text, /First show that it is you/)
    world.turnClock(60_000)
    const wizard = await answerCode(visitor, proof, oldNumber)
    const code = await visitor.submit(wizard, { country: 'NL', national: '06 87654321', do: 'next' })
    await answerCode(visitor, code, newNumber)
    assert.equal((await world.system.phones.find(anna.id, 'mobile'))?.number, newNumber)
    assert.equal(await world.system.reregistrations.requiredSince(anna.id), undefined)
    const trail = await world.auditTrail()
    assert.deepEqual(trail.slice(-1), ['User registered all required security info'])
    assert.equal(trail[0], 'Admin updated security info')

    const again = await signIn()
    assert.doesNotMatch(again.page.text, /Your organisation needs more information/)
  })

  test(`where policy lets somebody register nothing, nobody is kept out by being asked to, on ${database.name}`, async () => {
    await using on = await stage(database)
    const { world, admin, door, signIn } = on
    assert.equal((await admin.post(door)).status, 204)
    await world.system.inTransaction(({ methodPolicies }) => methodPolicies.set('sms', { isEnabled: false, targets: [], settings: {} }))
    const { visitor, page } = await signIn()
    if (!isIn(visitor)) await visitor.submit(page, { stay: 'no' })
    assert.ok(isIn(visitor))
  })

  test(`it is asked once however often it is pressed, taken back likewise, and only by who manages methods, on ${database.name}`, async () => {
    await using on = await stage(database)
    const { world, anna, admin, door, signIn } = on
    for (const role of ['Helpdesk Administrator', 'User Administrator', 'Global Reader'] as const)
      assert.equal((await (await world.as(role)).post(door)).status, 403, role)
    const chief = await world.person('chief')
    await world.giveRole(chief.id, 'Global Administrator')
    assert.equal((await admin.post(door.replace(anna.id, chief.id))).status, 403, 'nor anybody mightier than they are')
    assert.deepEqual(await world.auditTrail(), [])

    const answers = await Promise.all(Array.from({ length: 4 }, () => admin.post(door)))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([204]))
    assert.deepEqual(await world.auditTrail(), ['Admin updated security info'])
    const undone = await Promise.all(Array.from({ length: 4 }, () => admin.delete(door)))
    assert.deepEqual(new Set(undone.map(({ status }) => status)), new Set([204]))
    assert.deepEqual(await world.auditTrail(), ['Admin updated security info', 'Admin updated security info'])
    assert.deepEqual(
      (await world.auditEvents()).map(({ details }) => details.Reregistration),
      ['required', 'not required'],
    )
    const { page } = await signIn()
    assert.doesNotMatch(page.text, /Your organisation needs more information/)
  })
}
