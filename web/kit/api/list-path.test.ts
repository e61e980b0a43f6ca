import assert from 'node:assert/strict'
import { test } from 'node:test'
import { all, beginsWith, listPath, quoted } from './list-path.ts'

test('a question to a list leaves out what is empty, and hides nothing in what was typed', () => {
  assert.equal(listPath('/v1.0/users', {}), '/v1.0/users')
  const path = listPath('/v1.0/users', { select: ['id', 'displayName'], filter: "displayName eq 'a&b'", top: 50, isAdvanced: true })
  assert.equal(path, "/v1.0/users?$select=id%2CdisplayName&$filter=displayName%20eq%20'a%26b'&$top=50&$count=true")
})

test('a quote that was typed ends no text', () => {
  assert.equal(quoted("O'Brien"), "'O''Brien'")
  assert.equal(beginsWith(" o'b ", 'displayName', 'mail'), "startsWith(displayName,'o''b') or startsWith(mail,'o''b')")
  assert.equal(beginsWith('  ', 'displayName'), undefined)
})

test('conditions hold together, however many there are', () => {
  assert.equal(all(undefined, ''), undefined)
  assert.equal(all('a eq 1', undefined), 'a eq 1')
  assert.equal(all('a eq 1 or b eq 2', 'c eq 3'), '(a eq 1 or b eq 2) and (c eq 3)')
})
