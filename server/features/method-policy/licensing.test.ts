import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type SkuPartNumber, skus } from '#contract/graph/skus.ts'
import { findSignIn } from '#server/domain/sms-sign-in.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const licensingPath = '/sesam/v1/methodPolicies/sms/licensing'
const previewPath = '/sesam/v1/methodPolicies/sms/preview'
const smsPath = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms'
const type = { '@odata.type': '#microsoft.graph.smsAuthenticationMethodConfiguration' }
const usable = (id: string) => ({ targetType: 'group', id, isUsableForSignIn: true })

async function licence(world: World, partNumber: SkuPartNumber, holders: readonly { id: string }[]): Promise<void> {
  const sku = skus.find((each) => each.partNumber === partNumber) ?? assert.fail()
  await world.system.inTransaction(async ({ licences }) => {
    if (!(await licences.findSku(sku.id))) await licences.addSku({ ...sku, enabledUnits: 100 })
    for (const { id } of holders) await licences.assign(id, sku.id, [], world.now)
  })
}

for (const database of databases) {
  test(`S4: only where licences are enforced is somebody without one kept out, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Authentication Policy Administrator')
    await world.allow('sms')
    const people = await Promise.all(skus.map(({ partNumber }, index) => world.person(`p${index}-${partNumber.toLowerCase()}`)))
    for (const [index, { partNumber }] of skus.entries()) await licence(world, partNumber, people.slice(index, index + 1))
    const without = await world.person('without')
    const numbers = new Map<string, Awaited<ReturnType<typeof world.number>>>()
    for (const [index, person] of [...people, without].entries())
      numbers.set(person.id, await world.number(person, `+316123456${10 + index}`))
    const stateOf = async ({ id }: { id: string }) => (await findSignIn(world.system, numbers.get(id) ?? assert.fail(), world.now))?.state

    assert.equal((await admin.get(licensingPath)).body.mode, 'warn')
    for (const [mode, expected] of [
      ['warn', 'ready'],
      ['enforce', 'notAllowedByPolicy'],
      ['off', 'ready'],
    ] as const) {
      const changed = await admin.patch(licensingPath, { mode })
      assert.equal(changed.status, 204, changed.text)
      assert.equal(await stateOf(without), expected, mode)
      for (const person of people) assert.equal(await stateOf(person), 'ready', `${mode} ${person.userPrincipalName}`)
    }
    await admin.patch(licensingPath, { mode: 'enforce' })
    await licence(world, 'DESKLESSPACK', [without])
    assert.equal(await stateOf(without), 'ready')
    assert.equal((await admin.delete(smsPath)).status, 204)
    assert.equal((await admin.get(licensingPath)).body.mode, 'enforce')
    const modes = (await world.auditEvents())
      .flatMap(({ targets }) => targets[0]?.changed ?? [])
      .filter(({ name }) => name === 'licenceMode')
    assert.deepEqual(
      modes.map(({ from, to }) => `${from} ${to}`),
      ['warn enforce', 'enforce off', 'off enforce'],
    )
  })

  test(`S5: before a policy is saved it says how many people it is for, and how many licences are missing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const people = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => world.person(name)))
    const guest = await world.person('guest', { userType: 'Guest' })
    const [a, b, c, d, e] = people
    assert.ok(a && b && c && d && e)
    const shop = await world.group('shop', { members: [a, b, guest] })
    const area = await world.group('area', { members: [shop, c] })
    const country = await world.group('country', { members: [area, b] })
    const temps = await world.group('temps', { members: [b, d] })
    const outer = await world.group('outer temps', { members: [temps] })
    await licence(world, 'M365_F1', [a, d])
    await licence(world, 'EMS', [a])
    const preview = async (changes: object) => {
      const answer = await admin.post(previewPath, { ...type, ...changes })
      assert.equal(answer.status, 200, answer.text)
      const { inScope, licensed, short, added, removed } = answer.body
      return [inScope, licensed, short, added, removed]
    }

    const proposal = { state: 'enabled', includeTargets: [usable(country.id)] }
    assert.deepEqual(await preview(proposal), [3, 1, 2, 3, 0])
    assert.deepEqual(await preview({ ...proposal, state: 'disabled' }), [0, 0, 0, 0, 0])
    assert.deepEqual((await admin.get(smsPath)).body.state, 'disabled')
    assert.equal((await admin.patch(smsPath, { ...type, ...proposal })).status, 204)
    assert.deepEqual(await preview({}), [3, 1, 2, 0, 0])
    assert.deepEqual(await preview({ excludeTargets: [{ targetType: 'group', id: outer.id }] }), [2, 1, 1, 0, 1])
    assert.deepEqual(await preview({ includeTargets: [usable(shop.id), { targetType: 'user', id: e.id }] }), [3, 1, 2, 1, 1])
    // The administrator, the six, and not the guest.
    assert.deepEqual(await preview({ includeTargets: [usable('all_users')] }), [7, 2, 5, 4, 0])
    const allBut = { includeTargets: [usable('all_users')], excludeTargets: [{ targetType: 'user', id: a.id }] }
    assert.deepEqual(await preview(allBut), [6, 1, 5, 4, 1])
    assert.deepEqual(await preview({ excludeTargets: [{ targetType: 'group', id: 'all_users' }] }), [0, 0, 0, 0, 3])
    assert.deepEqual(await preview({ state: 'disabled' }), [0, 0, 0, 0, 3])

    assert.equal((await admin.delete(`/v1.0/users/${c.id}`)).status, 204)
    const after = await admin.get(licensingPath)
    assert.equal(after.status, 200, after.text)
    const { qualifyingLicenses, ...counted } = after.body
    assert.deepEqual(counted, {
      '@odata.context': 'https://sesam.test/sesam/v1/$metadata#methodPolicies/licensing/$entity',
      id: 'sms',
      mode: 'warn',
      inScope: 2,
      licensed: 1,
      short: 1,
    })
    assert.deepEqual(
      qualifyingLicenses.map((sku: { skuPartNumber: string; enabledUnits: number; consumedUnits: number }) => Object.values(sku).slice(1)),
      [
        ['EMS', 100, 1],
        ['M365_F1', 100, 2],
      ],
    )
  })

  test(`a preview counts whom the rule for one person lets in, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const people = await Promise.all(Array.from({ length: 12 }, (_, index) => world.person(`p${index}`)))
    const groups: { id: string }[] = []
    for (let depth = 0; depth < 5; depth++) {
      const members = [...people.filter((_, index) => index % 5 === depth), ...groups.slice(-1)]
      groups.push(await world.group(`g${depth}`, { members }))
    }
    const ids = groups.map(({ id }) => id)
    for (const [include, exclude] of [
      [[4], []],
      [[0, 3], [1]],
      [[4], [2]],
      [[2, 4], [0]],
      [[0], [4]],
    ] as const) {
      const body = {
        ...type,
        state: 'enabled',
        includeTargets: include.map((index) => usable(ids[index] ?? '')),
        excludeTargets: exclude.map((index) => ({ targetType: 'group', id: ids[index] })),
      }
      const told = await admin.post(previewPath, body)
      assert.equal((await admin.patch(smsPath, body)).status, 204)
      const standings = await Promise.all(people.map(({ id }) => world.system.methodPolicies.standingOf('sms', id)))
      assert.equal(told.body.inScope, standings.filter(({ isAllowed }) => isAllowed).length, JSON.stringify([include, exclude]))
    }
  })

  test(`a preview is refused for what saving would be refused for, and saves nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Authentication Policy Administrator')
    const cases: [string, unknown, string][] = [
      [previewPath, { state: 'enabled' }, 'property_required'],
      [previewPath, { ...type, includeTargets: [usable(crypto.randomUUID())] }, 'policy_target_unknown'],
      [previewPath, { '@odata.type': '#microsoft.graph.voiceAuthenticationMethodConfiguration' }, 'property_invalid'],
      [previewPath, undefined, 'body_missing'],
    ]
    for (const [path, body, code] of cases) {
      const answer = await admin.post(path, body)
      assert.equal(answer.status, 400, answer.text)
      assert.equal(answer.body.error.details[0].code, code)
    }
    for (const body of [{ mode: 'always' }, {}, { mode: 'warn', short: 0 }])
      assert.equal((await admin.patch(licensingPath, body)).status, 400, JSON.stringify(body))
    assert.equal((await (await world.as('Global Reader')).post(previewPath, type)).status, 403)
    assert.equal((await (await world.as('Global Reader')).get(licensingPath)).status, 200)
    assert.equal((await (await world.as('License Administrator')).patch(licensingPath, { mode: 'off' })).status, 403)
    assert.deepEqual(await world.auditTrail(), [])
  })
}
