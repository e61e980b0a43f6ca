import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeSelfSignedCertificate } from '#server/commands/self-signed-certificate.ts'
import { canonicalAddress } from '#server/domain/email-address.ts'
import { pretendMailServer } from '#server/gateways/mail/pretend-server.fixture.ts'
import { SmtpGateway } from '#server/gateways/mail/smtp.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const proof = makeSelfSignedCertificate(new Date())
const own = '/sesam/v1/me/emailAddresses'
const minute = 60_000

function gatewayTo(port: number): SmtpGateway {
  const from = canonicalAddress('no-reply@contoso.example')
  const options = { host: 'localhost', port, isTls: false, isLocal: false, user: 'sesam', password: 'secret', from }
  return new SmtpGateway(options, { host: 'sesam.test', trusted: proof.certificate })
}

async function untilState(world: World, ...wanted: string[]): Promise<void> {
  const { kysely } = world.installation.parts.database
  for (let tries = 0; tries < 400; tries++) {
    const rows = await kysely.selectFrom('outbox').select(['state', 'failures']).where('tenant_id', '=', world.tenantId).execute()
    if (rows.length > 0 && rows.every(({ state, failures }) => wanted.includes(`${state} ${failures}`))) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  assert.fail(`never ${wanted.join()}`)
}

for (const database of databases) {
  test(`a code goes to a real mail server, again where it was busy, and proves the address, on ${database.name}`, async () => {
    await using server = await pretendMailServer({ proof, refusals: { RCPT: ['450 4.2.1 later'] } })
    const gateway = gatewayTo(server.port)
    await using world = await startWorld(database, { mailGateways: [gateway] })
    await world.allow('email')
    const anna = await world.signedIn((await world.person('anna')).id)
    const started = await anna.post(own, { emailAddress: 'anna@contoso.example' })
    assert.equal(started.status, 202, started.text)
    await untilState(world, 'waiting 1')
    world.turnClock(2_000)
    world.installation.mails.ring()
    await untilState(world, 'sent 1')
    const data = server.taken[0]?.data ?? ''
    const code = /^(\d{6})\r$/m.exec(data)?.[1] ?? assert.fail(data)
    assert.equal((await anna.post(`${own}/${started.body.id}/confirm`, { code })).status, 201)
    const said = world.logged.join('\n')
    for (const secret of ['anna@contoso', code, 'later']) assert.ok(!said.includes(secret), secret)
    assert.match(said, /status 450/)
    gateway.close()
  })

  test(`what a mail server never takes is given up at once, on ${database.name}`, async () => {
    await using server = await pretendMailServer({ proof, refusals: { RCPT: ['550 5.1.1 nobody'] } })
    const gateway = gatewayTo(server.port)
    await using world = await startWorld(database, { mailGateways: [gateway] })
    await world.allow('email')
    const anna = await world.signedIn((await world.person('anna')).id)
    await anna.post(own, { emailAddress: 'anna@contoso.example' })
    await untilState(world, 'failed 0')
    assert.equal(server.taken.length, 0)
    assert.ok(world.logged.some((line) => line.includes('no gateway took a message')))
    gateway.close()
  })

  test(`a notice waits for a mail server that is away longer than a code would, on ${database.name}`, async () => {
    const busy = Array.from({ length: 5 }, () => '421 4.3.2 away')
    await using server = await pretendMailServer({ proof, refusals: { MAIL: busy } })
    const gateway = gatewayTo(server.port)
    await using world = await startWorld(database, { mailGateways: [gateway] })
    await world.allow('sms')
    const anna = await world.person('anna')
    const email = { userId: anna.id, address: canonicalAddress('anna@contoso.example'), provenAt: undefined }
    await world.system.inTransaction(({ emailMethods }) => emailMethods.add(email, world.now))
    const admin = await world.as('Authentication Administrator')
    await admin.post(`/v1.0/users/${anna.id}/authentication/phoneMethods`, { phoneNumber: '+31 612345678', phoneType: 'mobile' })
    for (const failures of [1, 2, 3, 4, 0]) {
      await untilState(world, `waiting ${failures}`)
      world.turnClock(3 * minute)
      world.installation.mails.ring()
    }
    world.turnClock(30 * minute)
    world.installation.mails.ring()
    await untilState(world, 'sent 0')
    assert.match(server.taken[0]?.data ?? '', /Subject: Contoso: phone number added/)
    gateway.close()
  })
}
