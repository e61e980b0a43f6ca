import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { everybody } from '#server/domain/method-policy.ts'
import type { UserChanges } from '#server/domain/user.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const path = '/sesam/v1/me/securityInfo'
/** Who has none may set one, whatever the policy of other methods. */
const password = { kind: 'password', channels: [] }
const day = 24 * 60 * 60 * 1000

async function allowVoice(world: World) {
  const target = { kind: 'group', id: everybody, isExcluded: false, isUsableForSignIn: false } as const
  await world.system.inTransaction(({ methodPolicies }) =>
    methodPolicies.set('voice', { isEnabled: true, targets: [target], settings: { isOfficePhoneAllowed: true } }),
  )
}

async function startWithAnna(database: (typeof databases)[number], changes: UserChanges = {}) {
  const world = await startWorld(database)
  const anna = await world.person('anna', changes)
  const own = await world.signedIn(anna.id)
  const read = async () => {
    const answer = await own.get(path)
    assert.equal(answer.status, 200, answer.text)
    return answer.body
  }
  return { world, anna, own, read }
}

const kindsIn = (entries: readonly { kind: string }[]) => entries.map(({ kind }) => kind)
const reasonsIn = (absent: readonly { kind: string; because: { code: string } }[]) =>
  Object.fromEntries(absent.map(({ kind, because }) => [kind, because.code]))

