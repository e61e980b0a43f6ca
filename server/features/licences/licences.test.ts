import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type SkuPartNumber, skus } from '#contract/graph/skus.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const unknownSku = '11111111-2222-4333-8444-555555555555'
const teams = '57ff2da0-773e-42df-b2af-ffb7a2317929'

function skuIdOf(partNumber: SkuPartNumber): string {
  return skus.find((sku) => sku.partNumber === partNumber)?.id ?? assert.fail(`no ${partNumber}`)
}

async function buy(world: World, partNumber: SkuPartNumber, enabledUnits: number): Promise<string> {
  const sku = skus.find((each) => each.partNumber === partNumber) ?? assert.fail(`no ${partNumber}`)
  await world.system.inTransaction(({ licences }) => licences.addSku({ ...sku, enabledUnits }))
  return sku.id
}

async function consumed(world: World, skuId: string): Promise<number | undefined> {
  return (await world.system.licences.findSku(skuId))?.consumedUnits
}

const add = (...skuIds: string[]) => ({ addLicenses: skuIds.map((skuId) => ({ skuId, disabledPlans: [] })), removeLicenses: [] })
const remove = (...skuIds: string[]) => ({ addLicenses: [], removeLicenses: skuIds })

test('the products are the ten this server knows, each id and part number once', () => {
  assert.equal(skus.length, 10)
  assert.equal(new Set(skus.map(({ id }) => id)).size, 10)
  assert.equal(new Set(skus.map(({ partNumber }) => partNumber)).size, 10)
  for (const { plans } of skus) assert.equal(new Set(plans.map(({ id }) => id)).size, plans.length)
})

