import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  callingCodes,
  countryOf,
  graphNumber,
  maskedForLog,
  maskedNumber,
  mayReceiveTexts,
  numberTypeOf,
  parsePhoneNumber,
  prefixOf,
} from './phone-number.ts'

function read(text: string, country?: string): string {
  const parsed = parsePhoneNumber(text, country)
  return parsed.kind === 'number' ? parsed.number : parsed.kind
}

const spellings = [
  '+31612345678',
  '+31 6 12345678',
  '+31 (0)6 12345678',
  '+31 [0] 6 1234 5678',
  '+31 06 12345678',
  '+31-6-12-34-56-78',
  '+31.6.12.34.56.78',
  '+31/6/12345678',
  '(+31) 6 12345678',
  '0031612345678',
  '00 31 (0)6 12345678',
  '0612345678',
  '06 12 34 56 78',
  '06-12345678',
  '(06) 12345678',
  '06*12345678',
  '31612345678',
  'tel:+31-6-12345678',
  'TEL:+31612345678;ext=12',
  '+31612345678x99',
  '+31 6 12345678 ext. 99',
  '+31 6 12345678 #99',
  '٠٦١٢٣٤٥٦٧٨',
  '۰۶۱۲۳۴۵۶۷۸',
  '०६१२३४५६७८',
  '＋３１６１２３４５６７８',
  '+31\u200B6\u200B12345678',
  '\u202A+31 6 12345678\u202C',
  '\u00A0+31\u00A06\u202F12345678 ',
  '+31 6\u201312345678',
]

test('every spelling of one number is one number', () => {
  for (const spelling of spellings) assert.equal(read(spelling, 'NL'), '+31612345678', JSON.stringify(spelling))
})

const vectors: readonly [text: string, country: string | undefined, expected: string][] = [
  ['+1 4251234567', undefined, '+14251234567'],
  ['+14251234567', undefined, '+14251234567'],
  ['+1 4255551234X12345', undefined, '+14255551234'],
  ['(425) 123-4567', 'US', '+14251234567'],
  ['011 31 6 12345678', 'US', '+31612345678'],
  ['0031 6 12345678', 'US', '+31612345678'],
  ['0031 6 12345678', undefined, '+31612345678'],
  ['06 12 34 56 78', 'FR', '+33612345678'],
  ['06 12 34 56 78', 'NL', '+31612345678'],
  ['06 12 34 56 78', undefined, 'needs_country'],
  ['4251234567', undefined, 'needs_country'],
  ['+44 (0)7940 123966', undefined, '+447940123966'],
  ['+44 07940123966', undefined, '+447940123966'],
  ['+44 7940123966', undefined, '+447940123966'],
  ['+45 (0)20 12 34 56', undefined, '+4520123456'],
  ['+39 06 12345678', undefined, '+390612345678'],
  ['070-174 06 05', 'SE', '+46701740605'],
  ['+46 (0)70-174 06 05', 'NL', '+46701740605'],
  ['+999 1234567', undefined, 'malformed'],
  ['+999 1234567', 'NL', 'malformed'],
  ['00999 1234567', undefined, 'malformed'],
  ['+1 123', undefined, 'malformed'],
  ['12abc', undefined, 'malformed'],
  ['06 1234 567b', 'NL', 'malformed'],
  ['+', undefined, 'malformed'],
  ['', undefined, 'malformed'],
  ['   ', undefined, 'malformed'],
  ['++31612345678', undefined, 'malformed'],
  ['+31+612345678', undefined, 'malformed'],
  ["+31612345678' or 1=1", undefined, 'malformed'],
  ['06 12 34', 'NL', 'malformed'],
  ['0612345678', 'XX', 'needs_country'],
  ['1'.repeat(40), 'NL', 'malformed'],
  ['+31612345678'.padEnd(65), undefined, 'malformed'],
  ['9'.repeat(100_000), undefined, 'malformed'],
  ['anna', undefined, 'not_a_number'],
  ['anna@contoso.example', undefined, 'not_a_number'],
  ['0612345678@contoso.example', undefined, 'not_a_number'],
  [`${'a'.repeat(70)}@contoso.example`, undefined, 'not_a_number'],
  ['åsa', undefined, 'not_a_number'],
]

