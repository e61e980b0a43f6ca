import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorizeRequest, registerApp, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const mobile = '3179e48a-750b-4051-897c-87b9720928f7'

/** Anna's number was to be her user name when somebody else still had it; now it is free, and nothing more has happened. */
async function unfinished(world: World) {
  await world.allow('sms')
  const admin = await world.as('Authentication Administrator')
  const [before, anna] = [await world.person('before'), await world.person('anna')]
  const phones = (id: string) => `/v1.0/users/${id}/authentication/phoneMethods`
  for (const { id } of [before, anna]) await admin.post(phones(id), { phoneNumber: '+31 612345678', phoneType: 'mobile' })
  assert.equal((await admin.delete(`${phones(before.id)}/${mobile}`)).status, 204)
  // Its owner of before is told that it is gone; whoever has it now gets a code there after that.
  await world.textsSent()
  const stateOf = async () => (await admin.get(`${phones(anna.id)}/${mobile}`)).body.smsSignInState
  assert.equal(await stateOf(), 'notConfigured')
  return { anna, stateOf, app: await registerApp(world) }
}

async function proveNumber(world: World, visitor: Visitor, url: string) {
  const codePage = await visitor.submit(await visitor.get(url), { identifier: '+31612345678', do: 'next' })
  return visitor.submit(codePage, { code: world.codeIn(await world.textTo('+31612345678')), do: 'next' })
}

for (const database of databases) {
  test(`the first sign-in with a number whose registration was not completed completes it, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { anna, stateOf, app } = await unfinished(world)
    const visitor = new Visitor(world)
    const question = await proveNumber(world, visitor, authorizeRequest(world, app).url)
    assert.match(question.text, /name="keep"/)
    const stay = await visitor.submit(question, { keep: 'yes' })
    await visitor.submit(stay, { stay: 'no' })
    assert.ok(visitor.left?.searchParams.get('code'))
    assert.equal(await stateOf(), 'ready')
    const [last] = (await world.auditEvents()).slice(-1)
    assert.partialDeepStrictEqual(last, {
      activity: 'User updated security info',
      actor: { id: anna.id },
      details: { SmsSignIn: 'enabled' },
    })

    const again = await proveNumber(world, new Visitor(world), authorizeRequest(world, app).url)
    assert.doesNotMatch(again.text, /name="keep"/, 'asked once')
  })

  test(`whoever says no is signed in, and the number opens nothing from then on, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { stateOf, app } = await unfinished(world)
    const visitor = new Visitor(world)
    const question = await proveNumber(world, visitor, authorizeRequest(world, app).url)
    await visitor.submit(await visitor.submit(question, { keep: 'no' }), { stay: 'no' })
    assert.ok(visitor.left?.searchParams.get('code'))
    assert.notEqual(await stateOf(), 'ready')

    world.turnClock(3_600_000)
    await world.textsSent()
    const texts = world.texts().length
    const later = new Visitor(world)
    await later.submit(await later.get(authorizeRequest(world, app).url), { identifier: '+31612345678', do: 'next' })
    await world.textsSent()
    assert.equal(world.texts().length, texts)
  })
}
