import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#server/domain/refusal.ts'
import { NumberBook } from './number-book.ts'
import { readHeader, readPerson } from './read-person.ts'

const header = readHeader([
  'UserPrincipalName',
  ' displayname ',
  'authenticationPhone',
  'signIn',
  'officePhone',
  'groups',
  'mobilePhone',
  '',
])
const read = (...cells: string[]) => readPerson(header, { row: 2, cells, isBroken: false }, 'NL')

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.details.property].filter(Boolean).join(' ')
    throw error
  }
  return 'fine'
}

test('columns stand in any order and any case, and a misspelt one is not passed over', () => {
  assert.equal(
    codeOf(() => readHeader(['userPrincipalName', 'displayName'])),
    'fine',
  )
  assert.equal(
    codeOf(() => readHeader(['displayName'])),
    'import_column_missing',
  )
  assert.equal(
    codeOf(() => readHeader(['userPrincipalName', 'mobile phone'])),
    'import_column_unknown',
  )
  assert.equal(
    codeOf(() => readHeader(['userPrincipalName', 'groups', 'GROUPS'])),
    'import_column_twice',
  )
  assert.equal(
    codeOf(() => readHeader(['userPrincipalName', '__proto__'])),
    'import_column_unknown',
  )
})

test('a number is read in any spelling, of the organisation’s own country where it names none', () => {
  for (const text of ['06 12345678', '+31 (0)6-12345678', '0031612345678', "'+31612345678", '＋３１６１２３４５６７８']) {
    assert.equal(read('a@b.example', 'A', text).numbers[0]?.number, '+31612345678', text)
  }
  assert.equal(read('a@b.example', 'A', '+46 70 123 45 67').numbers[0]?.number, '+46701234567')
  assert.deepEqual(read('a@b.example', 'A', '', '', '+31 20 794 2345 ext 12').numbers, [
    { type: 'office', number: '+31207942345', extension: '12' },
  ])
  for (const text of ['3,16E+10', '3.16E+10', '12', 'no', '+999 1234567', '1'.repeat(40)]) {
    assert.equal(
      codeOf(() => read('a@b.example', 'A', text)),
      'phone_number_invalid authenticationPhone',
      text,
    )
  }
  assert.equal(
    codeOf(() => read('a@b.example', 'A', '+31 900 1234567')),
    'phone_number_kind authenticationPhone',
  )
})

test('yes and no are said as people and spreadsheets say them, and nothing else is', () => {
  for (const text of ['yes', 'JA', '1', 'WAAR', 'sant', 'True']) assert.equal(read('a@b.example', 'A', '', text).signsIn, true, text)
  for (const text of ['no', 'Nee', 'nej', '0', 'ONWAAR', 'FALSKT']) assert.equal(read('a@b.example', 'A', '', text).signsIn, false, text)
  assert.equal(read('a@b.example', 'A', '', ' ').signsIn, undefined)
  assert.equal(
    codeOf(() => read('a@b.example', 'A', '', 'maybe')),
    'property_invalid signIn',
  )
})

test('an empty cell says nothing, and groups are parted by a bar or a semicolon', () => {
  const { changes, groups } = read('a@b.example', '', '', '', '', 'Store 12 | Night; | ')
  assert.deepEqual(changes, {})
  assert.deepEqual(groups, ['Store 12', 'Night'])
})

test('what a single change refuses is refused in a file', () => {
  assert.equal(
    codeOf(() => read('', 'A')),
    'property_required userPrincipalName',
  )
  assert.equal(
    codeOf(() => read('a', 'A')),
    'property_invalid userPrincipalName',
  )
  assert.equal(
    codeOf(() => read('a@b.example', 'A\u0000')),
    'property_invalid displayName',
  )
  assert.equal(
    codeOf(() => read('a@b.example', 'x'.repeat(300))),
    'property_invalid displayName',
  )
  assert.equal(
    codeOf(() => read('a@b.example', 'A', '', '', '', '', '', '', 'more')),
    'import_row_long',
  )
})

test('the same number, and one that is nearly the same, are found whichever way they differ', () => {
  const book = new NumberBook()
  book.hold('+46701234567')
  assert.equal(book.seen('31612345678', 2), undefined)
  assert.equal(book.seen('31612345678', 2), undefined, 'asked again about its own row')
  assert.deepEqual(book.seen('31612345678', 3), { kind: 'same', row: 2 })
  assert.deepEqual(book.seen('310612345678', 4), { kind: 'near', row: 2 }, 'a trunk zero')
  assert.deepEqual(book.seen('612345678', 5), { kind: 'near', row: 2 }, 'no country')
  assert.deepEqual(book.seen('4612345678', 6), { kind: 'near', row: 2 }, 'another country')
  assert.deepEqual(book.seen('31701234567', 7), { kind: 'near', held: '+46701234567' })
  assert.equal(book.seen('46701234567', 8)?.kind, 'near', 'row 7 ends alike')
  assert.equal(book.seen('1234567', 9), undefined, 'too short to say')
  assert.equal(book.nameSeen('Anna@b.example', 2), undefined)
  assert.equal(book.nameSeen('anna@B.example', 3), 2)
})
