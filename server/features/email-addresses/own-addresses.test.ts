import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emailMethodId } from '#contract/graph/email-methods.ts'
import { limitsBut } from '#test/asking.ts'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const own = '/sesam/v1/me/emailAddresses'
const listed = '/v1.0/me/authentication/emailMethods'
const minute = 60_000

const start = (client: Client, emailAddress: string, more = {}) => client.post(own, { emailAddress, ...more })
const confirm = (client: Client, id: string, code: string, more = {}) => client.post(`${own}/${id}/confirm`, { code, ...more })
const codeOf = (answer: { body: { error: { details: { code: string }[] } } }) => answer.body.error.details[0]?.code

async function register(world: World, client: Client, address: string, more = {}) {
  const started = await start(client, address, more)
  assert.equal(started.status, 202, started.text)
  return confirm(client, started.body.id, world.codeIn((await world.mailTo(address)).text), more)
}

for (const database of databases) {
  test(`S54, S58 a person adds an e-mail address, types the code and has it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('email')
    const { id } = await world.person('anna', { preferredLanguage: 'nl-NL' })
    const anna = await world.signedIn(id, { methods: ['sms'] })
    const started = await start(anna, ' Anna@Bücher.example ')
    assert.equal(started.status, 202, started.text)
    assert.partialDeepStrictEqual(started.body, {
      emailAddress: 'Anna@bücher.example',
      expiresDateTime: '2026-11-20T09:10:00.000Z',
      canResendDateTime: '2026-11-20T09:00:30.000Z',
      resendsLeft: 4,
    })
    assert.deepEqual((await anna.get(listed)).body.value, [], 'nothing counts before it is proven')
    const again = await anna.get(`${own}/${started.body.id}`)
    assert.deepEqual(again.body, started.body, 'a page that was closed finds it again')
    const bram = await world.signedIn((await world.person('bram')).id)
    assert.equal(codeOf(await bram.get(`${own}/${started.body.id}`)), 'code_over', 'nobody else does')
    const mail = await world.mailTo('Anna@xn--bcher-kva.example')
    const code = world.codeIn(mail.text)
    assert.equal(mail.subject, 'Je code voor Contoso')
    assert.ok(!mail.subject.includes(code))
    assert.match(mail.text, /Je voegt dit e-mailadres toe.+\n\n\d{6}\n\nDe code werkt 10 minuten.+sesam\.test/)

    const wrong = await confirm(anna, started.body.id, '12')
    assert.equal(wrong.status, 400)
    assert.equal(codeOf(wrong), 'code_wrong')
    const done = await confirm(anna, started.body.id, code)
    assert.equal(done.status, 201, done.text)
    const email = { id: emailMethodId, emailAddress: 'Anna@bücher.example', createdDateTime: '2026-11-20T09:00:00.000Z' }
    assert.partialDeepStrictEqual(done.body, email)
    assert.equal(codeOf(await confirm(anna, started.body.id, code)), 'code_over')
    assert.deepEqual((await anna.get(listed)).body.value, [email])
    assert.equal((await anna.get(`${listed}/${emailMethodId}`)).body.emailAddress, email.emailAddress)
    assert.deepEqual((await anna.get('/v1.0/me/authentication/methods')).body.value, [
      { '@odata.type': '#microsoft.graph.emailAuthenticationMethod', ...email },
    ])
    assert.deepEqual((await world.auditEvents())[0]?.targets[0]?.changed, [{ name: 'EmailAddress', from: null, to: 'A•••@bücher.example' }])

    assert.equal((await anna.delete(`${listed}/${emailMethodId}`)).status, 204)
    assert.equal((await anna.delete(`${listed}/${emailMethodId}`)).status, 404)
    assert.deepEqual(await world.auditTrail(), ['User registered security info', 'User deleted security info'])
  })

  test(`one address takes the place of another only when its person says so, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('email')
    const anna = await world.signedIn((await world.person('anna')).id)
    assert.equal((await register(world, anna, 'anna@contoso.example')).status, 201)
    assert.equal(codeOf(await start(anna, 'a.new@contoso.example')), 'email_address_taken')
    world.turnClock(minute)
    assert.equal((await register(world, anna, 'a.new@contoso.example', { replaces: true })).status, 201)
    const { value } = (await anna.get(listed)).body
    assert.deepEqual(
      value.map(({ emailAddress }: { emailAddress: string }) => emailAddress),
      ['a.new@contoso.example'],
    )
    assert.deepEqual(await world.auditTrail(), ['User registered security info', 'User updated security info'])
  })

  test(`a code by mail opens once, for one person, and not by the door of texts, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('email')
    await world.allow('sms')
    const anna = await world.signedIn((await world.person('anna')).id)
    const bert = await world.signedIn((await world.person('bert')).id)
    const started = await start(anna, 'anna@contoso.example')
    const code = world.codeIn((await world.mailTo('anna@contoso.example')).text)
    assert.equal(codeOf(await confirm(bert, started.body.id, code)), 'code_over')
    assert.equal(codeOf(await anna.post(`/sesam/v1/me/phoneNumbers/${started.body.id}/confirm`, { code })), 'code_over')
    const answers = await Promise.all(Array.from({ length: 12 }, () => confirm(anna, started.body.id, code)))
    assert.equal(answers.filter(({ status }) => status === 201).length, 1)
    assert.equal((await world.auditTrail()).length, 1)
  })

  test(`the same code comes again while it has life left, and none after ten minutes, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('email')
    const anna = await world.signedIn((await world.person('anna')).id)
    const started = await start(anna, 'anna@contoso.example')
    const first = world.codeIn((await world.mailTo('anna@contoso.example')).text)
    assert.equal((await anna.post(`${own}/${started.body.id}/resend`)).status, 429)
    world.turnClock(minute)
    assert.equal((await anna.post(`${own}/${started.body.id}/resend`)).status, 202)
    assert.equal(world.codeIn((await world.mailTo('anna@contoso.example')).text), first)
    assert.equal(world.mailbox.messages().length, 2)
    world.turnClock(10 * minute)
    assert.equal(codeOf(await confirm(anna, started.body.id, first)), 'code_over')
  })
}

