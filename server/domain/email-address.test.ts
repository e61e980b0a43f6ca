import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressKey, canonicalAddress, maskedAddress, parseEmailAddress, shownAddress } from './email-address.ts'

const taken: readonly (readonly [string, string])[] = [
  ['anna@contoso.example', 'anna@contoso.example'],
  ['  Anna.de-Vries+reset@CONTOSO.Example ', 'Anna.de-Vries+reset@contoso.example'],
  ["o'neill@contoso.example", "o'neill@contoso.example"],
  ['jan@bücher.example', 'jan@xn--bcher-kva.example'],
  ['lars@räksmörgås.example', 'lars@xn--rksmrgs-5wao1o.example'],
  ['li@例え.テスト', 'li@xn--r8jz45g.xn--zckzah'],
  [`${'a'.repeat(64)}@contoso.example`, `${'a'.repeat(64)}@contoso.example`],
]

const refused = [
  '',
  '@',
  'anna',
  'anna@',
  '@contoso.example',
  'anna@contoso',
  'anna@localhost',
  'anna@127.0.0.1',
  'anna@2130706433.1',
  'anna@[127.0.0.1]',
  'anna@contoso.example.',
  'anna@-contoso.example',
  'anna@contoso..example',
  'anna@contoso.example:25',
  'anna@contoso.example/x',
  'anna@evil.example@contoso.example',
  '.anna@contoso.example',
  'anna.@contoso.example',
  'an..na@contoso.example',
  'an na@contoso.example',
  '"anna"@contoso.example',
  'anna(comment)@contoso.example',
  'Anna <anna@contoso.example>',
  'anna@contoso.example,bert@contoso.example',
  'anna@contoso.example\r\nBcc: bert@contoso.example',
  'anna\r\n@contoso.example',
  'anna@contoso.example\0',
  'ännå@contoso.example',
  'аnna@contoso.example',
  'anna@cont%6fso.example',
  `${'a'.repeat(65)}@contoso.example`,
  `anna@${'a'.repeat(64)}.example`,
  `anna@${'a.'.repeat(126)}example`,
]

test('an ordinary address is taken, its domain in any script', () => {
  for (const [text, address] of taken) assert.equal(parseEmailAddress(text), address, text)
})

test('nothing else is taken, least of all what could become a second receiver or a header', () => {
  for (const text of refused) assert.equal(parseEmailAddress(text), undefined, JSON.stringify(text))
})

test('what was kept is read again, and nothing that was never parsed', () => {
  for (const [, address] of taken) assert.equal(canonicalAddress(address), address)
  for (const text of ['jan@bücher.example', 'Jan@Contoso.example', 'a@b']) assert.throws(() => canonicalAddress(text))
})

test('an address is shown as its owner writes it, and to others only its beginning', () => {
  const address = canonicalAddress('Jan@xn--bcher-kva.example')
  assert.equal(shownAddress(address), 'Jan@bücher.example')
  assert.equal(maskedAddress(address), 'J•••@bücher.example')
  assert.equal(addressKey(address), 'jan@xn--bcher-kva.example')
})
