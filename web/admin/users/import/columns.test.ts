import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guessColumns } from './columns.ts'
import { readTable, writeTable } from './csv-table.ts'

test('columns are known by their headings in English, Dutch and Swedish, each once', () => {
  assert.deepEqual(guessColumns(['User name', 'Full name', 'Phone number', 'Shoe size', 'Phone']), [
    'userPrincipalName',
    'displayName',
    'authenticationPhone',
    undefined,
    undefined,
  ])
  assert.deepEqual(guessColumns(['Gebruikersnaam', 'Naam', 'Telefoonnummer', 'Afdeling', 'Groepen']), [
    'userPrincipalName',
    'displayName',
    'authenticationPhone',
    'department',
    'groups',
  ])
  assert.deepEqual(guessColumns(['Användarnamn', 'Förnamn', 'Efternamn', 'Mobilnummer', 'Språk']), [
    'userPrincipalName',
    'givenName',
    'surname',
    'authenticationPhone',
    'preferredLanguage',
  ])
})

test('a file is read however a spreadsheet parts and quotes it, and written with what was chosen', () => {
  for (const [separator, text] of [
    [';', '\uFEFFNaam;Telefoon\r\n"de Vries; Anna";"+31 6 ""12"""\r\n\r\n'],
    ['\t', 'Naam\tTelefoon\n"de Vries; Anna"\t"+31 6 ""12"""'],
  ] as const) {
    const table = readTable(text)
    assert.deepEqual(table, { header: ['Naam', 'Telefoon'], rows: [['de Vries; Anna', '+31 6 "12"']] }, separator)
    assert.equal(
      writeTable(table, ['displayName', 'authenticationPhone']),
      'displayName,authenticationPhone\r\nde Vries; Anna,"+31 6 ""12"""',
    )
    assert.equal(writeTable(table, [undefined, 'authenticationPhone']), 'authenticationPhone\r\n"+31 6 ""12"""')
  }
  assert.deepEqual(readTable('a,b\n"1\n2",3\n4'), { header: ['a', 'b'], rows: [['1\n2', '3'], ['4']] })
})
