import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeSelfSignedCertificate } from '#server/commands/self-signed-certificate.ts'
import { canonicalAddress } from '#server/domain/email-address.ts'
import type { MailOptions } from '#server/domain/mail-options.ts'
import { findOutside } from '../egress.ts'
import type { OutgoingMail } from './mail-gateway.ts'
import { pretendMailServer } from './pretend-server.fixture.ts'
import { SmtpGateway } from './smtp.ts'

const proof = makeSelfSignedCertificate(new Date())
const mail: OutgoingMail = {
  to: canonicalAddress('anna@xn--bcher-kva.example'),
  fromName: 'Åhléns, "Contoso"',
  subject: 'Din kod för Åhléns',
  text: 'Hej!\n\n012345\n',
  html: '<p>Hej!</p>',
  locale: 'sv',
  key: 'id:1:1',
}

function gatewayTo(port: number, options: Partial<MailOptions> = {}, trusted: string | undefined = proof.certificate) {
  const from = canonicalAddress('no-reply@contoso.example')
  const server = { host: 'localhost', port, isTls: false, isLocal: false, user: 'sesam', password: 'p@ss', from, ...options }
  const gateway = new SmtpGateway(server, { host: 'login.contoso.example', ...(trusted !== undefined && { trusted }) })
  return Object.assign(gateway, { [Symbol.dispose]: () => gateway.close() })
}

test('a mail is handed over encrypted, as the account we have there, and says what it is', async () => {
  await using server = await pretendMailServer({ proof })
  using gateway = gatewayTo(server.port)
  assert.deepEqual(await gateway.send(mail), { kind: 'sent' })
  const [taken] = server.taken
  assert.ok(taken)
  assert.partialDeepStrictEqual(taken, { isTls: true, user: 'sesam p@ss', from: 'MAIL FROM:<no-reply@contoso.example>' })
  assert.equal(taken.to, 'RCPT TO:<anna@xn--bcher-kva.example>')
  assert.deepEqual(server.heard.slice(0, 3), ['EHLO login.contoso.example', 'STARTTLS', 'EHLO login.contoso.example'])
  const [head = '', body = ''] = taken.data.split('\r\n\r\n', 2)
  const headers = head.replaceAll(/\r\n[ \t]+/g, ' ')
  assert.match(headers, /^From: =\?UTF-8\?.+\?= <no-reply@contoso\.example>$/m)
  assert.match(headers, /^To: anna@xn--bcher-kva\.example$/m)
  assert.match(headers, /^Subject: =\?UTF-8\?/m)
  assert.match(headers, /^Message-ID: <[0-9a-f]{32}@login\.contoso\.example>$/m)
  assert.match(headers, /^Date: .+ \+0000$/m)
  assert.match(headers, /^Auto-Submitted: auto-generated$/m)
  assert.match(headers, /^Content-Language: sv$/m)
  assert.match(headers, /^Content-Type: multipart\/alternative/m)
  assert.match(taken.data, /Content-Type: text\/plain; charset=utf-8[\s\S]+012345[\s\S]+Content-Type: text\/html/)
  assert.ok(!/X-Mailer/i.test(headers))
  assert.ok(body.length > 0)
})

test('nothing is said where nobody could keep it: not who we are, not to whom we write', async () => {
  await using plain = await pretendMailServer()
  using gateway = gatewayTo(plain.port)
  assert.deepEqual(await gateway.send(mail), { kind: 'failed', reason: 'status 502' })
  assert.ok(
    plain.heard.every((line) => /^(EHLO|STARTTLS|QUIT)/.test(line)),
    plain.heard.join('\n'),
  )

  await using stranger = await pretendMailServer({ proof })
  using distrusting = gatewayTo(stranger.port, {}, makeSelfSignedCertificate(new Date()).certificate)
  assert.equal((await distrusting.send(mail)).kind, 'failed')
  assert.ok(
    stranger.heard.every((line) => /^(EHLO|STARTTLS|QUIT)/.test(line)),
    stranger.heard.join('\n'),
  )
  assert.deepEqual([plain.taken, stranger.taken], [[], []])
})

