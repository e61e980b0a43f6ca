import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalAddress } from '#server/domain/email-address.ts'
import { everybody } from '#server/domain/method-policy.ts'
import type { PhoneType } from '#server/domain/phone.ts'
import { canonicalNumber } from '#server/domain/phone-number.ts'
import type { UserChanges } from '#server/domain/user.ts'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const password: UserChanges = { password: { hash: 'not a real one', mustChange: false } }

async function give(world: World, userId: string, type: PhoneType, number: string, isSignInName = false): Promise<void> {
  const phone = { userId, type, number: canonicalNumber(number), extension: undefined, isSignInName, signInWish: 'wanted' } as const
  assert.ok(await world.system.inTransaction(({ phones }) => phones.add(phone, world.now)))
}

/** Anna signs in by text, Bert has a password and two numbers, Cees only a password, Dirk nothing; Eva is a guest, Fred is gone for now. */
async function people(world: World) {
  const anna = await world.person('anna', { department: 'Store 12' })
  const bert = await world.person('bert', password)
  const cees = await world.person('cees', password)
  const dirk = await world.person('dirk')
  const eva = await world.person('eva', { userType: 'Guest', ...password })
  const fred = await world.person('fred', { accountEnabled: false })
  await give(world, anna.id, 'mobile', '+31612345678', true)
  await give(world, bert.id, 'mobile', '+31687654321')
  await give(world, bert.id, 'alternateMobile', '+31207942345')
  await give(world, eva.id, 'office', '+46812345678')
  await give(world, fred.id, 'mobile', '+31611111111', true)
  return { anna, bert, cees, dirk, eva, fred }
}

const details = '/reports/authenticationMethods/userRegistrationDetails'

