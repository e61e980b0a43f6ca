import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stepUpIn } from './challenge.ts'

const cases: readonly [what: string, header: string | null, expected: ReturnType<typeof stepUpIn>][] = [
  ['no header', null, undefined],
  ['a token that is over', 'Bearer error="invalid_token"', undefined],
  [
    'a fresh proof',
    'DPoP error="insufficient_user_authentication", error_description="Sign in again, please", max_age="300"',
    { maxAgeSeconds: 300, acrValues: undefined },
  ],
  [
    'a stronger one as well',
    'Bearer error="insufficient_user_authentication", error_description="x", acr_values="urn:sesam:acr:mfa", max_age="300", claims="e30="',
    { maxAgeSeconds: 300, acrValues: 'urn:sesam:acr:mfa' },
  ],
  ['words that only mention it', 'Bearer error="invalid_token", error_description="insufficient_user_authentication"', undefined],
  ['values without quotes', 'Bearer realm=a,error=insufficient_user_authentication,max_age=0', { maxAgeSeconds: 0, acrValues: undefined }],
]

for (const [what, header, expected] of cases) {
  test(`what an API asks of a person: ${what}`, () => assert.deepEqual(stepUpIn(header), expected))
}
