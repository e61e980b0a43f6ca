import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { everybody } from '#server/domain/method-policy.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const { mobile, alternateMobile, office } = phoneMethodIds

/** As it is once calls can be made: nobody can switch them on through the API before. */
async function allowVoice(world: World) {
  const target = { kind: 'group', id: everybody, isExcluded: false, isUsableForSignIn: false } as const
  const before = await world.system.methodPolicies.find('sms')
  await world.system.inTransaction(({ methodPolicies }) => methodPolicies.set('voice', { ...before, isEnabled: true, targets: [target] }))
}

async function startWithAnna(database: (typeof databases)[number]) {
  const world = await startWorld(database)
  await world.allow('sms')
  const anna = await world.person('anna')
  await world.number(anna, '+31612345678')
  const path = `/v1.0/users/${anna.id}/authentication`
  const admin = await world.as('Global Administrator')
  return { world, anna, admin, path, numbers: `${path}/phoneMethods`, preferences: `${path}/signInPreferences` }
}

for (const database of databases) {
  test(`S51, S52 the default is chosen among what there is, in both versions, on ${database.name}`, async () => {
    const { world, anna, admin, preferences } = await startWithAnna(database)
    await using _ = world
    const read = await admin.get(preferences)
    assert.deepEqual(read.body, {
      '@odata.context': `https://sesam.test/v1.0/$metadata#users('${anna.id}')/authentication/signInPreferences`,
      isSystemPreferredAuthenticationMethodEnabled: false,
      systemPreferredAuthenticationMethod: null,
      userPreferredMethodForSecondaryAuthentication: 'sms',
    })
    const choose = (method: unknown) => admin.patch(preferences, { userPreferredMethodForSecondaryAuthentication: method })
    assert.equal((await choose('sms')).status, 204)
    assert.equal((await choose('sms')).status, 204)
    const missing = await choose('voiceMobile')
    assert.equal(missing.status, 400)
    assert.equal(missing.body.error.code, 'badRequest')
    assert.equal(missing.body.error.details[0].code, 'default_not_registered')
    assert.equal((await choose('fax')).status, 400)
    assert.equal((await admin.patch(preferences, {})).status, 400)

    await allowVoice(world)
    const own = await world.signedIn(anna.id)
    const wanted = { userPreferredMethodForSecondaryAuthentication: 'voiceMobile' }
    assert.equal((await own.patch('/beta/me/authentication/signInPreferences', wanted)).status, 204)
    assert.partialDeepStrictEqual((await own.get('/beta/me/authentication/signInPreferences')).body, wanted)
    assert.deepEqual(await world.auditTrail(), ['Admin updated security info', 'User changed default security info'])
    const nobody = await world.person('nobody')
    const none = await admin.get(`/v1.0/users/${nobody.id}/authentication/signInPreferences`)
    assert.equal(none.body.userPreferredMethodForSecondaryAuthentication, null)
  })

  test(`S47-S49, D1, D4 what is not the default goes, and so does the last one, on ${database.name}`, async () => {
    const { world, anna, admin, numbers } = await startWithAnna(database)
    await using _ = world
    await world.number(anna, '+31207942345', { type: 'office', signIn: false })
    assert.equal((await admin.delete(`${numbers}/${office}`)).status, 204)
    const own = await world.signedIn(anna.id)
    assert.equal((await own.delete(`/v1.0/me/authentication/phoneMethods/${mobile}`)).status, 204)
    assert.equal((await own.delete(`/v1.0/me/authentication/phoneMethods/${mobile}`)).status, 404)
    assert.deepEqual(await world.auditTrail(), ['Admin deleted security info', 'User deleted security info'])
    assert.equal((await world.system.methodChoices.ofUser(anna.id)).defaultMethod, undefined)
  })

  test(`S50a, D2 a default that somebody signs in with stays until the default is another, on ${database.name}`, async () => {
    const { world, anna, admin, numbers, preferences } = await startWithAnna(database)
    await using _ = world
    await allowVoice(world)
    await world.number(anna, '+31207942345', { type: 'office', signIn: false })
    for (const headers of [{}, { prefer: 'reassign-default' }]) {
      const refused = await admin.delete(`${numbers}/${mobile}`, headers)
      assert.equal(refused.status, 400)
      assert.equal(refused.body.error.code, 'badRequest')
      assert.equal(refused.body.error.details[0].code, 'default_method_stays')
    }
    assert.equal((await admin.patch(preferences, { userPreferredMethodForSecondaryAuthentication: 'voiceOffice' })).status, 204)
    assert.equal((await admin.delete(`${numbers}/${mobile}`)).status, 204)
  })

  test(`S50b, D3, D7 any other default moves once the caller agrees, and the log says both, on ${database.name}`, async () => {
    const { world, anna, admin, numbers, preferences } = await startWithAnna(database)
    await using _ = world
    await allowVoice(world)
    await world.number(anna, '+31207942345', { type: 'office', signIn: false })
    await admin.post(`${numbers}/${mobile}/disableSmsSignIn`)
    assert.equal((await admin.delete(`${numbers}/${mobile}`)).status, 400)
    const own = await world.signedIn(anna.id)
    const agreed = await own.delete(`/v1.0/me/authentication/phoneMethods/${mobile}`, { prefer: 'reassign-default' })
    assert.equal(agreed.status, 204, agreed.text)
    assert.equal((await admin.get(preferences)).body.userPreferredMethodForSecondaryAuthentication, 'voiceOffice')
    const [, deleted, moved] = await world.auditEvents()
    assert.equal(deleted?.activity, 'User deleted security info')
    assert.equal(moved?.activity, 'User changed default security info')
    assert.deepEqual(moved?.targets[0]?.changed, [{ name: 'DefaultMethod', from: 'sms', to: 'voiceOffice' }])
  })

  test(`D6 an organisation has it stricter, or easier, on ${database.name}`, async () => {
    const { world, anna, admin, numbers } = await startWithAnna(database)
    await using _ = world
    await allowVoice(world)
    await world.number(anna, '+31207942345', { type: 'office', signIn: false })
    const decide = (defaultMethodDeletion: string) => admin.patch('/sesam/v1/signInSettings', { defaultMethodDeletion })
    await decide('strict')
    assert.equal((await admin.delete(`${numbers}/${mobile}`, { prefer: 'reassign-default' })).status, 400)
    await decide('reassign')
    assert.equal((await admin.delete(`${numbers}/${mobile}`)).status, 204)
    assert.equal((await decide('whatever')).status, 400)
  })

  test(`a mobile number stays while there is an alternate one, which takes its place by hand, on ${database.name}`, async () => {
    const { world, anna, admin, numbers } = await startWithAnna(database)
    await using _ = world
    await world.number(anna, '+31687654321', { type: 'alternateMobile', signIn: false })
    const refused = await admin.delete(`${numbers}/${mobile}`)
    assert.equal(refused.status, 400)
    assert.equal(refused.body.error.details[0].code, 'mobile_before_alternate')
    assert.equal((await admin.patch(`${numbers}/${mobile}`, { phoneNumber: '+31 687654321' })).status, 204)
    assert.equal((await admin.get(`${numbers}/${mobile}`)).body.smsSignInState, 'ready')
    assert.equal((await admin.delete(`${numbers}/${alternateMobile}`)).status, 204)
    assert.equal((await admin.delete(`${numbers}/${mobile}`)).status, 204)
  })
}