async function namesWhere(client: Client, filter: string): Promise<string[]> {
  const answer = await client.get(`/v1.0${details}?$filter=${encodeURIComponent(filter)}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.value.map(({ userDisplayName }: { userDisplayName: string }) => userDisplayName.replace(/^actor-.*/, 'reader'))
}

for (const database of databases) {
  test(`the report tells what people have registered, and what policy lets them use, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { anna, bert, fred } = await people(world)
    const reader = await world.as('Reports Reader')
    const one = async (id: string, version = 'v1.0') => reader.get(`/${version}${details}/${id}`)
    const { body: before } = await one(bert.id)
    assert.deepEqual(before, {
      '@odata.context': `https://sesam.test/v1.0/$metadata#reports/authenticationMethods/userRegistrationDetails/$entity`,
      id: bert.id,
      userPrincipalName: `bert@${world.domain}`,
      userDisplayName: 'bert',
      userType: 'member',
      isAdmin: false,
      isMfaRegistered: true,
      isMfaCapable: false,
      isPasswordlessCapable: false,
      isSsprRegistered: true,
      isSsprEnabled: false,
      isSsprCapable: false,
      isSystemPreferredAuthenticationMethodEnabled: false,
      systemPreferredAuthenticationMethods: [],
      userPreferredMethodForSecondaryAuthentication: 'none',
      methodsRegistered: ['password', 'mobilePhone', 'alternateMobilePhone'],
      lastUpdatedDateTime: '2026-11-20T09:00:00.000Z',
    })
    const inner = await world.group('inner', { members: [bert] })
    const outer = await world.group('outer', { members: [inner] })
    await world.allow('sms', { group: outer })
    assert.partialDeepStrictEqual((await one(bert.id, 'beta')).body, {
      isMfaCapable: true,
      userPreferredMethodForSecondaryAuthentication: 'sms',
    })
    assert.equal((await one(anna.id)).body.isMfaCapable, false, 'registered, but not in scope')
    assert.equal((await one(`bert@${world.domain}`)).status, 200)
    assert.equal((await one(fred.id)).status, 404, 'whoever is disabled is in no report')

    const all = { kind: 'group', id: everybody, isExcluded: false, isUsableForSignIn: true } as const
    const out = { kind: 'user', id: bert.id, isExcluded: true, isUsableForSignIn: false } as const
    await world.system.inTransaction(({ methodPolicies }) =>
      methodPolicies.set('sms', { isEnabled: true, targets: [all, out], settings: {} }),
    )
    assert.equal((await one(bert.id)).body.isMfaCapable, false)
    assert.equal((await one(anna.id)).body.isMfaCapable, true)
    await world.system.inTransaction(({ methodPolicies }) => methodPolicies.setLicenceMode('sms', 'enforce'))
    assert.equal((await one(anna.id)).body.isMfaCapable, false, 'nobody is licensed')
  })

  test(`the report is asked by what Graph asks it by, page by page, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await people(world)
    await world.allow('sms')
    const reader = await world.as('Security Reader')
    assert.deepEqual(await namesWhere(reader, 'isMfaRegistered eq true'), ['anna', 'bert', 'eva'])
    assert.deepEqual(await namesWhere(reader, 'isMfaCapable eq true'), ['anna', 'bert'])
    assert.deepEqual(await namesWhere(reader, 'isMfaRegistered eq false and isAdmin eq false'), ['cees', 'dirk'])
    assert.deepEqual(await namesWhere(reader, 'isAdmin eq true'), ['reader'])
    assert.deepEqual(await namesWhere(reader, "methodsRegistered/any(m:m eq 'mobilePhone')"), ['anna', 'bert'])
    assert.deepEqual(await namesWhere(reader, "methodsRegistered/any(m:m eq 'officePhone' or m eq 'alternateMobilePhone')"), [
      'bert',
      'eva',
    ])
    assert.deepEqual(await namesWhere(reader, "methodsRegistered/any(m:m eq 'fido2')"), [])
    assert.deepEqual(await namesWhere(reader, "startsWith(userPrincipalName,'CE')"), ['cees'])
    assert.deepEqual(await namesWhere(reader, "userType eq 'guest'"), ['eva'])
    assert.deepEqual(await namesWhere(reader, "userDisplayName eq 'Dirk'"), ['dirk'])

    const seen: string[] = []
    let url: string | undefined = `/beta${details}?$top=2&$orderby=userPrincipalName desc&$select=userDisplayName`
    while (url) {
      const { body, status, text } = await reader.get(url)
      assert.equal(status, 200, text)
      assert.ok(body.value.length <= 2)
      seen.push(...body.value.map(({ userDisplayName }: { userDisplayName: string }) => userDisplayName))
      url = body['@odata.nextLink']
    }
    assert.deepEqual(seen.slice(0, 5), ['eva', 'dirk', 'cees', 'bert', 'anna'])
    assert.equal(seen.length, 6)
    assert.equal((await reader.get(`/v1.0${details}?$filter=lastUpdatedDateTime gt 2026-01-01T00:00:00Z`)).status, 400)
    assert.equal((await reader.get(`/v1.0${details}?$filter=isAdmin gt true`)).status, 400)
    assert.equal((await (await world.as('User Administrator')).get(`/v1.0${details}`)).status, 403)
  })

  test(`an e-mail address is a method of its own, good for a password reset and for no second step, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { anna, dirk } = await people(world)
    for (const { id: userId, displayName } of [anna, dirk]) {
      const address = canonicalAddress(`${displayName}@contoso.example`)
      await world.system.inTransaction(({ emailMethods }) => emailMethods.add({ userId, address, provenAt: undefined }, world.now))
    }
    const reader = await world.as('Reports Reader')
    const { body } = await reader.get(`/v1.0${details}/${dirk.id}`)
    const registered = { isSsprRegistered: true, isMfaRegistered: false, isMfaCapable: false, methodsRegistered: ['email'] }
    assert.partialDeepStrictEqual(body, registered)
    assert.deepEqual(await namesWhere(reader, "methodsRegistered/any(m:m eq 'email')"), ['anna', 'dirk'])
    assert.deepEqual(await namesWhere(reader, 'isSsprRegistered eq true'), ['anna', 'bert', 'dirk', 'eva'])
    const counted = await reader.get('/v1.0/reports/authenticationMethods/usersRegisteredByMethod')
    const counts: { authenticationMethod: string; userCount: number }[] = counted.body.userRegistrationMethodCounts
    assert.equal(counts.find(({ authenticationMethod }) => authenticationMethod === 'email')?.userCount, 2)
    const features = await reader.get('/v1.0/reports/authenticationMethods/usersRegisteredByFeature')
    assert.deepEqual(features.body.userRegistrationFeatureCounts[0], { feature: 'ssprRegistered', userCount: 4 })
  })

  test(`people are counted by feature and by method, of one type or role, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { cees } = await people(world)
    await world.allow('sms')
    await world.giveRole(cees.id, 'User Administrator')
    const reader = await world.as('Global Reader')
    const root = '/v1.0/reports/authenticationMethods'
    const { body: features } = await reader.get(`${root}/usersRegisteredByFeature`)
    assert.deepEqual(features, {
      '@odata.context': 'https://sesam.test/v1.0/$metadata#microsoft.graph.userRegistrationFeatureSummary',
      userTypes: 'all',
      userRoles: 'all',
      totalUserCount: 6,
      userRegistrationFeatureCounts: [
        { feature: 'ssprRegistered', userCount: 3 },
        { feature: 'ssprEnabled', userCount: 0 },
        { feature: 'ssprCapable', userCount: 0 },
        { feature: 'passwordlessCapable', userCount: 0 },
        { feature: 'mfaCapable', userCount: 2 },
      ],
    })
    const methods = async (types: string, roles: string) => {
      const answer = await reader.get(`${root}/usersRegisteredByMethod(includedUserTypes='${types}',includedUserRoles='${roles}')`)
      assert.equal(answer.status, 200, answer.text)
      const counts: { authenticationMethod: string; userCount: number }[] = answer.body.userRegistrationMethodCounts
      const some = counts.filter(({ userCount }) => userCount > 0).map((each) => `${each.authenticationMethod} ${each.userCount}`)
      return [answer.body.userTypes, answer.body.userRoles, answer.body.totalUserCount, ...some]
    }
    assert.deepEqual(await methods('all', 'all'), [
      'all',
      'all',
      6,
      'password 3',
      'mobilePhone 2',
      'alternateMobilePhone 1',
      'officePhone 1',
    ])
    assert.deepEqual(await methods('guest', 'all'), ['guest', 'all', 1, 'password 1', 'officePhone 1'])
    assert.deepEqual(await methods('all', 'admin'), ['all', 'admin', 2, 'password 1'])
    assert.deepEqual(await methods('member', 'privilegedAdmin'), ['member', 'privilegedAdmin', 1, 'password 1'])
    assert.deepEqual(await methods('member', 'user'), ['member', 'user', 3, 'password 1', 'mobilePhone 2', 'alternateMobilePhone 1'])
    const encoded = await reader.get(`${root}/usersRegisteredByMethod(includedUserRoles=%27admin%27,%20includedUserTypes=%27all%27)`)
    assert.equal(encoded.body.totalUserCount, 2)
    assert.equal((await reader.get(`${root}/usersRegisteredByFeature()`)).body.totalUserCount, 6)
    for (const wrong of ["(includedUserTypes='all')", "(includedUserTypes='x',includedUserRoles='all')", 'All', "('"]) {
      const answer = await reader.get(`${root}/usersRegisteredByFeature${wrong}`)
      assert.equal(answer.status, 400, wrong)
      assert.equal(answer.body.error.details[0].code, 'report_function_unknown')
    }
    const batch = {
      requests: [
        {
          id: '1',
          method: 'GET',
          url: "/reports/authenticationMethods/usersRegisteredByFeature(includedUserTypes='guest',includedUserRoles='all')",
        },
      ],
    }
    const { body } = await reader.post('/v1.0/$batch', batch)
    assert.equal(body.responses[0].body.totalUserCount, 1)
  })

  test(`whoever may look finds who has a number in any spelling, and the audit log tells who asked, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const { anna, cees } = await people(world)
    await give(world, cees.id, 'alternateMobile', '+31612345678')
    const ask = (client: Client, number: string) => client.get(`/sesam/v1/reports/phoneNumbers?$filter=number eq '${number}'`)
    const helper = await world.as('Authentication Administrator')
    const whole = await world.as('Privileged Authentication Administrator')
    for (const spelling of ['%2B31 6 12345678', '+31612345678', '06-12345678', '0031 (0)6 123 456 78']) {
      const answer = await ask(helper, spelling)
      assert.equal(answer.status, 200, answer.text)
      const found = answer.body.value.map((each: { userId: string; phoneType: string; phoneNumber: string; smsSignInState: string }) => [
        each.userId,
        each.phoneType,
        each.phoneNumber,
        each.smsSignInState,
      ])
      const expected = [
        [anna.id, 'mobile', '+31 XXXXXXX78', 'ready'],
        [cees.id, 'alternateMobile', '+31 XXXXXXX78', 'notSupported'],
      ].sort()
      assert.deepEqual(found.sort(), expected, spelling)
    }
    assert.deepEqual((await ask(whole, '+31 6 12345678')).body.value[0].phoneNumber, '+31 612345678')
    assert.deepEqual((await ask(helper, '+31 6 11111112')).body.value, [])
    for (const wrong of ['anna', '123', '%2B999 1234567']) assert.equal((await ask(helper, wrong)).status, 400, wrong)
    assert.equal((await helper.get('/sesam/v1/reports/phoneNumbers')).body.error.details[0].code, 'report_number_missing')
    assert.equal((await helper.get("/sesam/v1/reports/phoneNumbers?$filter=number eq '1' or number eq '2'")).status, 400)
    assert.equal((await ask(await world.as('User Administrator'), '06-12345678')).status, 403)
    const events = await world.auditEvents()
    assert.deepEqual(new Set(events.map(({ activity }) => activity)), new Set(['Look up phone number']))
    assert.deepEqual(events[0]?.details, { Holders: '2' })
    assert.equal(events[0]?.targets[0]?.displayName, '+31 XXXXXXX78')
    assert.ok(!JSON.stringify([events, world.logged]).includes('12345678'))
  })

  test(`who depends on texts is a list and a file that no spreadsheet can be tricked with, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { anna } = await people(world)
    await world.system.inTransaction(({ users }) =>
      users.change(anna.id, { displayName: '=HYPERLINK("http://evil.example";"Anna")' }, world.now),
    )
    const reader = await world.as('Reports Reader')
    const { body } = await reader.get('/sesam/v1/reports/textDependents')
    assert.deepEqual(
      body.value.map((each: { userPrincipalName: string; isOnlyWayIn: boolean; isOnlySecondFactor: boolean; phoneNumber: string }) => [
        each.userPrincipalName.split('@')[0],
        each.isOnlyWayIn,
        each.isOnlySecondFactor,
        each.phoneNumber,
      ]),
      [
        ['anna', true, false, '+31 XXXXXXX78'],
        ['bert', false, true, '+31 XXXXXXX21'],
        ['eva', false, true, '+46 XXXXXXX78'],
      ],
    )
    const masked = await reader.get('/sesam/v1/reports/textDependents/export?$filter=isOnlyWayIn eq true')
    assert.equal(masked.status, 200, masked.text)
    assert.match(String(masked.headers['content-type']), /^text\/csv; charset=utf-8/)
    assert.equal(masked.headers['content-disposition'], 'attachment; filename="text-dependents.csv"')
    assert.equal(masked.headers['x-content-type-options'], 'nosniff')
    assert.equal(
      masked.text,
      'userPrincipalName,userDisplayName,department,preferredLanguage,phoneNumber,isOnlyWayIn,isOnlySecondFactor\r\n' +
        `anna@${world.domain},"'=HYPERLINK(""http://evil.example"";""Anna"")",Store 12,,'+31 XXXXXXX78,true,false\r\n`,
    )
    const whole = await (await world.as('Global Administrator')).get('/sesam/v1/reports/textDependents/export')
    assert.match(whole.text, /,'\+31 687654321,false,true\r\n/)
    const events = (await world.auditEvents()).map(({ activity, details: { Numbers } }) => [activity, Numbers])
    assert.deepEqual(events, [
      ['Export report', 'masked'],
      ['Export report', 'whole'],
    ])
  })
}