test('on this machine mail may go as it is', async () => {
  await using server = await pretendMailServer()
  using gateway = gatewayTo(server.port, { isLocal: true, user: undefined, password: undefined })
  assert.deepEqual(await gateway.send(mail), { kind: 'sent' })
  assert.equal(server.taken[0]?.isTls, false)
})

test('not now is tried again, and never is given up, with nothing but the number told', async () => {
  const refusals = {
    RCPT: ['450 4.2.1 anna@xn--bcher-kva.example is busy', '550 5.1.1 anna@xn--bcher-kva.example is nobody'],
    '.': ['452 4.3.1 full', '554 5.7.1 spam'],
    AUTH: [] as string[],
  }
  await using server = await pretendMailServer({ proof, refusals })
  using gateway = gatewayTo(server.port)
  assert.deepEqual(await gateway.send(mail), { kind: 'failed', reason: 'status 450' })
  assert.deepEqual(await gateway.send(mail), { kind: 'refused', reason: 'status 550' })
  assert.deepEqual(await gateway.send(mail), { kind: 'failed', reason: 'status 452' })
  assert.deepEqual(await gateway.send(mail), { kind: 'refused', reason: 'status 554' })
  assert.deepEqual(await gateway.send(mail), { kind: 'sent' })
  refusals.AUTH.push('535 5.7.8 who are you')
  using unknown = gatewayTo(server.port)
  // Whoever runs us mends the password, and the mail is still worth sending.
  assert.deepEqual(await unknown.send(mail), { kind: 'failed', reason: 'status 535' })
})

test('a server that is away is tried again', async () => {
  const gone = await pretendMailServer()
  await gone[Symbol.asyncDispose]()
  using gateway = gatewayTo(gone.port, { isLocal: true })
  const result = await gateway.send(mail)
  assert.equal(result.kind, 'failed')
  assert.ok(!JSON.stringify(result).includes('anna'))
})

test('no name and no subject becomes a header or a second receiver', async () => {
  await using server = await pretendMailServer({ proof })
  using gateway = gatewayTo(server.port)
  const evil = 'Contoso\r\nBcc: evil@evil.example\r\n\r\nClick here\0\u2028'
  assert.deepEqual(await gateway.send({ ...mail, fromName: evil, subject: evil }), { kind: 'sent' })
  const [taken] = server.taken
  assert.ok(taken)
  assert.equal(taken.to, 'RCPT TO:<anna@xn--bcher-kva.example>')
  const head = taken.data.split('\r\n\r\n')[0] ?? ''
  assert.ok(!/^bcc:/im.test(head), head)
  assert.match(head.replaceAll(/\r\n[ \t]+/g, ' '), /^Subject: Contoso Bcc: evil@evil\.example Click here$/m)
})

test('the same mail has the same id, however often it is sent', async () => {
  await using server = await pretendMailServer({ proof })
  using gateway = gatewayTo(server.port)
  for (const key of ['id:1:1', 'id:1:1', 'id:1:2']) await gateway.send({ ...mail, key })
  const ids = server.taken.map(({ data }) => /^Message-ID:\s+(.+)$/m.exec(data)?.[1])
  assert.equal(ids[0], ids[1])
  assert.notEqual(ids[0], ids[2])
})

test('where not every address will do, the name is judged and the connection is made to just what it meant', async () => {
  await using server = await pretendMailServer({ proof })
  const options = { host: 'localhost', port: server.port, isTls: false, isLocal: false, user: 'sesam', password: 'p@ss' }
  const from = canonicalAddress('no-reply@contoso.example')
  const reach = { host: 'login.contoso.example', trusted: proof.certificate }
  const names: string[] = []
  const find = async (host: string) => {
    names.push(host)
    return { address: '127.0.0.1' }
  }
  const careful = new SmtpGateway({ ...options, from }, { ...reach, find })
  assert.deepEqual(await careful.send(mail), { kind: 'sent' })
  assert.partialDeepStrictEqual(server.taken[0], { isTls: true, user: 'sesam p@ss' })
  assert.deepEqual(names, ['localhost'])
  careful.close()

  const outside = new SmtpGateway({ ...options, from }, { ...reach, find: (host) => findOutside(host, false) })
  assert.deepEqual(await outside.send(mail), { kind: 'failed', reason: 'EGRESS_REFUSED' })
  assert.equal(server.taken.length, 1)
  outside.close()
})