for (const database of databases) {
  test(`the products bought are listed with how many are in use, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await world.as('Directory Readers')
    const f3 = await buy(world, 'SPE_F1', 2)
    await buy(world, 'EMS', 5)

    const all = await reader.get('/v1.0/subscribedSkus')
    assert.equal(all.status, 200, all.text)
    assert.equal(all.body['@odata.context'], 'https://sesam.test/v1.0/$metadata#subscribedSkus')
    assert.deepEqual(
      all.body.value.map((sku: { skuPartNumber: string }) => sku.skuPartNumber),
      ['EMS', 'SPE_F1'],
    )
    const one = await reader.get(`/beta/subscribedSkus/${world.tenantId}_${f3}`)
    assert.equal(one.status, 200, one.text)
    assert.partialDeepStrictEqual(one.body, {
      id: `${world.tenantId}_${f3}`,
      accountId: world.tenantId,
      accountName: 'Contoso',
      appliesTo: 'User',
      capabilityStatus: 'Enabled',
      consumedUnits: 0,
      prepaidUnits: { enabled: 2, suspended: 0, warning: 0, lockedOut: 0 },
      skuId: f3,
      skuPartNumber: 'SPE_F1',
      subscriptionIds: [],
    })
    assert.deepEqual(one.body.servicePlans[0], {
      servicePlanId: '41781fb2-bc02-4b7c-bd55-b576c07bb09d',
      servicePlanName: 'AAD_PREMIUM',
      provisioningStatus: 'Success',
      appliesTo: 'User',
    })
    const chosen = await reader.get(`/v1.0/subscribedSkus/${world.tenantId}_${f3}?$select=skuPartNumber`)
    assert.deepEqual(chosen.body, {
      '@odata.context': 'https://sesam.test/v1.0/$metadata#subscribedSkus/$entity',
      id: `${world.tenantId}_${f3}`,
      skuPartNumber: 'SPE_F1',
    })
  })

  test(`a product of another organisation, or of none, is not found, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const reader = await world.as('Directory Readers')
    const theirs = await buy(other, 'EMS', 1)
    await buy(world, 'SPE_F1', 1)
    const ids = [
      `${other.tenantId}_${theirs}`,
      `${world.tenantId}_${theirs}`,
      theirs,
      `${world.tenantId}_`,
      `${world.tenantId}_${theirs}_${theirs}`,
      'x',
      '%00',
    ]
    for (const id of ids) {
      const answer = await reader.get(`/v1.0/subscribedSkus/${id}`)
      assert.equal(answer.status, 404, `${id}: ${answer.text}`)
    }
    assert.equal((await reader.get('/v1.0/subscribedSkus')).body.value.length, 1)
  })

  test(`a licence is given, changed and taken back, and counted all the while, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('License Administrator')
    const f3 = await buy(world, 'SPE_F1', 2)
    const ems = await buy(world, 'EMS', 2)
    const anna = await world.person('anna', { usageLocation: 'NL' })

    const given = await admin.post(`/v1.0/users/anna@${world.domain}/assignLicense`, add(f3, ems))
    assert.equal(given.status, 200, given.text)
    assert.equal(given.body['@odata.context'], 'https://sesam.test/v1.0/$metadata#users/$entity')
    assert.equal(given.body.id, anna.id)
    assert.equal(given.body.assignedLicenses.length, 2)
    assert.equal(await consumed(world, f3), 1)

    const withoutTeams = { addLicenses: [{ skuId: f3.toUpperCase(), disabledPlans: [teams, teams] }], removeLicenses: [ems] }
    const changed = await admin.post(`/v1.0/users/${anna.id}/assignLicense`, withoutTeams)
    assert.deepEqual(changed.body.assignedLicenses, [{ skuId: f3, disabledPlans: [teams] }], changed.text)
    assert.equal(await consumed(world, f3), 1)
    assert.equal(await consumed(world, ems), 0)

    const details = await admin.get(`/v1.0/users/${anna.id}/licenseDetails`)
    assert.equal(details.body['@odata.context'], `https://sesam.test/v1.0/$metadata#users('${anna.id}')/licenseDetails`, details.text)
    assert.partialDeepStrictEqual(details.body.value, [{ skuId: f3, skuPartNumber: 'SPE_F1' }])
    const statuses = details.body.value[0].servicePlans.map((plan: { servicePlanName: string; provisioningStatus: string }) => [
      plan.servicePlanName,
      plan.provisioningStatus,
    ])
    assert.deepEqual(statuses, [
      ['AAD_PREMIUM', 'Success'],
      ['MFA_PREMIUM', 'Success'],
      ['INTUNE_A', 'Success'],
      ['TEAMS1', 'Disabled'],
      ['EXCHANGE_S_DESKLESS', 'Success'],
    ])
    const herself = await world.signedIn(anna.id, { scopes: ['User.Read'] })
    assert.deepEqual((await herself.get('/v1.0/me/licenseDetails')).body.value, details.body.value)

    assert.equal((await admin.post(`/v1.0/users/${anna.id}/assignLicense`, remove(f3))).status, 200)
    assert.deepEqual((await admin.get(`/v1.0/users/${anna.id}/licenseDetails`)).body.value, [])
    const events = await world.auditEvents()
    assert.deepEqual(
      events.map((event) => [event.activity, event.category, event.targets[0]?.changed]),
      [
        ['Change user license', 'UserManagement', [{ name: 'assignedLicenses', from: null, to: 'EMS; SPE_F1' }]],
        ['Change user license', 'UserManagement', [{ name: 'assignedLicenses', from: 'EMS; SPE_F1', to: 'SPE_F1 (without TEAMS1)' }]],
        ['Change user license', 'UserManagement', [{ name: 'assignedLicenses', from: 'SPE_F1 (without TEAMS1)', to: null }]],
      ],
    )
  })

  test(`what is wrong with one licence keeps all of them from being given, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const f3 = await buy(world, 'SPE_F1', 3)
    const ems = await buy(world, 'EMS', 3)
    const full = await buy(world, 'EMSPREMIUM', 0)
    const anna = await world.person('anna', { usageLocation: 'NL' })
    const homeless = await world.person('homeless')
    const path = `/v1.0/users/${anna.id}/assignLicense`
    const cases: [string, string, unknown, string][] = [
      ['an unknown product', path, add(f3, unknownSku), 'licence_unknown'],
      ['a product nobody bought', path, add(f3, skuIdOf('SPE_E5')), 'licence_unknown'],
      ['none left', path, add(f3, full), 'licences_used_up'],
      [
        'a plan of another product',
        path,
        { addLicenses: [{ skuId: f3 }, { skuId: ems, disabledPlans: [teams] }], removeLicenses: [] },
        'licence_plan_unknown',
      ],
      ['one not held', path, { ...add(f3), removeLicenses: [ems] }, 'licence_not_held'],
      ['the same twice', path, add(f3, f3.toUpperCase()), 'licence_named_twice'],
      ['given and taken at once', path, { ...add(f3), removeLicenses: [f3] }, 'licence_named_twice'],
      ['nothing', path, add(), 'licence_change_empty'],
      ['no usage location', `/v1.0/users/${homeless.id}/assignLicense`, add(f3), 'usage_location_missing'],
      ['one list missing', path, { addLicenses: [{ skuId: f3 }] }, 'property_required'],
      ['no GUID', path, add('M365_F1'), 'property_invalid'],
      ['a word too much', path, { ...add(f3), force: true }, 'property_unknown'],
      ['too many', path, add(...Array.from({ length: 51 }, () => f3)), 'property_invalid'],
      ['no list', path, { addLicenses: f3, removeLicenses: [] }, 'property_invalid'],
      ['no body', path, undefined, 'body_missing'],
    ]
    for (const [name, url, body, code] of cases) {
      const answer = await admin.post(url, body)
      assert.equal(answer.status, 400, `${name}: ${answer.text}`)
      assert.equal(answer.body.error.details[0].code, code, name)
    }
    assert.deepEqual([await consumed(world, f3), await consumed(world, ems), await consumed(world, full)], [0, 0, 0])
    assert.deepEqual(await world.auditTrail(), [])
    const soldOut = await admin.post(path, add(full))
    assert.match(soldOut.body.error.message, /No licence EMSPREMIUM is left: 0 of 0 are in use/)
  })

  test(`the last licence, asked for by four people at once, is given once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('License Administrator')
    const f1 = await buy(world, 'M365_F1', 1)
    const people = await Promise.all(['a', 'b', 'c', 'd'].map((name) => world.person(name, { usageLocation: 'SE' })))

    const answers = await Promise.all(people.map(({ id }) => admin.post(`/v1.0/users/${id}/assignLicense`, add(f1))))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400, 400, 400], answers.map(({ text }) => text).join('\n'))
    const refused = answers.filter(({ status }) => status === 400)
    for (const { body } of refused) assert.equal(body.error.details[0].code, 'licences_used_up')
    assert.equal(await consumed(world, f1), 1)
    assert.deepEqual(await world.auditTrail(), ['Change user license'])

    const holder = people[answers.findIndex(({ status }) => status === 200)] ?? assert.fail()
    const withFewerPlans = { addLicenses: [{ skuId: f1, disabledPlans: [teams] }], removeLicenses: [] }
    const changed = await admin.post(`/v1.0/users/${holder.id}/assignLicense`, withFewerPlans)
    assert.equal(changed.status, 200, changed.text)
  })

  test(`disabled people keep their licence, deleted ones free it, and get it back only where it is still free, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const f1 = await buy(world, 'M365_F1', 1)
    const ems = await buy(world, 'EMS', 1)
    const anna = await world.person('anna', { usageLocation: 'NL' })
    const bo = await world.person('bo', { usageLocation: 'SE' })
    await world.system.inTransaction(({ licences }) => licences.assign(anna.id, f1, [], world.now))
    await world.system.inTransaction(({ licences }) => licences.assign(anna.id, ems, [], world.now))

    assert.equal((await admin.patch(`/v1.0/users/${anna.id}`, { accountEnabled: false })).status, 204)
    assert.equal(await consumed(world, f1), 1)
    assert.equal((await admin.post(`/v1.0/users/${bo.id}/assignLicense`, add(f1))).status, 400)
    assert.equal((await admin.delete(`/v1.0/users/${anna.id}`)).status, 204)
    assert.equal(await consumed(world, f1), 0)
    const deleted = await admin.get('/v1.0/directory/deletedItems/microsoft.graph.user?$select=assignedLicenses')
    assert.equal(deleted.body.value[0].assignedLicenses.length, 2, deleted.text)
    assert.equal((await admin.post(`/v1.0/users/${bo.id}/assignLicense`, add(f1))).status, 200)
    assert.equal((await admin.post(`/v1.0/users/${anna.id}/assignLicense`, remove(f1))).status, 404)

    assert.equal((await admin.post(`/v1.0/directory/deletedItems/${anna.id}/restore`)).status, 200)
    const back = await admin.get(`/v1.0/users/${anna.id}?$select=assignedLicenses`)
    assert.deepEqual(back.body.assignedLicenses, [{ skuId: ems, disabledPlans: [] }])
    assert.deepEqual([await consumed(world, f1), await consumed(world, ems)], [1, 1])
    const restored = (await world.auditEvents()).at(-1)
    assert.deepEqual(restored?.targets[0]?.changed, [{ name: 'assignedLicenses', from: 'M365_F1', to: null }])
  })

  test(`licences are given by who may, to whom they may reach, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const f1 = await buy(world, 'M365_F1', 100)
    const anna = await world.person('anna', { usageLocation: 'NL' })
    const path = `/v1.0/users/${anna.id}/assignLicense`
    const may = ['License Administrator', 'User Administrator', 'Global Administrator'] as const
    for (const role of may) {
      const answer = await (await world.as(role)).post(path, add(f1))
      assert.equal(answer.status, 200, `${role}: ${answer.text}`)
    }
    const mayNot = ['Groups Administrator', 'Helpdesk Administrator', 'Global Reader', 'Privileged Role Administrator'] as const
    for (const role of mayNot) {
      const answer = await (await world.as(role)).post(path, add(f1))
      assert.equal(answer.status, 403, `${role}: ${answer.text}`)
      assert.match(answer.body.error.message, /License Administrator/)
    }
    const unitId = 'aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa'
    const local = await world.person('local')
    await world.giveRole(local.id, 'License Administrator', { kind: 'unit', unitId })
    const outOfReach = await (await world.signedIn(local.id)).post(path, add(f1))
    assert.equal(outOfReach.body.error.details[0].code, 'target_out_of_reach', outOfReach.text)

    const stranger = await other.person('stranger', { usageLocation: 'NL' })
    const admin = await world.as('License Administrator')
    for (const id of [stranger.id, `stranger@${other.domain}`, unknownSku, 'nobody', '%00']) {
      assert.equal((await admin.post(`/v1.0/users/${id}/assignLicense`, add(f1))).status, 404, id)
      assert.equal((await admin.get(`/v1.0/users/${id}/licenseDetails`)).status, 404, id)
    }
    assert.equal(await consumed(world, f1), 1)
  })
}
