import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld, type World } from '#test/world.ts'

/** What an operator does after seeing proof that the name belongs to the organisation. */
async function ownDomain(world: World, name: string): Promise<boolean> {
  return world.system.inTransaction(({ domains }) => domains.add(name))
}

for (const database of databases) {
  test(`everybody reads the organisation, and an app with little scope only its name, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna', { userType: 'Guest' })
    const client = await world.signedIn(anna.id, { scopes: ['Organization.Read.All'] })

    const all = await client.get('/v1.0/organization')
    assert.equal(all.status, 200, all.text)
    assert.equal(all.body['@odata.context'], 'https://sesam.test/v1.0/$metadata#organization')
    assert.equal(all.body.value.length, 1)
    const one = await client.get(`/beta/organization/${world.tenantId.toUpperCase()}`)
    assert.partialDeepStrictEqual(one.body, all.body.value[0])
    assert.partialDeepStrictEqual(one.body, {
      '@odata.context': 'https://sesam.test/beta/$metadata#organization/$entity',
      id: world.tenantId,
      displayName: 'Contoso',
      countryLetterCode: 'NL',
      preferredLanguage: 'en',
      technicalNotificationMails: [],
      createdDateTime: '2026-11-20T09:00:00.000Z',
      tenantType: 'AAD',
      assignedPlans: [],
      verifiedDomains: [{ capabilities: 'None', isDefault: true, isInitial: true, name: world.domain, type: 'Managed' }],
    })

    const little = await world.signedIn(anna.id, { scopes: ['User.Read'] })
    const less = await little.get('/v1.0/organization')
    assert.partialDeepStrictEqual(less.body.value[0], {
      id: world.tenantId,
      displayName: 'Contoso',
      countryLetterCode: null,
      createdDateTime: null,
      preferredLanguage: null,
      tenantType: null,
    })
    assert.equal(less.body.value[0].verifiedDomains[0].name, world.domain)
    const chosen = await client.get('/v1.0/organization?$select=displayName')
    assert.deepEqual(chosen.body.value, [{ id: world.tenantId, displayName: 'Contoso' }])
  })

  test(`a Global Administrator changes the organisation and reads it at once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const path = `/v1.0/organization/${world.tenantId}`

    const mails = ['it@contoso.example', 'ops@contoso.example']
    const changed = await admin.patch(path, { preferredLanguage: 'sv', technicalNotificationMails: mails })
    assert.equal(changed.status, 204, changed.text)
    assert.partialDeepStrictEqual((await admin.get(path)).body, { preferredLanguage: 'sv', technicalNotificationMails: mails })
    assert.deepEqual((await world.system.organizations.get()).languages, ['sv', 'en', 'nl'])

    assert.equal((await admin.patch(path, { technicalNotificationMails: [] })).status, 204)
    assert.partialDeepStrictEqual((await admin.get(path)).body, { preferredLanguage: 'sv', technicalNotificationMails: [] })
    assert.equal((await admin.patch(path, {})).status, 204)
    const events = await world.auditEvents()
    assert.deepEqual(
      events.map(({ activity, category, targets }) => [activity, category, targets[0]?.id]),
      [
        ['Set Company Information', 'DirectoryManagement', world.tenantId],
        ['Set Company Information', 'DirectoryManagement', world.tenantId],
      ],
    )
    assert.deepEqual(events[0]?.targets[0]?.changed, [
      { name: 'preferredLanguage', from: 'en', to: 'sv' },
      { name: 'technicalNotificationMails', from: '', to: 'it@contoso.example, ops@contoso.example' },
    ])
  })

  test(`an organisation gets another name and country, and its texts wear the name at once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const path = `/v1.0/organization/${world.tenantId}`
    const renamed = await admin.patch(path, { displayName: ' Fabrikam ', countryLetterCode: 'se' })
    assert.equal(renamed.status, 204, renamed.text)
    assert.partialDeepStrictEqual((await admin.get(path)).body, { displayName: 'Fabrikam', countryLetterCode: 'SE' })
    const system = await world.installation.systemOf(world.tenantId)
    assert.partialDeepStrictEqual(system?.organization, { displayName: 'Fabrikam', defaultCountry: 'SE' })
    assert.equal((await admin.patch(path, { countryLetterCode: null })).status, 204)
    assert.equal((await admin.get(path)).body.countryLetterCode, null)
    assert.deepEqual((await world.auditEvents())[0]?.targets[0]?.changed, [
      { name: 'displayName', from: 'Contoso', to: 'Fabrikam' },
      { name: 'countryLetterCode', from: 'NL', to: 'SE' },
    ])
  })

  test(`a change of the organisation that does not fit changes nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const path = `/v1.0/organization/${world.tenantId}`
    const before = (await admin.get(path)).text
    const cases: [unknown, number, string][] = [
      [{ displayName: ' ', preferredLanguage: 'nl' }, 400, 'property_invalid'],
      [{ countryLetterCode: 'UK' }, 400, 'property_invalid'],
      [{ tenantType: 'AAD', preferredLanguage: 'nl' }, 400, 'property_read_only'],
      [{ verifiedDomains: [] }, 400, 'property_read_only'],
      [{ preferredLanguage: 'tlh' }, 400, 'property_invalid'],
      [{ preferredLanguage: null }, 400, 'property_invalid'],
      [{ technicalNotificationMails: ['nobody'] }, 400, 'property_invalid'],
      [{ technicalNotificationMails: 'it@contoso.example' }, 400, 'property_invalid'],
      [{ technicalNotificationMails: Array.from({ length: 51 }, () => 'it@contoso.example') }, 400, 'property_invalid'],
      [{ colour: 'red', preferredLanguage: 'nl' }, 400, 'property_unknown'],
      [undefined, 400, 'body_missing'],
    ]
    for (const [body, status, code] of cases) {
      const answer = await admin.patch(path, body)
      assert.equal(answer.status, status, answer.text)
      assert.equal(answer.body.error.details[0].code, code, JSON.stringify(body))
    }
    for (const id of [other.tenantId, 'contoso', '%00']) {
      assert.equal((await admin.get(`/v1.0/organization/${id}`)).status, 404, id)
      assert.equal((await admin.patch(`/v1.0/organization/${id}`, { preferredLanguage: 'nl' })).status, 404, id)
    }
    const lesser = await world.as('User Administrator', 'Global Reader')
    const refused = await lesser.patch(path, { preferredLanguage: 'nl' })
    assert.equal(refused.status, 403, refused.text)
    assert.match(refused.body.error.message, /Global Administrator/)
    assert.equal((await admin.get(path)).text, before)
    assert.deepEqual(await world.auditTrail(), [])
    assert.equal((await other.system.organizations.get()).languages[0], 'en')
  })

  test(`the domains of the organisation are listed and read, and nobody else's, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const reader = await world.as('Directory Readers')
    const shops = `Shops.${world.domain}`
    assert.equal(await ownDomain(world, shops), true)
    assert.equal(await ownDomain(other, shops), false)

    const all = await reader.get('/v1.0/domains')
    assert.equal(all.status, 200, all.text)
    assert.deepEqual(all.body.value[0], {
      id: world.domain,
      authenticationType: 'Managed',
      availabilityStatus: null,
      isAdminManaged: true,
      isDefault: true,
      isInitial: true,
      isRoot: true,
      isVerified: true,
      manufacturer: null,
      model: null,
      passwordNotificationWindowInDays: null,
      passwordValidityPeriodInDays: null,
      state: null,
      supportedServices: [],
    })
    const one = await reader.get(`/v1.0/domains/${shops.toUpperCase()}`)
    assert.partialDeepStrictEqual(one.body, {
      '@odata.context': 'https://sesam.test/v1.0/$metadata#domains/$entity',
      id: shops.toLowerCase(),
      isDefault: false,
      isInitial: false,
      isRoot: false,
      isVerified: true,
    })
    for (const id of [other.domain, 'nowhere.example', '%00']) assert.equal((await reader.get(`/v1.0/domains/${id}`)).status, 404, id)
    const guest = await world.person('guest', { userType: 'Guest' })
    assert.equal((await (await world.signedIn(guest.id)).get('/v1.0/domains')).status, 403)
  })

  test(`two domains made the default at the same moment leave one default, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const names = ['a', 'b', 'c', 'd'].map((letter) => `${letter}.${world.domain}`)
    for (const name of names) await ownDomain(world, name)

    const answers = await Promise.all(names.map((name) => admin.patch(`/v1.0/domains/${name}`, { isDefault: true })))
    for (const { status, text } of answers) assert.equal(status, 204, text)
    const { value } = (await admin.get('/v1.0/domains')).body
    assert.equal(value.filter((each: { isDefault: boolean }) => each.isDefault).length, 1)
    assert.ok(names.includes(value[0].id), value[0].id)
    assert.deepEqual(
      await world.auditTrail(),
      names.map(() => 'Update domain'),
    )
  })

  test(`a domain becomes federated only where somebody can still sign in here, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const second = `second.${world.domain}`
    await ownDomain(world, second)

    const federated = await admin.patch(`/v1.0/domains/${second}`, { authenticationType: 'Federated' })
    assert.equal(federated.status, 204, federated.text)
    assert.equal((await admin.get(`/v1.0/domains/${second}`)).body.authenticationType, 'Federated')
    const cases: [string, unknown, string][] = [
      [second, { isDefault: true }, 'domain_stays_managed'],
      [world.domain, { authenticationType: 'Federated' }, 'domain_stays_managed'],
      [world.domain, { isDefault: false }, 'default_domain_needed'],
      [second, { isVerified: true }, 'property_read_only'],
      [second, { authenticationType: 'Password' }, 'property_invalid'],
      [second, { isDefault: 'yes' }, 'property_invalid'],
      [second, { name: 'x' }, 'property_unknown'],
    ]
    for (const [name, body, code] of cases) {
      const answer = await admin.patch(`/v1.0/domains/${name}`, body)
      assert.equal(answer.status, 400, answer.text)
      assert.equal(answer.body.error.details[0].code, code, JSON.stringify(body))
    }
    assert.equal((await admin.patch(`/v1.0/domains/${other.domain}`, { isDefault: true })).status, 404)
    assert.equal((await (await world.as('User Administrator')).patch(`/v1.0/domains/${second}`, { isDefault: true })).status, 403)

    const both = await admin.patch(`/v1.0/domains/${second}`, { isDefault: true, authenticationType: 'Managed' })
    assert.equal(both.status, 204, both.text)
    const after = (await admin.get('/v1.0/organization')).body.value[0].verifiedDomains
    assert.deepEqual(
      after.map((each: { name: string; isDefault: boolean; type: string }) => [each.name, each.isDefault, each.type]),
      [
        [second, true, 'Managed'],
        [world.domain, false, 'Managed'],
      ],
    )
    assert.deepEqual((await world.auditEvents()).at(-1)?.targets[0], {
      id: second,
      kind: 'Other',
      displayName: second,
      changed: [
        { name: 'isDefault', from: 'false', to: 'true' },
        { name: 'authenticationType', from: 'Federated', to: 'Managed' },
      ],
    })
    assert.deepEqual(await world.auditTrail(), ['Update domain', 'Update domain'])
  })
}
