import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld } from '#test/world.ts'

const path = '/sesam/v1/signInSettings'

for (const database of databases) {
  test(`a policy administrator changes how people sign in, and it counts at once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Authentication Policy Administrator')
    const usual = await admin.get(path)
    assert.equal(usual.status, 200, usual.text)
    assert.deepEqual(usual.body, {
      '@odata.context': 'https://sesam.test/sesam/v1/$metadata#signInSettings/$entity',
      id: 'signInSettings',
      asksToStaySignedIn: true,
      allowsDeviceCodes: false,
      textCountries: null,
      callCountries: null,
      textsADay: null,
      sharedNetworks: [],
      defaultMethodDeletion: 'auto',
      uniqueNumbers: 'signInNames',
      strictConflict: false,
      afterSmsSignIn: 'stepUp',
    })

    const changed = await admin.patch(path, { textCountries: ['se', 'NL', 'SE'], allowsDeviceCodes: true })
    assert.equal(changed.status, 204, changed.text)
    const system = await world.installation.systemOf(world.tenantId)
    assert.deepEqual(system?.signInSettings, {
      asksToStaySignedIn: true,
      allowsDeviceCodes: true,
      textCountries: ['NL', 'SE'],
      callCountries: undefined,
      textsADay: undefined,
      sharedNetworks: [],
      defaultMethodDeletion: 'auto',
      uniqueNumbers: 'signInNames',
      strictConflict: false,
      afterSmsSignIn: 'stepUp',
    })
    assert.equal((await admin.patch(path, { textsADay: 2_000, asksToStaySignedIn: false, afterSmsSignIn: 'deny' })).status, 204)
    assert.equal((await admin.patch(path, { textCountries: null })).status, 204)
    assert.equal((await admin.patch(path, { textCountries: null })).status, 204)
    assert.partialDeepStrictEqual((await admin.get(path)).body, {
      asksToStaySignedIn: false,
      allowsDeviceCodes: true,
      textCountries: null,
      textsADay: 2_000,
      afterSmsSignIn: 'deny',
    })
    const events = await world.auditEvents()
    assert.deepEqual(
      events.map(({ activity, category }) => `${category}: ${activity}`),
      Array.from({ length: 3 }, () => 'Policy: Update sign-in settings'),
    )
    assert.deepEqual(events[0]?.targets[0]?.changed, [
      { name: 'allowsDeviceCodes', from: 'false', to: 'true' },
      { name: 'textCountries', from: null, to: 'NL, SE' },
    ])
  })

  test(`a setting that does not fit changes nothing, and one organisation's are not another's, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const admin = await world.as('Security Administrator')
    const cases: [unknown, string, string][] = [
      [{ textCountries: ['NL', 'UK'] }, 'property_invalid', 'textCountries/1'],
      [{ textCountries: ['Netherlands'] }, 'property_invalid', 'textCountries/0'],
      [{ textCountries: [] }, 'property_invalid', 'textCountries'],
      [{ textCountries: 'NL' }, 'property_invalid', 'textCountries'],
      [{ textsADay: 0 }, 'property_invalid', 'textsADay'],
      [{ textsADay: 1.5 }, 'property_invalid', 'textsADay'],
      [{ asksToStaySignedIn: null }, 'property_invalid', 'asksToStaySignedIn'],
      [{ afterSmsSignIn: 'allow' }, 'property_invalid', 'afterSmsSignIn'],
      [{ allowsDeviceCodes: true, id: 'x' }, 'property_read_only', 'id'],
      [{ allowsDeviceCodes: true, colour: 'red' }, 'property_unknown', 'colour'],
      [undefined, 'body_missing', ''],
    ]
    for (const [body, code, property] of cases) {
      const answer = await admin.patch(path, body)
      assert.equal(answer.status, 400, answer.text)
      const [detail] = answer.body.error.details
      assert.equal(detail.code, code, JSON.stringify(body))
      if (property) assert.equal(detail.target, property, JSON.stringify(body))
    }
    assert.deepEqual(await world.auditTrail(), [])
    assert.equal((await admin.patch(path, { textsADay: 9 })).status, 204)
    assert.equal((await other.system.settings.get()).textsADay, undefined)

    const reader = await world.as('Global Reader')
    assert.equal((await reader.get(path)).body.textsADay, 9)
    assert.equal((await reader.patch(path, { textsADay: 8 })).status, 403)
    assert.equal((await (await world.as('User Administrator')).get(path)).status, 403)
    assert.equal((await admin.get('/v1.0/signInSettings')).status, 404)
  })
}
