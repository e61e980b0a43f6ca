import assert from 'node:assert/strict'
import { test } from 'node:test'
import { skus } from '#contract/graph/skus.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const smsPath = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/sms'
const sms = { '@odata.type': '#microsoft.graph.smsAuthenticationMethodConfiguration' }
const voice = { '@odata.type': '#microsoft.graph.voiceAuthenticationMethodConfiguration' }
const previewPath = '/sesam/v1/methodPolicies/sms/preview'
const group = (id: string, ticked: object = {}) => ({ targetType: 'group', id, ...ticked })
const usable = (id: string) => group(id, { isUsableForSignIn: true })
const nothing = {
  gainsMethod: 0,
  losesMethod: 0,
  gainsSmsSignIn: 0,
  losesSmsSignIn: 0,
  losesUserName: 0,
  losesOnlyWayIn: 0,
  becomesAsked: 0,
}

async function team(world: World) {
  const [anna, bo, cia, dirk] = await Promise.all(['anna', 'bo', 'cia', 'dirk'].map((name) => world.person(name, { displayName: name })))
  assert.ok(anna && bo && cia && dirk)
  const shop = await world.group('shop', { members: [anna, bo] })
  const area = await world.group('area', { members: [shop, cia] })
  await world.number(anna, '+31612345601')
  await world.number(bo, '+31612345602')
  await world.password(bo, 'a long password of bo')
  return { anna, bo, cia, dirk, shop, area }
}

