import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type IdentifierType, maskIdentifier } from './sign-in-event.ts'

const typed: readonly [string, IdentifierType, string | undefined, string][] = [
  ['+31 6 12345678', 'phoneNumber', 'anna', '+XX X XXXXXX78'],
  ['0031612345678', 'phoneNumber', undefined, 'XXXXXXXXXXX78'],
  [' +31 (0)6-12.34.56.78 ', 'phoneNumber', undefined, '+XX (X)X-XX.XX.XX.78'],
  ['tel:+31612345678', 'phoneNumber', undefined, 'tel:+XXXXXXXXX78'],
  ['٠٦١٢٣٤٥٦٧٨', 'phoneNumber', undefined, 'XXXXXXXX٧٨'],
  ['12345', 'phoneNumber', undefined, 'XXXXX'],
  ['1'.repeat(500), 'phoneNumber', undefined, `${'X'.repeat(62)}11`],
  ['hunter123456', 'phoneNumber', undefined, '***'],
  ['', 'phoneNumber', undefined, '***'],
  ['anna@contoso.example', 'userPrincipalName', 'anna', 'a***@contoso.example'],
  ['P@ssw0rd1', 'userPrincipalName', undefined, '***'],
  ['@contoso.example', 'userPrincipalName', 'anna', '***'],
]

test('what was typed is shown only as far as whoever knows it needs to recognise it', () => {
  for (const [identifier, identifierType, userId, shown] of typed) {
    assert.equal(maskIdentifier({ identifier, identifierType, userId }), shown, identifier)
  }
})
