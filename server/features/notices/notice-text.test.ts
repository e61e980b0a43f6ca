import assert from 'node:assert/strict'
import { test } from 'node:test'
import { locales } from '#contract/locale.ts'
import { gsm7Length } from '#server/domain/gsm7.ts'
import { type NoticedChange, noticeKinds } from '#server/domain/notice.ts'
import { noticeMail } from './notice-mail.ts'
import { noticeText } from './notice-text.ts'

const happenedAt = new Date('2026-11-28T13:20:00Z')
const secret = `${'_-'.repeat(21)}A`
const change: NoticedChange = {
  kind: 'phone-changed',
  detail: '+31 XXXXXXX78',
  phoneType: 'mobile',
  isOwn: true,
  address: '203.0.113.9',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
}

test('every change in every language is one message that ends with the whole link, whatever the organisation is called', () => {
  for (const locale of locales) {
    for (const kind of noticeKinds) {
      for (const organisation of ['C', 'Contoso', 'Stichting Zorggroep Noord- en Midden-Limburg', 'Ålgårdens 物流 ŁŁ']) {
        for (const host of ['a.nl', 'login.contoso.example', 'sign-in.a-rather-long-name.of-an-organisation.example']) {
          const link = `https://${host}/n/${secret}`
          const text = noticeText({ locale, organisation, link, notice: { change: { ...change, kind }, happenedAt } })
          assert.ok(text.endsWith(` ${link}`), text)
          assert.ok((gsm7Length(text) ?? 1_000) <= 160, `${gsm7Length(text)} ${text}`)
        }
      }
    }
  }
})

test('a text says who writes, what happened, when and in which zone', () => {
  const link = `https://a.nl/n/${secret}`
  const write = (locale: (typeof locales)[number]) => noticeText({ locale, organisation: 'Contoso', link, notice: { change, happenedAt } })
  assert.equal(write('en'), `Contoso: phone number changed, Nov 28 13:20 UTC. Not you? ${link}`)
  assert.equal(write('nl'), `Contoso: telefoonnummer gewijzigd, 28 nov 13:20 UTC. Was jij dit niet? ${link}`)
  assert.equal(write('sv'), `Contoso: telefonnummer ändrat, 28 nov. 13:20 UTC. Var det inte du? ${link}`)
})

test('a mail says where it was done as well, and what it is about without saying it in full', () => {
  const link = `https://a.nl/n/${secret}`
  const mail = noticeMail({ locale: 'en', organisation: 'A & B', link, host: 'a.nl', notice: { change, happenedAt } })
  assert.equal(mail.subject, 'A & B: phone number changed')
  assert.match(mail.text, /phone number changed, on November 28, 2026 13:20 UTC\./)
  assert.match(mail.text, /\+31 XXXXXXX78/)
  assert.match(mail.text, /Chrome 140, Windows, 203\.0\.113\.9/)
  assert.ok(mail.text.includes(link))
  assert.ok(mail.html.includes(`<a href="${link}">`) && mail.html.includes('A &amp; B'))
  assert.ok(!/<img|src=|http:\/\//.test(mail.html), 'nothing in it tells that it was read')
  const byAdministrator = { ...change, isOwn: false, address: undefined, userAgent: undefined }
  const other = noticeMail({ locale: 'nl', organisation: 'Contoso', link, host: 'a.nl', notice: { change: byAdministrator, happenedAt } })
  assert.match(other.text, /Een beheerder van je organisatie heeft dit gedaan/)
})