for (const database of databases) {
  test(`S7, S8, S34-S36 what can be added is what policy allows, and what cannot says why, on ${database.name}`, async () => {
    const { world, anna, read } = await startWithAnna(database)
    await using _ = world
    const nothing = await read()
    assert.deepEqual(nothing.addable, [password], 'that is nobody’s to forbid')
    assert.deepEqual(nothing.methods, [])
    assert.equal(reasonsIn(nothing.absent).phone, 'notAllowedByOrganization')

    await world.allow('sms')
    assert.deepEqual(
      (await read()).addable,
      [{ kind: 'phone', channels: ['sms'] }, password],
      'one entry for the phone, however it is asked',
    )
    await allowVoice(world)
    const both = await read()
    assert.deepEqual(both.addable, [{ kind: 'phone', channels: ['sms', 'voice'] }, { kind: 'officePhone', channels: ['voice'] }, password])
    assert.equal(reasonsIn(both.absent).alternatePhone, 'needsMobileFirst')

    await world.number(anna, '+31612345678')
    const registered = await read()
    assert.deepEqual(kindsIn(registered.addable), ['alternatePhone', 'officePhone', 'password'])
    assert.equal(reasonsIn(registered.absent).phone, 'alreadyRegistered')
  })

  test(`a row tells its number, its uses and when it was used, on ${database.name}`, async () => {
    const { world, anna, read } = await startWithAnna(database)
    await using _ = world
    await world.allow('sms')
    await world.number(anna, '+31612345678')
    const { methods, organization } = await read()
    assert.equal(organization.displayName, 'Contoso')
    assert.deepEqual(methods, [
      {
        id: phoneMethodIds.mobile,
        kind: 'phone',
        detail: '+31 612345678',
        createdDateTime: '2026-11-20T09:00:00.000Z',
        lastUsedDateTime: null,
        uses: ['sign-in', 'second-factor', 'password-reset'],
        isDefault: true,
        canChange: true,
        channels: ['sms'],
        unusableBecause: null,
        deletion: { kind: 'last', movesTo: null, endsSignIn: true, because: null },
        smsSignIn: {
          state: 'ready',
          isOffered: true,
          isSignInName: true,
          canEnable: false,
          canDisable: true,
          canProve: false,
          because: null,
        },
      },
    ])
  })

  test(`S51, S52 the default and what it can be, each with its number, on ${database.name}`, async () => {
    const { world, anna, own, read } = await startWithAnna(database)
    await using _ = world
    await world.allow('sms')
    await allowVoice(world)
    await world.number(anna, '+31612345678')
    await world.number(anna, '+31207942345', { type: 'office', signIn: false })
    const info = await read()
    const text = { method: 'sms', kind: 'phone', channel: 'sms', detail: '+31 612345678' }
    const office = { method: 'voiceOffice', kind: 'officePhone', channel: 'voice', detail: '+31 207942345' }
    assert.deepEqual(info.defaultChoices, [text, { ...text, method: 'voiceMobile', channel: 'voice' }, office])
    assert.deepEqual(info.defaultMethod, { chosen: null, effective: text, canChange: true })
    const wanted = { userPreferredMethodForSecondaryAuthentication: 'voiceOffice' }
    assert.equal((await own.patch('/v1.0/me/authentication/signInPreferences', wanted)).status, 204)
    assert.deepEqual((await read()).defaultMethod, { chosen: 'voiceOffice', effective: office, canChange: true })
  })

  test(`D1-D4, D6 what is said of deleting is what deleting does, on ${database.name}`, async () => {
    const { world, anna, own, read } = await startWithAnna(database)
    await using _ = world
    const admin = await world.as('Global Administrator')
    await world.allow('sms')
    await allowVoice(world)
    const decide = (defaultMethodDeletion: string) => admin.patch('/sesam/v1/signInSettings', { defaultMethodDeletion })
    const numbers = '/v1.0/me/authentication/phoneMethods'
    const deletions = async () => (await read()).methods.map(({ deletion }: { deletion: { kind: string } }) => deletion.kind)
    const remove = async (id: string) => (await own.delete(`${numbers}/${id}`, { prefer: 'reassign-default' })).status

    await world.number(anna, '+31612345678')
    await world.number(anna, '+31207942345', { type: 'office', signIn: false })
    assert.deepEqual(await deletions(), ['refused', 'free'], 'D2, D1')
    assert.equal((await read()).methods[0].deletion.because.code, 'changeDefaultFirst')
    assert.equal(await remove(phoneMethodIds.mobile), 400)
    await decide('reassign')
    assert.deepEqual(await deletions(), ['moves', 'free'], 'D6')
    await decide('auto')
    await own.post(`${numbers}/${phoneMethodIds.mobile}/disableSmsSignIn`)
    const moving = (await read()).methods[0].deletion
    assert.equal(moving.kind, 'moves', 'D3')
    assert.equal(moving.movesTo.method, 'voiceOffice')
    assert.equal(moving.movesTo.detail, '+31 207942345')
    await decide('strict')
    assert.deepEqual(await deletions(), ['refused', 'free'], 'D6')
    await decide('auto')
    await world.number(anna, '+31687654321', { type: 'alternateMobile', signIn: false })
    assert.deepEqual(await deletions(), ['blocked', 'free', 'free'])
    assert.equal(await remove(phoneMethodIds.mobile), 400)
    assert.equal(await remove(phoneMethodIds.alternateMobile), 204)
    assert.equal(await remove(phoneMethodIds.mobile), 204)
    assert.deepEqual(await deletions(), ['last'], 'D4')
    assert.equal(await remove(phoneMethodIds.office), 204)
    assert.deepEqual(await deletions(), [])
  })

  test(`S42-S46 the offer comes with the policy, and every state of a number says what can be done, on ${database.name}`, async () => {
    const { world, anna, own, read } = await startWithAnna(database)
    await using _ = world
    const signIn = async () => (await read()).methods[0].smsSignIn
    const number = `/v1.0/me/authentication/phoneMethods/${phoneMethodIds.mobile}`
    await world.number(anna, '+31612345678', { signIn: false })
    assert.partialDeepStrictEqual(await signIn(), { isOffered: false, canEnable: false, because: { code: 'smsSignInDisabled' } }, 'S30')
    await world.allow('sms', { usableForSignIn: false })
    assert.partialDeepStrictEqual(await signIn(), { isOffered: false, canEnable: false, because: { code: 'smsSignInNotAllowed' } })
    assert.equal((await read()).smsSignInOffer, null)

    await world.allow('sms')
    assert.partialDeepStrictEqual(await signIn(), { state: 'notConfigured', isOffered: true, canEnable: true, because: null })
    const offer = { methodId: phoneMethodIds.mobile, detail: '+31 612345678', showsBanner: true }
    assert.deepEqual((await read()).smsSignInOffer, offer)
    assert.equal((await own.post('/sesam/v1/me/smsSignInOffer/dismiss')).status, 204)
    assert.deepEqual((await read()).smsSignInOffer, { ...offer, showsBanner: false })

    assert.equal((await own.post(`${number}/enableSmsSignIn`)).status, 204)
    assert.partialDeepStrictEqual(await signIn(), { state: 'ready', canEnable: false, canDisable: true })
    assert.equal((await own.post(`${number}/disableSmsSignIn`)).status, 204)
    assert.partialDeepStrictEqual(await signIn(), { state: 'notEnabled', canEnable: true, canDisable: false })

    const bo = await world.person('bo')
    await world.number(bo, '+31612345678')
    assert.equal((await own.post(`${number}/enableSmsSignIn`)).status, 409)
    const taken = await signIn()
    assert.partialDeepStrictEqual(taken, { state: 'phoneNumberNotUnique', canEnable: false, because: { code: 'numberInUse' } }, 'S40')
    const dutch = await own.get(path, { 'accept-language': 'nl' })
    assert.match(dutch.body.methods[0].smsSignIn.because.message, /^Iemand anders in je organisatie/)
  })

  test(`S53, S58 an address is for resetting a password and nothing else, on ${database.name}`, async () => {
    const { world, anna, read } = await startWithAnna(database)
    await using _ = world
    assert.equal(reasonsIn((await read()).absent).email, 'notAllowedByOrganization')
    await world.allow('email', { usableForSignIn: false })
    assert.deepEqual((await read()).addable, [{ kind: 'email', channels: ['mail'] }, password])
    const admin = await world.as('Global Administrator')
    const wanted = { emailAddress: 'anna@home.example' }
    assert.equal((await admin.post(`/v1.0/users/${anna.id}/authentication/emailMethods`, wanted)).status, 201)
    const { methods, addable, defaultChoices } = await read()
    assert.partialDeepStrictEqual(methods, [
      {
        kind: 'email',
        detail: 'anna@home.example',
        uses: ['password-reset'],
        isDefault: false,
        canChange: true,
        deletion: { kind: 'free' },
      },
    ])
    assert.deepEqual([addable, defaultChoices], [[password], []])
  })

  test(`a number nobody used for ninety days has to be proven again, on ${database.name}`, async () => {
    const { world, anna } = await startWithAnna(database)
    await using _ = world
    await world.allow('sms')
    await world.number(anna, '+31612345678')
    world.turnClock(91 * day)
    const own = await world.signedIn(anna.id)
    const { methods, smsSignInOffer } = (await own.get(path)).body
    const expected = { state: 'notConfigured', canEnable: false, canProve: true, because: { code: 'numberQuiet' } }
    assert.partialDeepStrictEqual(methods[0].smsSignIn, expected)
    assert.equal(smsSignInOffer, null)
  })

  test(`a guest, a landline and another country each hear their own reason, on ${database.name}`, async () => {
    const { world, anna, read } = await startWithAnna(database, { userType: 'Guest' })
    await using _ = world
    await world.allow('sms')
    await world.number(anna, '+31612345678', { signIn: false })
    assert.equal((await read()).methods[0].smsSignIn.because.code, 'guestWithoutSmsSignIn')

    const bo = await world.person('bo')
    await world.number(bo, '+31207942345', { signIn: false })
    const landline = (await (await world.signedIn(bo.id)).get(path)).body.methods[0]
    assert.equal(landline.smsSignIn.because.code, 'numberWithoutTexts')
    assert.equal(landline.unusableBecause.code, 'numberWithoutTexts')
    assert.deepEqual(landline.uses, [])
    await world.number(bo, '+31201234567', { type: 'office', signIn: false })
    const desk = (await (await world.signedIn(bo.id)).get(path)).body.methods[1]
    assert.equal(desk.unusableBecause.code, 'notAllowedByOrganization', 'it is called, and nobody may be')

    const cas = await world.person('cas')
    await world.number(cas, '+46701234567', { signIn: false })
    const swedish = await world.signedIn(cas.id)
    assert.deepEqual((await swedish.get(path)).body.countries, {
      default: 'NL',
      sms: ['NL', 'SE'],
      voice: [],
      callingCodes: [
        { country: 'NL', callingCode: '31' },
        { country: 'SE', callingCode: '46' },
      ],
    })
    await (await world.as('Global Administrator')).patch('/sesam/v1/signInSettings', { textCountries: ['NL'] })
    const { methods, countries } = (await swedish.get(path)).body
    assert.equal(methods[0].smsSignIn.because.code, 'countryNotAllowed')
    assert.deepEqual(countries.sms, ['NL'])
  })
}
