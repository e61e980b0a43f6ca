import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signingHeaders } from '#server/domain/signed-report.ts'
import { pretendMailServer } from '#server/gateways/mail/pretend-server.fixture.ts'
import { Asking } from '#test/asking.ts'
import { pretendProvider } from '#test/pretend-provider.ts'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const path = '/sesam/v1/gateways/sms'
const body = '{"to":"{to}","from":"{from}","text":"{text}"}'

/** An administrator with a phone of their own. */
async function administrator(world: World, number = '+31612345678'): Promise<Client> {
  const admin = await world.as('Global Administrator')
  await world.number({ id: admin.id }, number, { signIn: false })
  return admin
}

/** It is noted just after a text has left. */
async function workedFirst(admin: Client): Promise<string | undefined> {
  for (let tries = 0; tries < 100; tries++) {
    const { workedFirstDateTime } = (await admin.get(path)).body
    if (workedFirstDateTime) return workedFirstDateTime
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return undefined
}

const codeOf = (answer: { body: { error: { details: { code: string; target?: string }[] } } }) => answer.body.error.details[0]

for (const database of databases) {
  test(`an organisation's texts leave by the provider it set up, and the secret is never told, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using provider = await pretendProvider()
    const admin = await administrator(world)
    assert.partialDeepStrictEqual((await admin.get(path)).body, { id: 'sms', source: 'inbox', settings: null, workedDateTime: null })

    const settings = { url: provider.url, body, from: 'Contoso', authentication: 'bearer', credential: 'very-secret-key' }
    const saved = await admin.patch(path, settings)
    assert.equal(saved.status, 204, saved.text)
    const read = await admin.get(path)
    assert.partialDeepStrictEqual(read.body, { source: 'organization', settings: { url: provider.url, from: 'Contoso', perSecond: 10 } })
    assert.ok(read.body.settings.credentialSetDateTime)
    assert.ok(!read.text.includes('very-secret-key'))
    const reader = await world.as('Global Reader')
    assert.ok(!(await reader.get(path)).text.includes('very-secret-key'))

    const anna = await world.person('anna')
    await new Asking(world, anna.id, { number: '+31620000000' }).start()
    await world.textsSent()
    assert.deepEqual(world.texts(), [])
    const [asked] = provider.asked
    assert.equal(asked?.headers.authorization, 'Bearer very-secret-key')
    assert.partialDeepStrictEqual(JSON.parse(asked?.body ?? ''), { to: '+31620000000', from: 'Contoso' })
    assert.ok(await workedFirst(admin))

    const rows = await world.installation.parts.database.kysely
      .selectFrom('own_gateways')
      .selectAll()
      .where('tenant_id', '=', world.tenantId)
      .execute()
    assert.equal(rows.length, 1)
    assert.ok(!JSON.stringify(rows).includes('very-secret') && !JSON.stringify(rows).includes('Contoso'))
    assert.ok(!world.logged.some((line) => line.includes('very-secret')))
    const [event] = await world.auditEvents()
    assert.equal(event?.activity, 'Add message gateway')
    assert.ok(event?.targets[0]?.changed?.some(({ name, to }) => name === 'credential' && to === '***'))
    assert.ok(!JSON.stringify(event).includes('very-secret'))

    assert.equal((await admin.delete(path)).status, 204)
    assert.equal((await admin.delete(path)).status, 204)
    assert.partialDeepStrictEqual((await admin.get(path)).body, { source: 'inbox', settings: null, workedFirstDateTime: null })
    world.turnClock(60_000)
    await new Asking(world, anna.id, { number: '+31620000000' }).start()
    await world.textsSent()
    assert.equal(world.texts().length, 1)
    assert.deepEqual(await world.auditTrail(), ['Add message gateway', 'Delete message gateway'])
  })

  test(`one organisation's provider sends nothing of another's, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using provider = await pretendProvider()
    const admin = await administrator(world)
    assert.equal((await admin.patch(path, { url: provider.url, body })).status, 204)
    const other = await world.installation.addTenant({
      displayName: 'Fabrikam',
      defaultCountry: 'NL',
      languages: ['en'],
      domains: [`other-${world.domain}`],
    })
    assert.equal(other.gateways.sourceOf('sms'), 'inbox')
    assert.equal(await other.ownGateways.find('sms'), undefined)
    const ours = (await world.installation.systemOf(world.tenantId)) ?? assert.fail()
    assert.equal(ours.gateways.sourceOf('sms'), 'organization')
    assert.notEqual(ours.gateways.inForce('sms')[0], other.gateways.inForce('sms')[0])
    assert.equal(ours.gateways.inForce('sms')[0], ours.gateways.inForce('sms')[0], 'made once, so that its pace and its circuit go on')
  })

  test(`a test text goes to the administrator's own number, by what is saved or by what is typed, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using provider = await pretendProvider()
    const admin = await administrator(world)
    const plain = await admin.post(`${path}/test`, {})
    assert.equal(plain.status, 200, plain.text)
    assert.partialDeepStrictEqual(plain.body, { outcome: 'sent', reason: null, advice: null })
    assert.match(plain.body.receiver, /78$/)
    assert.ok(!plain.text.includes('+31612345678'))
    assert.match(world.texts()[0]?.text ?? '', /^Contoso: this is a test text/)
    assert.ok((await admin.get(path)).body.workedDateTime)

    provider.answers.status = 401
    const typed = { url: provider.url, body, authentication: 'basic', userName: 'us', credential: 'wrong' }
    const dutch = await admin.post(`${path}/test`, typed, { 'accept-language': 'nl' })
    assert.partialDeepStrictEqual(dutch.body, { outcome: 'refused', reason: 'status 401' })
    assert.match(dutch.body.advice, /Controleer de gebruikersnaam en het geheim/)
    assert.equal(provider.asked[0]?.headers.authorization, `Basic ${Buffer.from('us:wrong').toString('base64')}`)
    assert.equal((await admin.get(path)).body.settings, null, 'a test saves nothing')
    assert.equal((await admin.get(path)).body.failure, null, 'what is not saved says nothing of what is in force')
    const events = await world.auditEvents()
    assert.deepEqual(
      events.map(({ activity, details }) => [activity, details.outcome, details.settings, details.reason]),
      [
        ['Test message gateway', 'sent', 'in force', undefined],
        ['Test message gateway', 'refused', 'typed', 'status 401'],
      ],
    )
  })

  test(`tests are few, and those who come at once share them, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await administrator(world)
    const answers = await Promise.all(Array.from({ length: 16 }, () => admin.post(`${path}/test`, {})))
    assert.equal(answers.filter(({ status }) => status === 200).length, 10)
    const refused = answers.find(({ status }) => status === 429) ?? assert.fail()
    assert.equal(codeOf(refused)?.code, 'gateway_tested_enough')
    assert.ok(Number(refused.headers['retry-after']) > 0)
    assert.equal(world.texts().length, 10)
    world.turnClock(60 * 60_000)
    const later = await administrator(world, '+31687654321')
    assert.equal((await later.post(`${path}/test`, {})).status, 200)
  })

  test(`a secret never goes to another address than it was typed for, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using provider = await pretendProvider()
    await using stranger = await pretendProvider()
    const admin = await administrator(world)
    assert.equal((await admin.patch(path, { url: provider.url, body, authentication: 'bearer', credential: 'first' })).status, 204)
    for (const answer of [await admin.patch(path, { url: stranger.url }), await admin.post(`${path}/test`, { url: stranger.url })]) {
      assert.equal(answer.status, 400, answer.text)
      assert.deepEqual([codeOf(answer)?.code, codeOf(answer)?.target], ['gateway_credential_again', 'credential'])
    }
    assert.deepEqual(stranger.asked, [])
    assert.equal((await admin.patch(path, { from: 'Shop' })).status, 204)
    assert.equal((await admin.post(`${path}/test`, {})).status, 200)
    assert.equal(provider.asked[0]?.headers.authorization, 'Bearer first')
    assert.equal((await admin.patch(path, { url: stranger.url, credential: 'second' })).status, 204)

    const mail = '/sesam/v1/gateways/mail'
    const server = { host: 'smtp.example.com', from: 'no-reply@example.com', userName: 'us', credential: 'x' }
    assert.equal((await admin.patch(mail, server)).status, 204)
    assert.equal(codeOf(await admin.patch(mail, { host: 'smtp.example.net' }))?.code, 'gateway_credential_again')
  })

  test(`what does not fit is refused at its field and changes nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database, { reachesLoopback: false })
    const admin = await administrator(world)
    const url = 'https://provider.example.com/send'
    const cases: [string, object, string, string][] = [
      ['sms', {}, 'gateway_url_invalid', 'url'],
      ['sms', { url: 'http://provider.example.com', body }, 'gateway_url_invalid', 'url'],
      ['sms', { url: 'http://127.0.0.1:8080/', body }, 'gateway_url_invalid', 'url'],
      ['sms', { url: 'https://{to}.example.com/', body }, 'gateway_url_invalid', 'url'],
      ['sms', { url: 'https://us:them@provider.example.com/', body }, 'gateway_secret_open', 'url'],
      ['sms', { url: `${url}?api_key=123`, body }, 'gateway_secret_open', 'url'],
      ['sms', { url, body: '{"to":"{to}"}' }, 'gateway_place_missing', 'body'],
      ['sms', { url, method: 'GET' }, 'gateway_place_missing', 'url'],
      ['sms', { url, body: '{to} {text}' }, 'gateway_body_not_json', 'body'],
      ['sms', { url, body, headers: { 'X-API-Key': '123' } }, 'gateway_secret_open', 'headers'],
      ['sms', { url, body, authentication: 'bearer' }, 'gateway_credential_missing', 'credential'],
      ['sms', { url, body, authentication: 'basic', credential: 'x' }, 'gateway_user_missing', 'userName'],
      ['sms', { url, body, headers: { 'X-API-Key': '{credential}' } }, 'gateway_credential_missing', 'credential'],
      ['sms', { url, body, signingSecret: 'short' }, 'gateway_secret_short', 'signingSecret'],
      ['sms', { url, body, perSecond: 0 }, 'property_invalid', 'perSecond'],
      ['sms', { url, body, credential: 'a\nb' }, 'property_invalid', 'credential'],
      ['voice', { url, body: '{"to":"{to}","callback":"{callback}"}' }, 'gateway_signing_missing', 'signingSecret'],
      ['mail', { host: '10.0.0.7', from: 'a@example.com' }, 'gateway_host_invalid', 'host'],
      ['mail', { host: 'localhost', from: 'a@example.com' }, 'gateway_host_invalid', 'host'],
      ['mail', { host: 'smtp.example.com', port: 22, from: 'a@example.com' }, 'gateway_port_invalid', 'port'],
      ['mail', { host: 'smtp.example.com', from: 'nobody' }, 'gateway_from_invalid', 'from'],
      ['mail', { host: 'smtp.example.com', from: 'a@example.com', userName: 'us' }, 'gateway_credential_missing', 'credential'],
    ]
    for (const [channel, wanted, code, target] of cases) {
      const answer = await admin.patch(`/sesam/v1/gateways/${channel}`, wanted)
      assert.equal(answer.status, 400, `${JSON.stringify(wanted)}: ${answer.text}`)
      assert.deepEqual([codeOf(answer)?.code, codeOf(answer)?.target], [code, target], JSON.stringify(wanted))
    }
    assert.deepEqual(await world.auditTrail(), [])
  })

  test(`an address that leads inside is not reached, whatever it is called, on ${database.name}`, async () => {
    await using world = await startWorld(database, { reachesLoopback: false })
    const admin = await administrator(world)
    for (const url of ['https://localhost:1/', 'https://[::1]:1/', 'https://10.0.0.1/', 'https://169.254.169.254/latest']) {
      const tried = await admin.post(`${path}/test`, { url, body }, { 'accept-language': 'en' })
      assert.equal(tried.status, 200, tried.text)
      assert.partialDeepStrictEqual(tried.body, { outcome: 'failed', reason: 'EGRESS_REFUSED' })
      assert.match(tried.body.advice, /leads into the network/)
    }
  })

  test(`mails leave by the organisation's own server, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using server = await pretendMailServer()
    const admin = await world.as('Global Administrator')
    const mail = '/sesam/v1/gateways/mail'
    const without = await admin.post(`${mail}/test`, {})
    assert.equal(codeOf(without)?.code, 'gateway_no_address')
    await world.system.inTransaction(({ users }) => users.change(admin.id, { mail: 'boss@example.com' }, world.now))
    const saved = await admin.patch(mail, { host: '127.0.0.1', port: server.port, from: 'no-reply@contoso.example' })
    assert.equal(saved.status, 204, saved.text)
    const tried = await admin.post(`${mail}/test`, {})
    assert.partialDeepStrictEqual(tried.body, { outcome: 'sent', receiver: 'b•••@example.com' })
    assert.match(server.taken[0]?.to ?? '', /boss@example\.com/)
    assert.match(server.taken[0]?.from ?? '', /no-reply@contoso\.example/)
  })

  test(`calls leave by the organisation's own provider, whose reports it proves with its own secret, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using provider = await pretendProvider()
    const admin = await administrator(world)
    const voice = '/sesam/v1/gateways/voice'
    const callBody = '{"to":"{to}","say":"{text}","callback":"{callback}"}'
    const signingSecret = 'a secret of enough letters'
    assert.equal((await admin.patch(voice, { url: provider.url, body: callBody, signingSecret })).status, 204)
    assert.equal((await admin.post(`${voice}/test`, {})).body.outcome, 'sent')
    const said = JSON.parse(provider.asked[0]?.body ?? '')
    assert.match(said.say, /test call from Contoso/)
    const address = new URL(said.callback)
    assert.equal(address.pathname.split('/')[3], '~organization')
    const report = { method: 'POST', url: address.pathname, headers: { host: 'sesam.test', 'content-type': 'application/json' } } as const
    const unsigned = await world.app.inject({ ...report, payload: '{"event":"answered"}' })
    assert.equal(unsigned.statusCode, 401)
    const payload = '{"event":"answered"}'
    const signed = { ...report.headers, ...signingHeaders(signingSecret, 'report-1', payload, world.now) }
    // It is proven, and of a call that is none: there is nothing to say.
    assert.equal((await world.app.inject({ ...report, headers: signed, payload })).statusCode, 204)
    const stranger = { ...report.headers, ...signingHeaders('another secret of letters', 'report-2', payload, world.now) }
    assert.equal((await world.app.inject({ ...report, headers: stranger, payload })).statusCode, 401)
  })

  test(`changes that come at once are all kept, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using provider = await pretendProvider()
    const admin = await administrator(world)
    assert.equal((await admin.patch(path, { url: provider.url, body })).status, 204)
    const changes = [{ from: 'Shop' }, { perSecond: 3 }, { userName: 'us' }, { headers: { 'X-Shop': '12' } }, { credential: 'secret' }]
    const answers = await Promise.all(changes.map((change) => admin.patch(path, change)))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([204]))
    const { settings } = (await admin.get(path)).body
    assert.partialDeepStrictEqual(settings, { from: 'Shop', perSecond: 3, userName: 'us', headers: { 'X-Shop': '12' } })
    assert.ok(settings.credentialSetDateTime)
  })

  test(`only a Global Administrator sets up gateways, and a Global Reader looks, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const reader = await world.as('Global Reader')
    assert.equal((await reader.get(path)).status, 200)
    const lesser = await world.as('Security Administrator', 'Authentication Policy Administrator', 'User Administrator')
    assert.equal((await lesser.get(path)).status, 403)
    for (const client of [reader, lesser]) {
      assert.equal((await client.patch(path, { from: 'x' })).status, 403)
      assert.equal((await client.delete(path)).status, 403)
      const tried = await client.post(`${path}/test`, {})
      assert.equal(tried.status, 403)
      assert.equal(tried.body.error.innerError.roles, 'Global Administrator')
    }
  })
}
