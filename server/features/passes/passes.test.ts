import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Client, databases, startWorld, type TestAnswer, type World } from '#test/world.ts'

const codeOf = (answer: TestAnswer) => answer.body.error?.details[0]?.code
const passesOf = (userId: string, version = 'v1.0') => `/${version}/users/${userId}/authentication/temporaryAccessPassMethods`
const configuration = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass'
const minute = 60_000

async function allowPasses(world: World, changes: object = {}): Promise<void> {
  const admin = await world.as('Authentication Policy Administrator')
  const type = '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration'
  const answer = await admin.patch(configuration, { '@odata.type': type, state: 'enabled', ...changes })
  assert.equal(answer.status, 204, answer.text)
}

async function made(admin: Client, userId: string, wanted: object = {}): Promise<TestAnswer['body']> {
  const answer = await admin.post(passesOf(userId), wanted)
  assert.equal(answer.status, 201, answer.text)
  return answer.body
}

for (const database of databases) {
  test(`a pass is told once to whoever makes it, and afterwards only what it is good for, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await allowPasses(world)
    const anna = await world.person('anna')
    const admin = await world.as('Authentication Administrator')
    const pass = await made(admin, anna.userPrincipalName)
    assert.match(pass.temporaryAccessPass, /^[a-hjkmnp-z2-9]{8}$/)
    const shown = {
      id: pass.id,
      temporaryAccessPass: null,
      createdDateTime: '2026-11-20T09:00:00.000Z',
      startDateTime: '2026-11-20T09:00:00.000Z',
      lifetimeInMinutes: 60,
      isUsableOnce: false,
      isUsable: true,
      methodUsabilityReason: 'EnabledByPolicy',
    }
    const context = `https://sesam.test/v1.0/$metadata#users('${anna.id}')/authentication/temporaryAccessPassMethods/$entity`
    assert.deepEqual(pass, { '@odata.context': context, ...shown, temporaryAccessPass: pass.temporaryAccessPass })

    const reader = await world.as('Global Reader')
    const own = await world.signedIn(anna.id)
    for (const [client, address] of [
      [admin, passesOf(anna.id)],
      [reader, passesOf(anna.id, 'beta')],
      [own, '/v1.0/me/authentication/temporaryAccessPassMethods'],
    ] as const) {
      assert.deepEqual((await client.get(address)).body.value, [shown], address)
      const { '@odata.context': _, ...one } = (await client.get(`${address}/${pass.id.toUpperCase()}`)).body
      assert.deepEqual(one, shown, address)
    }
    const all = (await reader.get(`/v1.0/users/${anna.id}/authentication/methods`)).body.value
    assert.deepEqual(all, [{ '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod', ...shown }])

    const [event] = (await world.auditEvents()).slice(-1)
    assert.equal(event?.activity, 'Admin registered security info')
    assert.deepEqual(event.details, { StartDateTime: '2026-11-20T09:00:00.000Z', LifetimeInMinutes: '60', IsUsableOnce: 'false' })
    const kept = JSON.stringify(await world.installation.parts.database.kysely.selectFrom('passes').selectAll().execute())
    const secret = pass.temporaryAccessPass
    for (const [where, text] of [
      ['store', kept],
      ['log', world.logged.join()],
      ['audit', JSON.stringify(event)],
    ] as const)
      assert.ok(!text.includes(secret), where)
  })

  test(`a person has one pass: a new one takes the place of the old, also of two made at once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await allowPasses(world)
    const anna = await world.person('anna')
    const admin = await world.as('Global Administrator')
    const first = await made(admin, anna.id)
    const second = await made(admin, anna.id, { isUsableOnce: true, lifetimeInMinutes: 480 })
    assert.notEqual(second.temporaryAccessPass, first.temporaryAccessPass)
    assert.partialDeepStrictEqual((await admin.get(passesOf(anna.id))).body.value, [{ id: second.id, isUsableOnce: true }])
    assert.equal((await admin.get(`${passesOf(anna.id)}/${first.id}`)).status, 404)
    assert.equal((await admin.delete(`${passesOf(anna.id)}/${first.id}`)).status, 404)

    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => admin.post(passesOf(anna.id), {})))
    for (const answer of answers) assert.ok(answer.status === 201 || codeOf(answer) === 'changed_meanwhile', answer.text)
    const { value } = (await admin.get(passesOf(anna.id))).body
    assert.equal(value.length, 1)
    const told = answers.filter(({ status }) => status === 201).map(({ body }) => body.id)
    assert.ok(told.includes(value[0].id), 'and whoever made it was told')
  })

  test(`a pass is deleted by an administrator or by its person, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await allowPasses(world)
    const anna = await world.person('anna')
    const admin = await world.as('Authentication Administrator')
    const { id } = await made(admin, anna.id)
    const generic = await admin.delete(`/v1.0/users/${anna.id}/authentication/methods/${id}`)
    assert.equal(codeOf(generic), 'method_deleted_elsewhere')
    assert.match(generic.body.error.message, /temporaryAccessPassMethods/)
    assert.equal((await (await world.as('Global Reader')).delete(`${passesOf(anna.id)}/${id}`)).status, 403)
    assert.equal((await admin.delete(`${passesOf(anna.id)}/${id}`)).status, 204)
    assert.equal((await admin.delete(`${passesOf(anna.id)}/${id}`)).status, 404)
    assert.deepEqual((await admin.get(passesOf(anna.id))).body.value, [])

    const again = await made(admin, anna.id)
    const own = await world.signedIn(anna.id)
    assert.equal((await own.delete(`/v1.0/me/authentication/temporaryAccessPassMethods/${again.id}`)).status, 204)
    assert.deepEqual((await world.auditTrail()).slice(-4), [
      'Admin registered security info',
      'Admin deleted security info',
      'Admin registered security info',
      'User deleted security info',
    ])
  })

  test(`nobody makes a pass for themselves, nor for somebody above them, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await allowPasses(world)
    const anna = await world.person('anna')
    const [helpdesk, admin, global] = [
      await world.as('Helpdesk Administrator'),
      await world.as('Authentication Administrator'),
      await world.as('Global Administrator'),
    ]
    const refusedBy = async (client: Client, userId: string) => codeOf(await client.post(passesOf(userId), {}))
    assert.equal(await refusedBy(helpdesk, anna.id), 'role_missing')
    assert.equal(await refusedBy(admin, admin.id), 'not_on_yourself')
    assert.equal(await refusedBy(global, global.id), 'not_on_yourself')
    assert.equal(await refusedBy(admin, global.id), 'target_protected')
    assert.equal((await global.post('/v1.0/me/authentication/temporaryAccessPassMethods', {})).status, 405)
    const weak = await world.signedIn(admin.id, { methods: ['pwd'] })
    assert.equal(await refusedBy(weak, anna.id), 'stronger_sign_in_needed')
    const reading = await world.signedIn(admin.id, { scopes: ['UserAuthenticationMethod.Read.All'] })
    assert.equal(await refusedBy(reading, anna.id), 'scope_missing')
    assert.equal((await admin.post(passesOf('nobody@contoso.example'), {})).status, 404)
    await made(global, admin.id)
  })

  test(`the bounds of the policy hold, and a refusal says which they are, in every language, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const admin = await world.as('Authentication Administrator')
    assert.equal(codeOf(await admin.post(passesOf(anna.id), {})), 'pass_off')
    const bounds = { minimumLifetimeInMinutes: 30, maximumLifetimeInMinutes: 120, defaultLifetimeInMinutes: 45 }
    await allowPasses(world, { ...bounds, defaultLength: 20, isUsableOnce: true })
    const { temporaryAccessPass, lifetimeInMinutes, isUsableOnce } = await made(admin, anna.id)
    assert.deepEqual([temporaryAccessPass.length, lifetimeInMinutes, isUsableOnce], [20, 45, true])
    const words = { en: /30 to 120 minutes/, nl: /30 tot 120 minuten/, sv: /30 till 120 minuter/ }
    for (const [locale, wanted] of Object.entries(words)) {
      const answer = await admin.post(passesOf(anna.id), { lifetimeInMinutes: 29 }, { 'accept-language': locale })
      assert.equal(codeOf(answer), 'pass_life_outside')
      assert.match(answer.body.error.message, wanted)
    }
    const refused: [object, string][] = [
      [{ lifetimeInMinutes: 121 }, 'pass_life_outside'],
      [{ isUsableOnce: false }, 'pass_only_once'],
      [{ startDateTime: '2026-11-20T08:00:00Z' }, 'pass_start_outside'],
      [{ startDateTime: '2027-11-20T08:00:00Z' }, 'pass_start_outside'],
      [{ startDateTime: 'tomorrow' }, 'property_invalid'],
      [{ lifetimeInMinutes: 9 }, 'property_invalid'],
      [{ lifetimeInMinutes: 43_201 }, 'property_invalid'],
      [{ lifetimeInMinutes: 30.5 }, 'property_invalid'],
      [{ isUsableOnce: 'yes' }, 'property_invalid'],
      [{ temporaryAccessPass: 'my-own-one' }, 'property_read_only'],
      [{ isUsable: true }, 'property_read_only'],
      [{ length: 8 }, 'property_unknown'],
    ]
    for (const [wanted, code] of refused) assert.equal(codeOf(await admin.post(passesOf(anna.id), wanted)), code, JSON.stringify(wanted))
    assert.equal((await admin.get(passesOf(anna.id))).body.value[0].lifetimeInMinutes, 45, 'and what there was is still there')
  })

  test(`a pass says by itself why it opens nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await allowPasses(world)
    const [anna, bert] = [await world.person('anna'), await world.person('bert')]
    const admin = await world.as('Authentication Administrator')
    const state = async (userId: string) => {
      const reader = await world.as('Global Reader')
      const [{ isUsable, methodUsabilityReason }] = (await reader.get(passesOf(userId))).body.value
      assert.equal(isUsable, methodUsabilityReason === 'EnabledByPolicy')
      return methodUsabilityReason
    }
    const { startDateTime } = await made(admin, anna.id, { startDateTime: '2026-11-20T11:00:00+01:00' })
    assert.equal(startDateTime, '2026-11-20T10:00:00.000Z')
    assert.equal(await state(anna.id), 'NotYetValid')
    world.turnClock(60 * minute)
    assert.equal(await state(anna.id), 'EnabledByPolicy')
    world.turnClock(60 * minute)
    assert.equal(await state(anna.id), 'Expired')
    await allowPasses(world, { excludeTargets: [{ targetType: 'user', id: bert.id }] })
    const { isUsable, methodUsabilityReason } = await made(await world.as('Authentication Administrator'), bert.id)
    assert.deepEqual([isUsable, methodUsabilityReason], [false, 'DisabledByPolicy'], 'it may be made for anybody')
  })

  test(`the other channels of a person hear that a pass was made, and can say that it was not for them, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await allowPasses(world)
    const anna = await world.person('anna')
    await world.number(anna, '+31612345678')
    const admin = await world.as('Authentication Administrator')
    const { temporaryAccessPass } = await made(admin, anna.id)
    const text = await world.textTo('+31612345678')
    assert.match(text, /temporary access pass made/)
    assert.ok(!text.includes(temporaryAccessPass))
    const link = /https:\/\/sesam\.test(\/n\/[\w-]{43})/.exec(text)?.[1] ?? assert.fail(text)
    assert.equal((await world.send('POST', link, undefined, {})).status, 200)
    assert.deepEqual((await admin.get(passesOf(anna.id))).body.value, [])
  })
}