test('a number is read in its country, and what is none says why', () => {
  for (const [text, country, expected] of vectors)
    assert.equal(read(text, country), expected, `${JSON.stringify(text.slice(0, 40))} in ${country}`)
})

test('reading a number again changes nothing', () => {
  for (const [text, country] of [...vectors, ...spellings.map((spelling) => [spelling, 'NL'] as const)]) {
    const once = read(text, country)
    if (once.startsWith('+')) for (const other of [undefined, 'SE', 'US']) assert.equal(read(once, other), once)
  }
})

test('hostile text is answered at once', () => {
  const began = performance.now()
  for (const piece of ['1 ', '(', '1x', '٠ ', 'ext.', '(0)', '1#', ';ext=1'])
    for (const country of [undefined, 'NL'])
      for (let round = 0; round < 50; round++) assert.notEqual(read(piece.repeat(64).slice(0, 64), country).charAt(0), '+')
  assert.ok(performance.now() - began < 2_000)
})

test('only numbers that people carry get a text', () => {
  const may = ['+31612345678', '+14251234567', '+46701740605', '+12025550123', '+447940123966']
  const mayNot = {
    'premium rate': '+31906123456',
    'premium rate, another country': '+449061234567',
    'premium rate that cannot be': '+19001234567',
    'shared cost': '+498001234567',
    'toll free': '+31800123456',
    'fixed line': '+31201234567',
    pager: '+447640123456',
    'personal number': '+447012345678',
    'universal access number': '+31140123',
    satellite: '+881612345678',
    'satellite, another': '+870773111632',
    'international toll free': '+80012345678',
    'international premium rate': '+979123456789',
    'no number at all': '+999123456789',
    nothing: '',
  }
  for (const number of may) assert.equal(mayReceiveTexts(number), true, number)
  for (const [kind, number] of Object.entries(mayNot)) assert.equal(mayReceiveTexts(number), false, kind)
})

test('a number over the internet gets a text only where that is wanted', () => {
  assert.equal(numberTypeOf('+31851234567'), 'VOIP')
  assert.equal(mayReceiveTexts('+31851234567'), false)
  assert.equal(mayReceiveTexts('+31851234567', { allowsVoip: true }), true)
})

test('a masked number shows its calling code and two digits', () => {
  assert.equal(maskedNumber('+31612345678'), '+31 •••••••78')
  assert.equal(maskedForLog('+31612345678'), '+31 XXXXXXX78')
  assert.equal(maskedForLog('+14251234567'), '+1 XXXXXXXX67')
  assert.equal(maskedForLog('not a number 612345678'), 'X'.repeat(20))
})

test('a number has a country, a range, and the form Graph writes', () => {
  assert.equal(countryOf('+31612345678'), 'NL')
  assert.equal(countryOf('+12025550123'), 'US')
  assert.equal(prefixOf('+31612345678'), '+3161234')
  assert.equal(graphNumber('+31612345678'), '+31 612345678')
  assert.equal(graphNumber('+390612345678'), '+39 0612345678')
  assert.deepEqual(
    callingCodes().find(({ country }) => country === 'SE'),
    { country: 'SE', callingCode: '46' },
  )
})

test('of countries that share a calling code, the one people think of comes first', () => {
  const codes = callingCodes()
  for (const [callingCode, country] of Object.entries({ 1: 'US', 44: 'GB', 7: 'RU', 39: 'IT', 47: 'NO' }))
    assert.equal(codes.find((one) => one.callingCode === callingCode)?.country, country)
})
