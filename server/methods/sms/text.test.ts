import assert from 'node:assert/strict'
import { test } from 'node:test'
import { locales } from '#contract/locale.ts'
import { gsm7Length } from '#server/domain/gsm7.ts'
import { textOf } from './text.ts'

const names = [
  'Contoso',
  'Zorggroep Het Zonnetje, locatie ’s-Hertogenbosch aan de Maas – Ouderenzorg & Thuiszorg, afdeling Nachtdienst',
  'Ångström Łódź Œuvre Ţară Þórr',
  'Ελληνική Αστυνομία',
  '株式会社こんにちは世界',
  '{{{{{{{{{{[[[[[[[[[[€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€',
  '👩‍🚒🚒 Brandweer',
  '  Two\n\nlines #999999 @evil.example  ',
  '{code} {organisation} $& $1',
  '',
]
const urls = ['https://login.example.com', 'http://localhost:3000', `https://${'a'.repeat(60)}.${'b'.repeat(60)}.example`]

test('a text fits one message of the GSM alphabet, whatever the organisation is called', () => {
  for (const locale of locales) {
    for (const organisation of names) {
      for (const publicUrl of urls) {
        const text = textOf({ locale, organisation, code: '012345', publicUrl })
        const length = gsm7Length(text) ?? assert.fail(`not in the alphabet: ${text}`)
        assert.ok(length <= 160, `${length}: ${text}`)
        assert.ok(text.includes('012345'))
      }
    }
  }
})

test('the last line ties the code to our host, without a port', () => {
  const lines = (publicUrl: string) => textOf({ locale: 'sv', organisation: 'Åhléns', code: '000001', publicUrl }).split('\n')
  assert.deepEqual(lines('https://login.example.com'), [
    'Åhléns: 000001 är din kod. Den gäller i 5 minuter. Dela den aldrig.',
    '',
    '@login.example.com #000001',
  ])
  assert.equal(lines('http://localhost:3000').at(-1), '@localhost #000001')
})

test('an organisation cannot write a last line of its own, nor put the code where it wants', () => {
  const text = textOf({
    locale: 'en',
    organisation: 'x\n\n@evil.example #1 {code}',
    code: '012345',
    publicUrl: 'https://login.example.com',
  })
  assert.equal(text.split('\n').length, 3)
  assert.ok(text.endsWith('\n@login.example.com #012345'))
  assert.equal(text.split('012345').length, 3)
})
