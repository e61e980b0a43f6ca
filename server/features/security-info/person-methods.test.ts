import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everybody } from '#server/domain/method-policy.ts'
import { type Client, databases, startWorld, type TestDatabase } from '#test/world.ts'

async function stage(database: TestDatabase) {
  const world = await startWorld(database)
  const anna = await world.person('anna')
  const admin = await world.as('Authentication Administrator')
  const page = `/sesam/v1/users/${anna.id}/authenticationMethods`
  const numbers = `/v1.0/users/${anna.id}/authentication/phoneMethods`
  const read = async (client: Client = admin) => {
    const answer = await client.get(page)
    assert.equal(answer.status, 200, answer.text)
    return answer.body
  }
  const give = (phoneNumber: string, phoneType = 'mobile') => admin.post(numbers, { phoneNumber, phoneType })
  const policy = (isEnabled: boolean, ids: readonly { id: string; isExcluded?: boolean; signsIn?: boolean }[]) =>
    world.system.inTransaction(({ methodPolicies }) =>
      methodPolicies.set('sms', {
        isEnabled,
        settings: {},
        targets: ids.map(({ id, isExcluded = false, signsIn = true }) => ({
          kind: 'group',
          id,
          isExcluded,
          isUsableForSignIn: signsIn,
        })),
      }),
    )
  return { world, anna, admin, page, read, give, policy, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

const remediesOf = (cause: { remedies: { act: string; may: boolean }[] } | null) =>
  Object.fromEntries((cause?.remedies ?? []).map(({ act, may }) => [act, may]))

for (const database of databases) {
  test(`S20 with the policy off a number is kept, and whoever may turn it on is offered to, on ${database.name}`, async () => {
    await using on = await stage(database)
    const { world, read, give, policy } = on
    await policy(false, [])
    assert.equal((await read()).newNumber.cause.code, 'smsSignInDisabled', 'it is said before anything is typed')
    assert.equal((await give('+31 612345678')).body.smsSignInState, 'notAllowedByPolicy')
    const [phone] = (await read()).methods
    assert.equal(phone.smsSignIn.cause.code, 'smsSignInDisabled')
    assert.deepEqual(remediesOf(phone.smsSignIn.cause), { turnOnPolicy: false })
    assert.match(phone.smsSignIn.cause.remedies[0].because.message, /Authentication Policy Administrator/, 'and who else can')
    const chief = await world.as('Global Administrator')
    assert.deepEqual(remediesOf((await read(chief)).methods[0].smsSignIn.cause), { turnOnPolicy: true })
  })

  test(`S21 whom the policy is not for is helped by a group it is for, by a licence, or by the policy itself, on ${database.name}`, async () => {
    await using on = await stage(database)
    const { world, anna, admin, read, policy } = on
    const staff = await world.group('Contoso SMS Users', { owners: [{ id: admin.id }] })
    const out = await world.group('Not yet', { members: [anna] })
    await policy(true, [{ id: staff.id }])
    const { cause } = (await read()).newNumber
    assert.equal(cause.code, 'notAllowedByPolicy')
    assert.deepEqual(remediesOf(cause), { addToGroup: true, changePolicy: false }, 'who owns the group may add to it')
    assert.deepEqual(cause.remedies[0].group, { id: staff.id, displayName: 'Contoso SMS Users' })
    const other = await world.as('Authentication Administrator')
    assert.deepEqual(remediesOf((await read(other)).newNumber.cause), { addToGroup: false, changePolicy: false })

    await policy(true, [{ id: staff.id }, { id: out.id, isExcluded: true }])
    assert.deepEqual(remediesOf((await read()).newNumber.cause), { changePolicy: false }, 'no group helps against an exclusion')
    await policy(true, [{ id: everybody, signsIn: false }])
    assert.deepEqual(remediesOf((await read()).newNumber.cause), { changePolicy: false })
    await policy(true, [{ id: everybody }])
    assert.equal((await read()).newNumber.cause, null)
    await world.system.inTransaction(({ methodPolicies }) => methodPolicies.setLicenceMode('sms', 'enforce'))
    assert.deepEqual(remediesOf((await read()).newNumber.cause), { assignLicence: false, changePolicy: false })
    const chief = await world.as('Global Administrator')
    assert.deepEqual(remediesOf((await read(chief)).newNumber.cause), { assignLicence: true, changePolicy: true })
  })

  test(`S22 what is typed is judged by the API, and nothing is changed or told, on ${database.name}`, async () => {
    await using on = await stage(database)
    const { world, admin, page, policy } = on
    await policy(true, [{ id: everybody }])
    await world.number(await world.person('bob'), '+31612345678')
    const check = async (phoneNumber: string, phoneType = 'mobile', client: Client = admin) =>
      client.post(`${page}/checkNumber`, { phoneNumber, phoneType }, { 'accept-language': 'nl' })
    const { body: bare } = await check('4251234567')
    assert.partialDeepStrictEqual(bare, { isAcceptable: false, problem: { code: 'phone_number_invalid' } })
    assert.match(bare.problem.message, /landnummer|landcode/i)
    assert.partialDeepStrictEqual((await check('+1 4251234567')).body, { isAcceptable: true, phoneNumber: '+1 4251234567', country: 'US' })
    assert.equal((await check('+31 900 1234')).body.isAcceptable, false)
    assert.equal((await check('+31 20 794 2345')).body.cause.code, 'voiceNumberConflict')
    assert.equal((await check('+31 20 794 2345 x12', 'office')).body.phoneNumber, '+31 207942345x12')
    assert.equal((await check('+31 612345678')).body.cause, null, 'whose a number is is not told to who merely types it')
    for (const role of ['Global Reader', 'User Administrator'] as const)
      assert.equal((await check('+31 612345678', 'mobile', await world.as(role))).status, 403)
    assert.deepEqual(await world.auditTrail(), [])
  })

  test(`S23 a number in use names who has it, to whoever may read that person’s methods, on ${database.name}`, async () => {
    await using on = await stage(database)
    const { world, anna, admin, read, give, policy } = on
    await policy(true, [{ id: everybody }])
    const bob = await world.person('bob')
    await world.number(bob, '+31612345678')
    assert.equal((await give('+31 612345678')).body.smsSignInState, 'phoneNumberNotUnique')
    const { cause } = (await read()).methods[0].smsSignIn
    assert.equal(cause.code, 'phoneNumberNotUnique')
    assert.partialDeepStrictEqual(cause.remedies, [{ act: 'openHolder', may: true, person: { id: bob.id, displayName: 'bob' } }])

    const unit = await world.unit('Store 1', { members: [anna] })
    const local = await world.person('local')
    await world.giveRole(local.id, 'Authentication Administrator', { kind: 'unit', unitId: unit.id })
    const { remedies } = (await read(await world.signedIn(local.id))).methods[0].smsSignIn.cause
    assert.partialDeepStrictEqual(remedies, [{ act: 'openHolder', may: false, person: null }])
    assert.doesNotMatch(JSON.stringify(remedies), /bob/)

    assert.equal((await admin.delete(`/v1.0/users/${bob.id}/authentication/phoneMethods/3179e48a-750b-4051-897c-87b9720928f7`)).status, 204)
    assert.deepEqual(remediesOf((await read()).methods[0].smsSignIn.cause), {}, 'once it is free')
    assert.equal(
      (await admin.post(`/v1.0/users/${anna.id}/authentication/phoneMethods/3179e48a-750b-4051-897c-87b9720928f7/enableSmsSignIn`)).status,
      204,
    )
    assert.equal((await read()).methods[0].smsSignIn.state, 'ready')
  })

  test(`S24 a voice number is in the way and can be replaced in one step, on ${database.name}`, async () => {
    await using on = await stage(database)
    const { admin, anna, read, give, policy } = on
    await policy(true, [{ id: everybody }])
    assert.equal((await give('+31 207942345')).status, 201)
    const refused = await give('+31 612345678')
    assert.deepEqual([refused.status, refused.body.error.code], [400, 'voiceNumberConflict'])
    const [phone] = (await read()).methods
    assert.equal(phone.smsSignIn.cause.code, 'voiceNumberConflict')
    assert.deepEqual(remediesOf(phone.smsSignIn.cause), { replaceNumber: true })
    const path = `/v1.0/users/${anna.id}/authentication/phoneMethods/${phone.id}`
    assert.equal((await admin.patch(path, { phoneNumber: '+31 612345678' })).status, 204)
    assert.equal((await read()).methods[0].smsSignIn.state, 'ready')
  })

  test(`what may be done is said for each act as its door would, and numbers are masked for who sees only their end, on ${database.name}`, async () => {
    await using on = await stage(database)
    const { world, anna, read, give, policy, page } = on
    await policy(true, [{ id: everybody }])
    await give('+31 612345678')
    const acts = async (client: Client) =>
      Object.entries((await read(client)).acts as Record<string, { may: boolean }>)
        .filter(([, { may }]) => may)
        .map(([act]) => act)
    const masked = await read()
    assert.partialDeepStrictEqual(masked, { showsWholeNumbers: false, methods: [{ detail: '+31 XXXXXXX78' }] })
    assert.doesNotMatch(JSON.stringify(masked), /612345678/)
    assert.equal(masked.defaultChoices[0].detail, '+31 XXXXXXX78')
    assert.partialDeepStrictEqual(masked.methods[0].acts, {
      change: { may: true },
      delete: { may: true },
      enableSmsSignIn: null,
      disableSmsSignIn: { may: true },
    })
    assert.deepEqual(
      masked.addable.map(({ kind, may }: { kind: string; may: boolean }) => [kind, may]),
      [
        ['phone', false],
        ['alternatePhone', true],
        ['officePhone', true],
        ['email', true],
      ],
    )
    assert.deepEqual(await acts(await world.as('Authentication Administrator')), [
      'changeDefault',
      'requireReregistration',
      'resetPassword',
      'endSessions',
      'endWaits',
      'issuePass',
      'changeContact',
      'changeUserName',
      'disable',
      'delete',
    ])
    assert.deepEqual(await acts(await world.as('Global Reader')), [])
    const chief = await world.as('Global Administrator')
    assert.equal((await acts(chief)).length, 13)
    assert.equal((await read(chief)).methods[0].detail, '+31 612345678')
    for (const client of [await world.as('User Administrator'), await world.signedIn(anna.id)])
      assert.equal((await client.get(page)).status, 403)
    const ofMember = (await (await world.signedIn(anna.id)).get(page.replace('authenticationMethods', 'acts'))).body
    assert.equal(ofMember.changeProfile.may, false, 'whoever holds no role reads which one it takes')
    assert.match(ofMember.changeProfile.because.message, /User Administrator/)
    const weak = await world.signedIn(chief.id, { methods: ['pwd'] })
    assert.equal((await weak.get(page)).status, 403)
  })
}
