import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Campaign, type CampaignFacts, campaignOffer } from './registration-campaign.ts'

const dayMs = 24 * 60 * 60 * 1000
const now = new Date('2026-11-20T09:00:00Z')
const everybody = { id: 'all_users', targetType: 'group' } as const
const campaign: Campaign = {
  state: 'enabled',
  snoozeDurationInDays: 1,
  enforceRegistrationAfterAllowedSnoozes: true,
  includeTargets: [{ ...everybody, targetedAuthenticationMethod: 'SMS' }],
  excludeTargets: [],
}
const standing = { isEnabled: true, isAllowed: true, isUsableForSignIn: false, isRegistrationRequired: false }
const facts: CampaignFacts = {
  userId: 'anna',
  groupIds: new Set(['shop']),
  standings: new Map([['sms', standing]]),
  held: new Set(),
  snoozes: new Map(),
}
const offered = { method: 'sms', timesBefore: 0, snoozesLeft: 3 }
const snoozed = (times: number, daysAgo: number) => new Map([['sms', { times, at: new Date(now.getTime() - daysAgo * dayMs) }]])
const shop = { id: 'shop', targetType: 'group' } as const
const toShop = { ...shop, targetedAuthenticationMethod: 'sms' }

const cases: [name: string, changes: { campaign?: Partial<Campaign>; facts?: Partial<CampaignFacts> }, expected: unknown][] = [
  ['whoever lacks it is offered it', {}, offered],
  ['a campaign that nobody switched on asks nobody', { campaign: { state: 'default' } }, undefined],
  ['nor does one that is off', { campaign: { state: 'disabled' } }, undefined],
  ['whoever has it is left alone', { facts: { held: new Set(['sms']) } }, undefined],
  ['whoever may not use it is not offered it', { facts: { standings: new Map([['sms', { ...standing, isAllowed: false }]]) } }, undefined],
  ['nor where nobody decided about it', { facts: { standings: new Map() } }, undefined],
  ['a group they are in is asked', { campaign: { includeTargets: [toShop] } }, offered],
  ['another group is not them', { campaign: { includeTargets: [toShop] }, facts: { groupIds: new Set(['drivers']) } }, undefined],
  ['who is excluded is out, whatever includes them', { campaign: { excludeTargets: [shop] } }, undefined],
  ['a person can be asked alone', { campaign: { includeTargets: [{ ...toShop, id: 'anna', targetType: 'user' }] } }, offered],
  [
    'a method that is not built is offered to nobody',
    { campaign: { includeTargets: [{ ...everybody, targetedAuthenticationMethod: 'fido2' }] } },
    undefined,
  ],
  ['put off an hour ago, it rests', { facts: { snoozes: snoozed(1, 1 / 24) } }, undefined],
  ['a day later it comes again', { facts: { snoozes: snoozed(1, 1) } }, { method: 'sms', timesBefore: 1, snoozesLeft: 2 }],
  [
    'put off three times, it cannot be put off again',
    { facts: { snoozes: snoozed(3, 1) } },
    { method: 'sms', timesBefore: 3, snoozesLeft: 0 },
  ],
  [
    'without a limit it can be put off for ever',
    { campaign: { enforceRegistrationAfterAllowedSnoozes: false }, facts: { snoozes: snoozed(30, 1) } },
    { method: 'sms', timesBefore: 30, snoozesLeft: undefined },
  ],
  [
    'with no rest it comes at every sign-in',
    { campaign: { snoozeDurationInDays: 0 }, facts: { snoozes: snoozed(1, 0) } },
    { method: 'sms', timesBefore: 1, snoozesLeft: 2 },
  ],
]

test('a campaign offers what it wants of whom it names, until they have it', () => {
  for (const [name, changes, expected] of cases) {
    assert.deepEqual(campaignOffer({ ...campaign, ...changes.campaign }, { ...facts, ...changes.facts }, now), expected, name)
  }
})
