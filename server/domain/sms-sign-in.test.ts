import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databases, startWorld } from '#test/world.ts'
import { canonicalNumber } from './phone-number.ts'
import { countryAllowed, findSignIn, mayTextTo, type SmsSignInFacts, smsSignIn } from './sms-sign-in.ts'

const dayMs = 24 * 60 * 60 * 1000
const now = new Date('2026-11-20T09:00:00Z')
const fitting: SmsSignInFacts = {
  user: { accountEnabled: true, userType: 'Member' },
  policy: { isEnabled: true, isAllowed: true, isUsableForSignIn: true },
  phoneType: 'mobile',
  isSignInName: true,
  mayReceiveTexts: true,
  isCountryAllowed: true,
  knownAt: now,
}
const off = { isEnabled: false, isAllowed: false, isUsableForSignIn: false }

const cases: [expected: string, changes: Partial<SmsSignInFacts>][] = [
  ['ready', {}],
  ['accountDisabled', { user: { accountEnabled: false, userType: 'Member' } }],
  ['guest', { user: { accountEnabled: true, userType: 'Guest' } }],
  ['smsSignInDisabled', { policy: off }],
  ['notAllowedByPolicy', { policy: { ...off, isEnabled: true } }],
  ['notAllowedByPolicy', { policy: { isEnabled: true, isAllowed: true, isUsableForSignIn: false } }],
  ['numberNotForSignIn', { isSignInName: false }],
  ['numberNotForSignIn', { phoneType: 'alternateMobile' }],
  ['numberNotForSignIn', { phoneType: 'office' }],
  ['numberTypeRefused', { mayReceiveTexts: false }],
  ['countryNotAllowed', { isCountryAllowed: false }],
  ['ready', { knownAt: new Date(now.getTime() - 90 * dayMs) }],
  ['recycled', { knownAt: new Date(now.getTime() - 90 * dayMs - 1) }],
]

test('only a member, in the policy, with a number that is theirs, signs in by text', () => {
  for (const [expected, changes] of cases) assert.equal(smsSignIn({ ...fitting, ...changes }, now), expected, JSON.stringify(changes))
})

test('a text goes to the countries of a list, or else to those the organisation has to do with', () => {
  const home = { textCountries: undefined, defaultCountry: 'NL', isRegistered: false }
  assert.equal(countryAllowed('NL', home), true)
  assert.equal(countryAllowed('SE', home), false)
  assert.equal(countryAllowed('SE', { ...home, isRegistered: true }), true)
  assert.equal(countryAllowed('NL', { ...home, textCountries: ['SE'], isRegistered: true }), false)
  assert.equal(countryAllowed('NL', { ...home, textCountries: [] }), false)
  assert.equal(countryAllowed(undefined, { ...home, defaultCountry: undefined }), false)
})

for (const database of databases) {
  test(`a number names somebody, and says whether they may sign in with it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna', { preferredLanguage: 'nl-NL' })
    const group = await world.group('SMS users', { members: [anna] })
    const number = await world.number(anna, '+31612345678')
    const look = async () => (await findSignIn(world.system, number, world.now))?.state
    assert.equal(await look(), 'smsSignInDisabled')
    await world.allow('sms', { group, usableForSignIn: false })
    assert.equal(await look(), 'notAllowedByPolicy')
    await world.allow('sms', { group })
    const { id, displayName, userPrincipalName } = anna
    assert.deepEqual(await findSignIn(world.system, number, world.now), {
      user: { id, displayName, userPrincipalName, preferredLanguage: 'nl-NL', accountEnabled: true, userType: 'Member' },
      phoneType: 'mobile',
      state: 'ready',
    })

    const change = (changes: object) => world.system.inTransaction(({ users }) => users.change(id, changes, world.now))
    await change({ accountEnabled: false })
    assert.equal(await look(), 'accountDisabled')
    await change({ accountEnabled: true, userType: 'Guest' })
    assert.equal(await look(), 'guest')
    await change({ userType: 'Member' })
    world.turnClock(91 * dayMs)
    assert.equal(await look(), 'recycled')
    await world.system.inTransaction(({ phones }) => phones.markUsed(id, 'mobile', world.now))
    assert.equal(await look(), 'ready')
    const elsewhere = { ...world.system, signInSettings: { ...world.system.signInSettings, textCountries: ['SE'] } }
    assert.equal((await findSignIn(elsewhere, number, world.now))?.state, 'countryNotAllowed')
    await world.system.inTransaction(({ phones }) => phones.change(id, 'mobile', { signInWish: 'off' }, world.now))
    assert.equal(await look(), undefined)
  })

  test(`a number that was once let in and is a premium one gets no text, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const number = await world.number(await world.person('anna'), '+31906123456')
    assert.equal((await findSignIn(world.system, number, world.now))?.state, 'numberTypeRefused')
    assert.equal(await mayTextTo(world.system, number), false)
  })

  test(`a number to be registered is of a country the organisation has numbers of, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const swedish = canonicalNumber('+46701740606')
    assert.equal(await mayTextTo(world.system, canonicalNumber('+31612345678')), true)
    assert.equal(await mayTextTo(world.system, swedish), false)
    await world.number(await world.person('lars'), '+46701740605')
    assert.equal(await mayTextTo(world.system, swedish), true)
    const listed = { ...world.system, signInSettings: { ...world.system.signInSettings, textCountries: ['NL'] } }
    assert.equal(await mayTextTo(listed, swedish), false)
  })

  test(`an unknown number takes as many statements as a known one, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const known = await world.number(await world.person('anna'), '+31612345678')
    async function questions(number: typeof known): Promise<string[]> {
      const asked: string[] = []
      const { phones, methodPolicies, signInSettings, organization } = world.system
      const parts = {
        signInSettings,
        organization,
        phones: {
          findSignInHolder: async (...each: Parameters<typeof phones.findSignInHolder>) => {
            asked.push('holder')
            return phones.findSignInHolder(...each)
          },
        },
        methodPolicies: {
          standingOf: async (...each: Parameters<typeof methodPolicies.standingOf>) => {
            asked.push('policy')
            return methodPolicies.standingOf(...each)
          },
        },
      }
      await findSignIn(parts, number, world.now)
      return asked
    }
    assert.deepEqual(await questions(known), ['holder', 'policy'])
    assert.deepEqual(await questions(canonicalNumber('+31612345679')), ['holder', 'policy'])
    assert.equal(await findSignIn(world.system, canonicalNumber('+31612345679'), world.now), undefined)
  })
}
