import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strengthAsked } from './acr-values.ts'

const [sfa, mfa, phr] = ['urn:sesam:acr:sfa', 'urn:sesam:acr:mfa', 'urn:sesam:acr:phr']
const essential = (asked: object) => JSON.stringify({ id_token: { acr: { essential: true, ...asked } } })

const cases: readonly [title: string, asked: { acrValues?: string; claims?: string }, strength: string][] = [
  ['nothing', {}, 'one factor'],
  ['two factors', { acrValues: mfa }, 'two factors'],
  ['two factors, or else one', { acrValues: `${mfa} ${sfa}` }, 'one factor'],
  ['something nobody knows', { acrValues: '1 2' }, 'one factor'],
  ['something nobody knows, or two factors', { acrValues: `1 ${mfa}` }, 'two factors'],
  ['the strongest, as a wish', { acrValues: phr }, 'two factors'],
  ['two factors, insisting', { claims: essential({ value: mfa }) }, 'two factors'],
  ['two factors or the strongest, insisting', { claims: essential({ values: [phr, mfa] }) }, 'two factors'],
  ['the strongest, insisting', { claims: essential({ values: [phr] }) }, 'unobtainable'],
  ['something nobody knows, insisting', { claims: essential({ value: '1' }) }, 'unobtainable'],
  ['no list where one belongs, insisting', { claims: essential({ values: 'x' }) }, 'unobtainable'],
  ['one factor, insisting', { claims: essential({ value: sfa }), acrValues: mfa }, 'one factor'],
  ['two factors, without insisting', { claims: JSON.stringify({ id_token: { acr: { value: mfa } } }) }, 'one factor'],
  ['the claim alone', { claims: JSON.stringify({ id_token: { acr: null }, userinfo: {} }) }, 'one factor'],
]

for (const [title, { acrValues, claims }, strength] of cases) {
  test(`an app that asks for ${title}`, () => assert.equal(strengthAsked({ acrValues, claims }), strength))
}