const [sqlite] = databases
assert.ok(sqlite)

test('where policy forbids it, nobody adds an address, and hears so', async () => {
  await using world = await startWorld(sqlite)
  const anna = await world.signedIn((await world.person('anna')).id)
  const refused = await start(anna, 'anna@contoso.example')
  assert.equal(refused.status, 400)
  assert.equal(codeOf(refused), 'email_not_allowed')

  await world.allow('email')
  const started = await start(anna, 'anna@contoso.example')
  const code = world.codeIn((await world.mailTo('anna@contoso.example')).text)
  await world.system.inTransaction(({ methodPolicies }) => methodPolicies.set('email', { isEnabled: false, targets: [], settings: {} }))
  assert.equal(codeOf(await confirm(anna, started.body.id, code)), 'email_not_allowed')
  assert.deepEqual(
    world.logged.filter((line) => line.includes('anna@contoso')),
    [],
  )
})

test('what is no address is refused before anything is sent, and so is whoever tries many', async () => {
  await using world = await startWorld(sqlite, { limits: limitsBut('texts', {}) })
  await world.allow('email')
  const anna = await world.signedIn((await world.person('anna')).id)
  for (const text of ['anna', 'anna@contoso', 'a@b.example,c@d.example', 'Anna <a@b.example>', 'a@b.example?bcc=c@d.example']) {
    assert.equal(codeOf(await start(anna, text)), 'email_address_invalid', text)
  }
  assert.equal(codeOf(await start(anna, 'a@b.example\r\nBcc: c@d.example')), 'property_invalid')
  for (const name of ['one', 'two', 'three']) assert.equal((await start(anna, `${name}@contoso.example`)).status, 202)
  assert.equal(codeOf(await start(anna, 'four@contoso.example')), 'too_many_new_addresses')
})

test('who holds a role needs their second factor to change their own address', async () => {
  await using world = await startWorld(sqlite)
  await world.allow('email')
  const { id } = await world.person('admin')
  await world.giveRole(id, 'Helpdesk Administrator')
  const weak = await world.signedIn(id, { methods: ['sms'] })
  const refused = await start(weak, 'admin@contoso.example')
  assert.equal(codeOf(refused), 'proof_too_weak')
  assert.equal(world.mailbox.messages().length, 0)
})
