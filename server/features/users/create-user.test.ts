import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { user, usualUserProperties } from '#contract/graph/users.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const password = 'correct horse battery'

function wanted(world: World, name = 'anna') {
  return { accountEnabled: true, displayName: 'Anna de Vries', mailNickname: 'anna', userPrincipalName: `${name}@${world.domain}` }
}

const profile = {
  givenName: 'Anna',
  surname: 'de Vries',
  mail: 'anna@mail.example',
  jobTitle: 'Shop assistant',
  department: 'Store 12',
  officeLocation: 'Utrecht',
  employeeId: '0042',
  companyName: 'Contoso',
  streetAddress: 'Oudegracht 1',
  postalCode: '3511 AA',
  city: 'Utrecht',
  state: 'UT',
  country: 'Netherlands',
  usageLocation: 'NL',
  preferredLanguage: 'nl-NL',
  mobilePhone: '+31 6 12345678',
  businessPhones: ['+31 30 1234567'],
  otherMails: ['anna@home.example'],
  userType: 'Member',
  passwordPolicies: 'DisablePasswordExpiration',
}

for (const database of databases) {
  test(`a new person answers with the usual properties and keeps all the others, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const body = { ...wanted(world), ...profile, passwordProfile: { password, forceChangePasswordNextSignIn: false } }

    const created = await admin.post('/v1.0/users', body)
    assert.equal(created.status, 201, created.text)
    assert.deepEqual(Object.keys(created.body).sort(), ['@odata.context', ...usualUserProperties].sort())
    const { id } = created.body
    for (const path of [id, id.toUpperCase(), body.userPrincipalName, body.userPrincipalName.toUpperCase()]) {
      const read = await admin.get(`/v1.0/users/${path}`)
      assert.deepEqual(read.body, created.body, read.text)
    }

    const every = Object.keys(user.shape)
    const whole = await admin.get(`/v1.0/users/${id}?$select=${every.join(',')}`)
    assert.deepEqual(Object.keys(whole.body).sort(), ['@odata.context', ...every].sort(), whole.text)
    const { '@odata.context': context, ...properties } = whole.body
    assert.equal(context, 'https://sesam.test/v1.0/$metadata#users/$entity')
    assert.deepEqual(user.parse(properties), properties)
    const at = '2026-11-20T09:00:00.000Z'
    assert.deepEqual(properties, {
      ...wanted(world),
      ...profile,
      id,
      assignedLicenses: [],
      createdDateTime: at,
      deletedDateTime: null,
      identities: [{ signInType: 'userPrincipalName', issuer: world.domain, issuerAssignedId: body.userPrincipalName }],
      lastPasswordChangeDateTime: at,
      onPremisesSyncEnabled: null,
      signInSessionsValidFromDateTime: at,
    })
    for (const [name, value] of Object.entries(properties)) {
      const one = await admin.get(`/v1.0/users/${id}?$select=${name}`)
      assert.deepEqual(one.body, { '@odata.context': context, id, [name]: value }, name)
      const listed = await admin.get(`/v1.0/users?$select=${name}&$filter=id eq '${id}'`)
      assert.deepEqual(listed.body.value, [{ id, [name]: value }], name)
    }
  })

  test(`a person needs no password and no profile, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const created = await admin.post('/beta/users', { ...wanted(world), accountEnabled: false })
    assert.equal(created.status, 201, created.text)
    assert.deepEqual(created.body, {
      '@odata.context': 'https://sesam.test/beta/$metadata#users/$entity',
      businessPhones: [],
      displayName: 'Anna de Vries',
      givenName: null,
      id: created.body.id,
      jobTitle: null,
      mail: null,
      mobilePhone: null,
      officeLocation: null,
      preferredLanguage: null,
      surname: null,
      userPrincipalName: `anna@${world.domain}`,
    })
    const rest = await admin.get(`/v1.0/users/${created.body.id}?$select=accountEnabled,lastPasswordChangeDateTime,userType`)
    assert.partialDeepStrictEqual(rest.body, { accountEnabled: false, lastPasswordChangeDateTime: null, userType: 'Member' })
  })

  test(`one name belongs to one person, however it is spelled and however many ask at once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    assert.equal((await admin.post('/v1.0/users', wanted(world, 'Bo'))).status, 201)
    const again = await admin.post('/v1.0/users', wanted(world, 'bO'))
    assert.equal(again.status, 400, again.text)
    assert.partialDeepStrictEqual(again.body.error, {
      code: 'Request_BadRequest',
      details: [{ code: 'upn_taken', target: 'userPrincipalName' }],
    })

    const spellings = ['anna', 'Anna', 'ANNA', 'aNNa']
    const answers = await Promise.all(spellings.map((name) => admin.post('/v1.0/users', wanted(world, name))))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 400, 400, 400], answers.map(({ text }) => text).join('\n'))
    const found = await admin.get(`/v1.0/users?$filter=startswith(userPrincipalName,'anna@')`)
    assert.equal(found.body.value.length, 1, found.text)
    assert.deepEqual(await world.auditTrail(), ['Add user', 'Add user'])
  })

  test(`a new person that does not fit is refused by name and leaves nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const good = wanted(world)
    const text = JSON.stringify(good)
    const cases: [string, unknown, string, string?][] = [
      ['nothing', undefined, 'body_missing'],
      ['a list', [], 'property_invalid'],
      ['no name', { ...good, displayName: undefined }, 'property_required', 'displayName'],
      ['an empty name', { ...good, displayName: ' ' }, 'property_invalid', 'displayName'],
      ['a long name', { ...good, displayName: 'a'.repeat(257) }, 'property_invalid', 'displayName'],
      ['a line break', { ...good, displayName: 'Anna\r\nBcc: all' }, 'property_invalid', 'displayName'],
      ['a NUL', { ...good, givenName: 'An\u0000na' }, 'property_invalid', 'givenName'],
      ['half a character', { ...good, surname: 'x\ud800' }, 'property_invalid', 'surname'],
      ['a space', { ...good, userPrincipalName: `an na@${world.domain}` }, 'property_invalid', 'userPrincipalName'],
      ['a letter beyond ASCII', { ...good, userPrincipalName: `åsa@${world.domain}` }, 'property_invalid', 'userPrincipalName'],
      ['two @', { ...good, userPrincipalName: `a@b@${world.domain}` }, 'property_invalid', 'userPrincipalName'],
      ['no @', { ...good, userPrincipalName: 'anna' }, 'property_invalid', 'userPrincipalName'],
      ['a period before the @', { ...good, userPrincipalName: `anna.@${world.domain}` }, 'property_invalid', 'userPrincipalName'],
      ['65 before the @', { ...good, userPrincipalName: `${'a'.repeat(65)}@${world.domain}` }, 'property_invalid', 'userPrincipalName'],
      ['a foreign domain', { ...good, userPrincipalName: 'anna@elsewhere.example' }, 'domain_not_verified', 'userPrincipalName'],
      ['a domain below ours', { ...good, userPrincipalName: `anna@sub.${world.domain}` }, 'domain_not_verified', 'userPrincipalName'],
      ['a nickname with an @', { ...good, mailNickname: 'an@na' }, 'property_invalid', 'mailNickname'],
      ['a word for a flag', { ...good, accountEnabled: 'true' }, 'property_invalid', 'accountEnabled'],
      ['no flag', { ...good, accountEnabled: null }, 'property_invalid', 'accountEnabled'],
      ['an id', { ...good, id: randomUUID() }, 'property_read_only', 'id'],
      ['licences', { ...good, assignedLicenses: [] }, 'property_read_only', 'assignedLicenses'],
      ['a role', { ...good, roles: ['Global Administrator'] }, 'property_unknown', 'roles'],
      ['our own words', { ...good, password_hash: 'x' }, 'property_unknown', 'password_hash'],
      ['a short password', { ...good, passwordProfile: { password: 'short' } }, 'property_invalid', 'passwordProfile/password'],
      [
        'no password',
        { ...good, passwordProfile: { forceChangePasswordNextSignIn: true } },
        'property_required',
        'passwordProfile/password',
      ],
      ['a country by name', { ...good, usageLocation: 'Netherlands' }, 'property_invalid', 'usageLocation'],
      ['two business numbers', { ...good, businessPhones: ['1', '2'] }, 'property_invalid', 'businessPhones'],
      ['another type', { ...good, '@odata.type': '#microsoft.graph.group' }, 'property_invalid', '@odata.type'],
      ['a prototype', `${text.slice(0, -1)},"__proto__":{"admin":true}}`, 'body_key_forbidden'],
      ['a constructor', `${text.slice(0, -1)},"constructor":1}`, 'body_key_forbidden'],
      ['a name twice', `${text.slice(0, -1)},"accountEnabled":false}`, 'body_key_twice'],
      ['a name twice in disguise', `${text.slice(0, -1)},"account\\u0045nabled":false}`, 'body_key_twice'],
      ['half a body', text.slice(0, -1), 'body_not_json'],
    ]
    for (const [name, body, code, target] of cases) {
      const answer = await admin.post('/v1.0/users', body)
      assert.equal(answer.status, 400, `${name}: ${answer.text}`)
      assert.equal(answer.body.error.details[0].code, code, name)
      assert.equal(answer.body.error.details[0].target, target, name)
    }
    const { value } = (await admin.get('/v1.0/users')).body
    assert.deepEqual(
      value.map((person: { id: string }) => person.id),
      [admin.id],
    )
    assert.deepEqual(await world.auditTrail(), [])
  })

  test(`no answer, log line or audit event tells a password or a whole number, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const body = { ...wanted(world), mobilePhone: '+31 6 12345678', businessPhones: ['030-1234567'], passwordProfile: { password } }
    const created = await admin.post('/v1.0/users', body)
    assert.equal(created.status, 201, created.text)
    assert.ok(!created.text.includes(password))
    const selected = await admin.get(`/v1.0/users/${created.body.id}?$select=passwordProfile`)
    assert.equal(selected.status, 400, selected.text)

    const [event] = await world.auditEvents()
    const changed = event?.targets[0]?.changed ?? []
    assert.deepEqual(
      changed.filter(({ name }) => ['mobilePhone', 'businessPhones', 'passwordProfile', 'password'].includes(name)),
      [
        { name: 'mobilePhone', from: null, to: '+XX X XXXXXX78' },
        { name: 'businessPhones', from: null, to: 'XXX-XXXXX67' },
        { name: 'passwordProfile', from: null, to: '***' },
      ],
    )
    const written = JSON.stringify(event) + world.logged.join('')
    for (const secret of [password, '12345678', '1234567', '$argon2']) assert.ok(!written.includes(secret), secret)
  })

  test(`only those who may make people make them, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    for (const role of ['User Administrator', 'Global Administrator'] as const) {
      const answer = await (await world.as(role)).post('/v1.0/users', wanted(world, role.slice(0, 4)))
      assert.equal(answer.status, 201, `${role}: ${answer.text}`)
    }
    for (const role of ['Helpdesk Administrator', 'License Administrator', 'Global Reader', 'Authentication Administrator'] as const) {
      const answer = await (await world.as(role)).post('/v1.0/users', wanted(world, 'nobody'))
      assert.equal(answer.status, 403, `${role}: ${answer.text}`)
      assert.match(answer.body.error.message, /User Administrator, Global Administrator/)
    }
    const boss = await world.person('boss')
    await world.giveRole(boss.id, 'Global Administrator')
    const weak = await world.signedIn(boss.id, { methods: ['pwd'] })
    assert.equal((await weak.post('/v1.0/users', wanted(world, 'nobody'))).body.error.code, 'insufficient_claims')
    const narrow = await world.signedIn(boss.id, { scopes: ['User.Read.All'] })
    assert.equal((await narrow.post('/v1.0/users', wanted(world, 'nobody'))).body.error.details[0].code, 'scope_missing')
    assert.equal((await world.client(undefined).post('/v1.0/users', wanted(world, 'nobody'))).status, 401)
    assert.equal((await (await world.signedIn(boss.id)).get(`/v1.0/users/nobody@${world.domain}`)).status, 404)
  })
}
