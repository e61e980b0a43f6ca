import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld, type TestAnswer } from '#test/world.ts'

interface Answered {
  id: string
  status: number
  headers: Record<string, string>
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of a body
  body?: any
}

function byId(answer: TestAnswer): Map<string, Answered> {
  assert.equal(answer.status, 200, answer.text)
  return new Map(answer.body.responses.map((each: Answered) => [each.id, each]))
}

const json = { 'Content-Type': 'application/json' }

function newPerson(domain: string, name: string) {
  return { accountEnabled: true, displayName: name, mailNickname: name, userPrincipalName: `${name}@${domain}` }
}

for (const database of databases) {
  test(`twenty people are created by one request, and read by the next, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const names = Array.from({ length: 20 }, (_, index) => `colleague${index}`)

    const created = byId(
      await admin.post('/v1.0/$batch', {
        requests: names.map((name) => ({ id: name, method: 'POST', url: '/users', headers: json, body: newPerson(world.domain, name) })),
      }),
    )
    assert.deepEqual([...created.keys()], names)
    for (const { status, body } of created.values()) assert.equal(status, 201, JSON.stringify(body))

    const read = byId(
      await admin.post('/beta/$batch', {
        requests: [
          { id: '1', method: 'get', url: `users/${created.get('colleague7')?.body.id}?$select=displayName` },
          { id: '2', method: 'GET', url: 'https://sesam.test/beta/users/$count', headers: { ConsistencyLevel: 'eventual' } },
          { id: '3', method: 'GET', url: `/users?$filter=displayName eq 'colleague3'&$select=displayName` },
        ],
      }),
    )
    assert.equal(read.get('1')?.body.displayName, 'colleague7')
    assert.equal(read.get('1')?.body['@odata.context'], 'https://sesam.test/beta/$metadata#users/$entity')
    assert.equal(Buffer.from(read.get('2')?.body, 'base64').toString(), '21')
    assert.equal(read.get('2')?.headers['Content-Type'], 'text/plain; charset=utf-8')
    assert.equal(read.get('3')?.body.value.length, 1)
    assert.equal((await world.auditTrail()).filter((activity) => activity === 'Add user').length, 20)
  })

  test(`of two equal requests in a batch one wins, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const body = newPerson(world.domain, 'anna')
    const requests = ['1', '2', '3', '4'].map((id) => ({ id, method: 'POST', url: '/users', headers: json, body }))

    const answers = byId(await admin.post('/v1.0/$batch', { requests }))
    const statuses = [...answers.values()].map(({ status }) => status).sort()
    assert.deepEqual(statuses, [201, 400, 400, 400])
  })

  test(`a request waits for those it depends on, and falls with them, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('User Administrator')
    const upn = `anna@${world.domain}`

    const answers = byId(
      await admin.post('/v1.0/$batch', {
        requests: [
          { id: 'read', method: 'GET', url: `/users/${upn}?$select=department`, dependsOn: ['change'] },
          { id: 'change', method: 'PATCH', url: `/users/${upn}`, headers: json, body: { department: 'Store 12' }, dependsOn: ['add'] },
          { id: 'add', method: 'POST', url: '/users', headers: json, body: newPerson(world.domain, 'anna') },
          { id: 'lost', method: 'GET', url: '/users/nobody@nowhere.example' },
          { id: 'after lost', method: 'DELETE', url: `/users/${upn}`, dependsOn: ['lost'] },
          { id: 'after that', method: 'GET', url: `/users/${upn}`, dependsOn: ['after lost', 'add'] },
        ],
      }),
    )
    const statuses = Object.fromEntries([...answers].map(([id, { status }]) => [id, status]))
    assert.deepEqual(statuses, { read: 200, change: 204, add: 201, lost: 404, 'after lost': 424, 'after that': 424 })
    assert.equal(answers.get('read')?.body.department, 'Store 12')
    assert.equal('body' in (answers.get('change') ?? {}), false)
    assert.equal(answers.get('after that')?.body.error.code, 'FailedDependency')
    assert.equal((await admin.get(`/v1.0/users/${upn}`)).status, 200)
  })
}

const [sqlite] = databases
assert.ok(sqlite)

const get = (id: string, more: object = {}) => ({ id, method: 'GET', url: '/me', ...more })

const refusedWhole: readonly [string, unknown, string][] = [
  ['no requests', { requests: [] }, 'requests'],
  ['no list', {}, 'requests'],
  ['21 requests', { requests: Array.from({ length: 21 }, (_, index) => get(String(index))) }, 'requests'],
  ['an id twice', { requests: [get('1'), get('2'), get('1')] }, 'requests/2/id'],
  ['an empty id', { requests: [get('')] }, 'requests/0/id'],
  ['an unknown id to wait for', { requests: [get('1'), get('2', { dependsOn: ['3'] })] }, 'requests/1/dependsOn'],
  ['a request that waits for itself', { requests: [get('1', { dependsOn: ['1'] })] }, 'requests/0/dependsOn'],
  [
    'a circle',
    { requests: [get('0'), get('1', { dependsOn: ['3'] }), get('2', { dependsOn: ['1'] }), get('3', { dependsOn: ['2'] })] },
    'requests/1/dependsOn',
  ],
  ['a method that does not exist', { requests: [get('1', { method: 'BREW' })] }, 'requests/0/method'],
  ['a header with a line break', { requests: [get('1', { headers: { Prefer: 'a\r\nAuthorization: b' } })] }, 'requests/0/headers/Prefer'],
  ['a property nobody knows', { requests: [get('1', { atomicityGroup: 'g' })] }, 'requests/0/atomicityGroup'],
]

for (const [what, body, property] of refusedWhole) {
  test(`a batch with ${what} is refused whole`, async () => {
    await using world = await startWorld(sqlite)
    const admin = await world.as('User Administrator')
    const answer = await admin.post('/v1.0/$batch', body)
    assert.equal(answer.status, 400, answer.text)
    assert.equal(answer.body.error.details[0].target, property)
  })
}

const refusedAlone: readonly [string, object, number][] = [
  ['a batch inside', { method: 'POST', url: '/$batch', headers: json, body: { requests: [get('1')] } }, 400],
  ['a batch inside, disguised', { method: 'POST', url: '/x/../%24BATCH/', headers: json, body: { requests: [get('1')] } }, 400],
  ['a batch inside, written in numbers', { method: 'POST', url: '/$b%61tch', headers: json, body: { requests: [get('1')] } }, 400],
  ['another host', { url: 'https://evil.example/v1.0/me' }, 400],
  ['another host without a scheme', { url: '//evil.example/v1.0/me' }, 404],
  ['another scheme', { url: 'file:///etc/passwd' }, 400],
  ['another version', { url: 'https://sesam.test/beta/me' }, 400],
  ['a way out of the API', { url: '/../health/live' }, 400],
  ['a way out of the API, disguised', { url: '/%2e%2e/health/live' }, 400],
  ['a way out of the API, backwards', { url: '..\\health\\live' }, 400],
  ['an address that loses its end', { url: '/users/anna_x.example#EXT#@contoso.example' }, 400],
  ['a body of no type', { method: 'PATCH', body: { preferredLanguage: 'nl' } }, 400],
  ['a body of another type', { method: 'PATCH', headers: { 'content-type': 'text/plain' }, body: 'hello' }, 415],
  ['a body nobody knows', { method: 'PATCH', headers: json, body: { roles: ['Global Administrator'] } }, 400],
  ['a method that is not there', { method: 'DELETE' }, 405],
  ['an unknown path', { url: '/nothing' }, 404],
  ['a path too long', { url: `/users/${'x'.repeat(8_185)}` }, 414],
]

test('a request that is wrong is refused alone', async () => {
  await using world = await startWorld(sqlite)
  const admin = await world.as('User Administrator')
  for (const [what, item, status] of refusedAlone) {
    const answers = byId(await admin.post('/v1.0/$batch', { requests: [get('wrong', item), get('right')] }))
    assert.equal(answers.get('wrong')?.status, status, `${what}: ${JSON.stringify(answers.get('wrong'))}`)
    assert.ok(answers.get('wrong')?.body.error.code, what)
    assert.equal(answers.get('right')?.status, 200, what)
  }
})

test('a batch needs a token, and each request in it the permission it would need alone', async () => {
  await using world = await startWorld(sqlite)
  const person = await world.person('anna')
  const requests = [
    get('me'),
    { id: 'add', method: 'POST', url: '/users', headers: json, body: newPerson(world.domain, 'eve') },
    get('other', { headers: { Authorization: `Bearer ${(await world.as('Global Administrator')).token}` } }),
  ]
  const nobody = await world.client(undefined).post('/v1.0/$batch', { requests })
  assert.equal(nobody.status, 401)
  assert.equal(nobody.headers['www-authenticate'], 'Bearer')

  const answers = byId(await (await world.signedIn(person.id)).post('/v1.0/$batch', { requests }))
  assert.equal(answers.get('me')?.body.id, person.id)
  assert.equal(answers.get('add')?.status, 403)
  assert.equal(answers.get('other')?.body.id, person.id)

  const withoutScope = byId(await (await world.signedIn(person.id, { scopes: ['openid'] })).post('/v1.0/$batch', { requests }))
  assert.deepEqual([...new Set([...withoutScope.values()].map(({ status }) => status))], [403])
})

test('each request in a batch has its own language, name and line in the log', async () => {
  await using world = await startWorld(sqlite)
  const admin = await world.as('User Administrator')
  const requests = [
    get('1', { url: '/users/nobody@nowhere.example', headers: { 'Accept-Language': 'sv', 'client-request-id': 'first' } }),
    get('2', { url: '/users/nobody@nowhere.example' }),
  ]
  const answers = byId(await admin.post('/v1.0/$batch', { requests }, { 'accept-language': 'nl' }))
  assert.equal(answers.get('1')?.body.error.message, '”nobody@nowhere.example” hittades inte.')
  assert.equal(answers.get('1')?.body.error.innerError['client-request-id'], 'first')
  assert.equal(answers.get('2')?.body.error.message, '“nobody@nowhere.example” is niet gevonden.')

  const lines = world.logged.map((line) => JSON.parse(line))
  const ids = [...answers.values()].map(({ headers }) => headers['request-id'])
  assert.equal(new Set(ids).size, 2)
  for (const id of ids) assert.equal(lines.filter(({ requestId }) => requestId === id).length, 1)
})

test('a batch of twenty people with everything that can be said about them fits', () => {
  const person = {
    ...newPerson('contoso.onmicrosoft.example', 'annemarie.van-der-berg'),
    givenName: 'Annemarie',
    surname: 'van der Berg',
    mail: 'annemarie.van-der-berg@contoso.example',
    jobTitle: 'Assistant store manager',
    department: 'Operations North-West',
    officeLocation: 'Store 12, Amsterdam Oost',
    employeeId: '0012345678',
    companyName: 'Contoso Nederland B.V.',
    streetAddress: 'Eerste Constantijn Huygensstraat 112-III',
    postalCode: '1054 BX',
    city: 'Amsterdam',
    state: 'Noord-Holland',
    country: 'Nederland',
    usageLocation: 'NL',
    preferredLanguage: 'nl-NL',
    mobilePhone: '+31 6 12345678',
    businessPhones: ['+31 20 1234567'],
    otherMails: ['annemarie@home.example'],
    userType: 'Member',
    passwordPolicies: 'DisablePasswordExpiration',
    passwordProfile: { password: 'correct horse battery staple', forceChangePasswordNextSignIn: true },
  }
  const requests = Array.from({ length: 20 }, (_, id) => ({ id: String(id), method: 'POST', url: '/users', headers: json, body: person }))
  const bytes = Buffer.byteLength(JSON.stringify({ requests }))
  assert.ok(bytes < 32 * 1024, `${bytes} bytes`)
})