for (const database of databases) {
  test(`before saving it is told who gains the method, who gains signing in by text, and who loses them, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Authentication Policy Administrator')
    const { anna, bo, cia, shop, area } = await team(world)
    const effects = async (body: object) => (await admin.post(previewPath, { ...sms, ...body })).body.effects
    const names = async (effect: string, configuration: object) => {
      const answer = await admin.post(`${previewPath}/people`, { effect, configuration: { ...sms, ...configuration } })
      assert.equal(answer.status, 200, answer.text)
      return answer.body.value.map(({ displayName }: { displayName: string }) => displayName)
    }

    const forArea = { state: 'enabled', includeTargets: [usable(area.id)] }
    assert.deepEqual(await effects(forArea), { ...nothing, gainsMethod: 3, gainsSmsSignIn: 3 })
    assert.deepEqual(await names('gainsSmsSignIn', forArea), ['anna', 'bo', 'cia'])
    assert.equal((await admin.patch(smsPath, { ...sms, ...forArea })).status, 204)

    const off = { state: 'disabled' }
    assert.deepEqual(await effects(off), { ...nothing, losesMethod: 3, losesSmsSignIn: 3, losesUserName: 2, losesOnlyWayIn: 1 })
    assert.deepEqual(await names('losesUserName', off), ['anna', 'bo'])
    assert.deepEqual(await names('losesOnlyWayIn', off), ['anna'])

    const secondFactorOnly = { includeTargets: [group(area.id)] }
    assert.deepEqual(await effects(secondFactorOnly), { ...nothing, losesSmsSignIn: 3, losesUserName: 2, losesOnlyWayIn: 1 })

    const withoutShop = { excludeTargets: [group(shop.id)] }
    assert.deepEqual(await effects(withoutShop), { ...nothing, losesMethod: 2, losesSmsSignIn: 2, losesUserName: 2, losesOnlyWayIn: 1 })
    assert.deepEqual(await names('losesMethod', withoutShop), ['anna', 'bo'])

    const asked = { includeTargets: [group(area.id, { isUsableForSignIn: true, isRegistrationRequired: true })] }
    assert.deepEqual(await effects(asked), { ...nothing, becomesAsked: 1 })
    assert.deepEqual(await names('becomesAsked', asked), ['cia'])

    // The administrator, dirk and nobody else.
    assert.deepEqual(await effects({ includeTargets: [usable('all_users')] }), { ...nothing, gainsMethod: 2, gainsSmsSignIn: 2 })
    assert.deepEqual(await effects({ includeTargets: [{ targetType: 'user', id: cia.id, isUsableForSignIn: true }] }), {
      ...nothing,
      losesMethod: 2,
      losesSmsSignIn: 2,
      losesUserName: 2,
      losesOnlyWayIn: 1,
    })
    for (const { id } of [anna, bo]) assert.equal((await admin.get(`/v1.0/users/${id}`)).status, 200)
  })

  test(`a guest gains a second factor, and never signing in by text, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const guest = await world.person('guest', { userType: 'Guest' })
    const { body } = await admin.post(previewPath, {
      ...sms,
      state: 'enabled',
      includeTargets: [{ targetType: 'user', id: guest.id, isUsableForSignIn: true }],
    })
    assert.partialDeepStrictEqual(body, {
      inScope: 0,
      added: 0,
      isExact: true,
      isScopeExact: true,
      effects: { ...nothing, gainsMethod: 1 },
    })
  })

  test(`every method has a preview, and none of it is saved, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const { shop, anna } = await team(world)
    const body = { ...voice, state: 'enabled', includeTargets: [group(shop.id, { isRegistrationRequired: true })] }
    const told = await admin.post('/sesam/v1/methodPolicies/Voice/preview', body)
    assert.partialDeepStrictEqual(told.body, { id: 'Voice', inScope: 2, effects: { ...nothing, gainsMethod: 2 } })
    await world.system.inTransaction(({ phones }) => phones.remove(anna.id, 'mobile'))
    const again = await admin.post('/sesam/v1/methodPolicies/voice/preview', body)
    assert.deepEqual(again.body.effects, { ...nothing, gainsMethod: 2, becomesAsked: 1 })
    assert.equal((await admin.post('/sesam/v1/methodPolicies/fax/preview', body)).status, 404)
    assert.equal((await admin.post('/sesam/v1/methodPolicies/sms/preview', body)).status, 400)
    const email = '#microsoft.graph.emailAuthenticationMethodConfiguration'
    const mail = await admin.post('/sesam/v1/methodPolicies/email/preview', { '@odata.type': email, state: 'enabled' })
    assert.equal(mail.body.effects.gainsMethod, 5)
    assert.deepEqual(await world.auditTrail(), [])
  })

  test(`where licences are enforced, only who has one gains or loses; and enforcing them shows who loses, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const { anna, area } = await team(world)
    const [sku = assert.fail()] = skus
    await world.system.inTransaction(async ({ licences }) => {
      await licences.addSku({ ...sku, enabledUnits: 10 })
      await licences.assign(anna.id, sku.id, [], world.now)
    })
    const forArea = { ...sms, state: 'enabled', includeTargets: [usable(area.id)] }
    assert.equal((await admin.patch(smsPath, forArea)).status, 204)
    const enforcing = await admin.post('/sesam/v1/methodPolicies/sms/licensing/preview', { mode: 'enforce' })
    assert.equal(enforcing.status, 200, enforcing.text)
    assert.partialDeepStrictEqual(enforcing.body, { inScope: 3, licensed: 1, short: 2, added: 0, removed: 0 })
    assert.deepEqual(enforcing.body.effects, { ...nothing, losesMethod: 2, losesSmsSignIn: 2, losesUserName: 1 })
    await admin.patch('/sesam/v1/methodPolicies/sms/licensing', { mode: 'enforce' })
    const off = await admin.post(previewPath, { ...sms, state: 'disabled' })
    assert.partialDeepStrictEqual(off.body, { removed: 3, effects: { losesMethod: 1, losesUserName: 1, losesOnlyWayIn: 1 } })
  })

  test(`the list of who is affected has pages, by name, and belongs to who asked, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const people = await Promise.all(Array.from({ length: 7 }, (_, index) => world.person(`p${index}`, { displayName: `P ${6 - index}` })))
    const seven = await world.group('seven', { members: people })
    for (const includeTargets of [[group(seven.id)], [group('all_users')]]) {
      const excludeTargets = includeTargets[0]?.id === 'all_users' ? [{ targetType: 'user', id: admin.id }] : []
      const body = { effect: 'gainsMethod', configuration: { ...sms, state: 'enabled', includeTargets, excludeTargets } }
      const seen: string[] = []
      let url: string | undefined = `${previewPath}/people?$top=3`
      for (let pages = 0; url !== undefined; pages++) {
        const page = await admin.post(url, body)
        assert.equal(page.status, 200, page.text)
        assert.equal(page.body.value.length, pages < 2 ? 3 : 1)
        seen.push(...page.body.value.map(({ displayName }: { displayName: string }) => displayName))
        url = page.body['@odata.nextLink']
      }
      assert.deepEqual(seen, ['P 0', 'P 1', 'P 2', 'P 3', 'P 4', 'P 5', 'P 6'])
    }
    const other = await world.as('Global Administrator')
    const first = await admin.post(`${previewPath}/people?$top=3`, {
      effect: 'gainsMethod',
      configuration: { ...sms, state: 'enabled', includeTargets: [group(seven.id)] },
    })
    assert.equal((await other.post(first.body['@odata.nextLink'], { effect: 'gainsMethod', configuration: sms })).status, 400)
    assert.equal((await admin.post(`${previewPath}/people`, { effect: 'wins', configuration: sms })).status, 400)
    assert.equal((await (await world.as('Global Reader')).post(`${previewPath}/people`, first.body)).status, 403)
  })
}
