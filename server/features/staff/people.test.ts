import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, codeOf, inPerson, newNumber, storeIn } from '#test/staff-story.ts'
import { databases, startWorld } from '#test/world.ts'

const locations = '/sesam/v1/staff/locations'

for (const database of databases) {
  test(`a manager sees the people of their store and nobody else, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { unit, client, anna, bo, manager } = await storeIn(world)
    const elsewhere = await world.person('cas')
    const other = await world.unit('Store 13', { members: [elsewhere] })

    const mine = await client.get(locations)
    assert.deepEqual(mine.body.value, [{ id: unit.id, displayName: 'Store 12', description: null }])
    const people = await client.get(`${locations}/${unit.id}/people`)
    assert.deepEqual(
      people.body.value.map((each: { displayName: string }) => each.displayName),
      ['Anna Jansen', 'Bo de Vries', 'Maria Smit'],
    )
    const [first, second, third] = people.body.value
    assert.partialDeepStrictEqual(first, {
      id: anna.id,
      initials: 'AJ',
      phoneNumber: '+31 •••••••78',
      isSmsSignInOn: true,
      jobTitle: 'Cashier',
    })
    assert.ok([first.number, first.callBack, first.smsSignIn, first.password].every(({ may }) => may))
    assert.partialDeepStrictEqual(second, { id: bo.id, initials: 'BV', phoneNumber: null, number: { may: true }, callBack: { may: false } })
    assert.equal(second.smsSignIn.because.code, 'staff_number_missing')
    assert.equal(third.id, manager.id)
    assert.equal(third.password.because.code, 'not_on_yourself')

    assert.equal((await client.get(`${locations}/${other.id}/people`)).status, 404)
    assert.equal(codeOf(await client.get(at(elsewhere))), 'target_out_of_reach')
    assert.deepEqual((await client.get(`${locations}/everyone/people`)).body.value.length, 3)
  })

  test(`people come in pages by name, and are found by the beginning of a word, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { unit, client } = await storeIn(world)
    const page = await client.get(`${locations}/${unit.id}/people?$top=2`)
    assert.equal(page.body.value.length, 2)
    const rest = await client.get(page.body['@odata.nextLink'])
    assert.deepEqual(
      rest.body.value.map((each: { displayName: string }) => each.displayName),
      ['Maria Smit'],
    )
    const eventual = { consistencylevel: 'eventual' }
    const found = await client.get(`${locations}/everyone/people?$search="displayName:vri"`, eventual)
    assert.deepEqual(
      found.body.value.map((each: { displayName: string }) => each.displayName),
      ['Bo de Vries'],
    )
  })

  test(`with more than one store a manager chooses, and sees everybody once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { manager, client, anna } = await storeIn(world)
    const dirk = await world.person('dirk', { displayName: 'Dirk' })
    const second = await world.unit('Store 11', { members: [anna, dirk] })
    await world.giveRole(manager.id, 'Helpdesk Administrator', { kind: 'unit', unitId: second.id })
    const mine = await client.get(locations)
    assert.deepEqual(
      mine.body.value.map((each: { displayName: string | null }) => each.displayName),
      [null, 'Store 11', 'Store 12'],
    )
    const all = await client.get(`${locations}/everyone/people`)
    assert.equal(all.body.value.length, 4)
    // The helpdesk role over the second store gives passwords there, and no numbers.
    const read = await client.get(at(dirk))
    assert.equal(read.body.password.may, true)
    assert.equal(read.body.number.because.code, 'target_out_of_reach')
  })

  test(`a role over the whole organisation reaches everybody without a role, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { unit, anna } = await storeIn(world)
    const admin = await world.as('Authentication Administrator')
    const places = await admin.get(locations)
    assert.deepEqual(
      places.body.value.map((each: { id: string }) => each.id),
      ['everyone', unit.id],
    )
    assert.equal((await admin.get(at(anna))).body.number.may, true)
    assert.ok((await admin.get(`${locations}/everyone/people?$top=100`)).body.value.length >= 4)
  })

  test(`never a person with any role, a guest, or somebody who is switched off, whoever the manager is, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { unit, client, manager } = await storeIn(world)
    const reader = await world.person('reader')
    await world.giveRole(reader.id, 'Directory Readers')
    const byGroup = await world.person('by-group')
    const group = await world.group('leads', { members: [byGroup], isAssignableToRole: true })
    await world.giveRole(group.id, 'Reports Reader', { kind: 'tenant' }, 'group')
    const inGuarded = await world.person('in-guarded')
    await world.group('guarded', { members: [inGuarded], isAssignableToRole: true })
    const guest = await world.person('guest', { userType: 'Guest' })
    const away = await world.person('away', { accountEnabled: false })
    await world.system.inTransaction(async ({ units }) => {
      for (const { id } of [reader, byGroup, inGuarded, guest, away])
        await units.addMember(unit.id, { id, kind: 'user', displayName: '', userPrincipalName: '' })
    })
    const global = await world.as('Global Administrator')
    const cases = [
      [reader, 'staff_holds_role'],
      [byGroup, 'staff_holds_role'],
      [inGuarded, 'staff_holds_role'],
      [guest, 'staff_guest'],
      [away, 'staff_person_disabled'],
      [manager, 'not_on_yourself'],
    ] as const
    for (const [person, code] of cases) {
      for (const who of person === manager ? [client] : [client, global]) {
        const seen = (await who.get(at(person))).body
        assert.deepEqual([seen.number.because.code, seen.password.because.code], [code, code], person.displayName)
        assert.equal(codeOf(await who.post(at(person, '/number'), inPerson(newNumber))), code)
        assert.equal(codeOf(await who.post(at(person, '/removeNumber'), { isConfirmedInPerson: true })), code)
        assert.equal(codeOf(await who.post(at(person, '/enableSmsSignIn'))), code)
        assert.equal(codeOf(await who.post(at(person, '/disableSmsSignIn'))), code)
        assert.equal(codeOf(await who.post(at(person, '/resetPassword'))), code)
        assert.equal(codeOf(await who.post(at(person, '/temporaryAccessPass'))), code)
        assert.equal(codeOf(await who.post(at(person, '/callBacks'), { change: 'remove' })), code)
      }
    }
    assert.deepEqual(await world.auditTrail(), [])
  })

  test(`a helpdesk role gives passwords but no numbers, and says which role could, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { client, anna, bo } = await storeIn(world, { role: 'Helpdesk Administrator' })
    assert.equal((await client.post(at(anna, '/resetPassword'))).status, 200)
    const refused = await client.post(at(bo, '/number'), inPerson(newNumber))
    assert.equal(refused.status, 403)
    assert.equal(codeOf(refused), 'role_missing')
    assert.match(refused.body.error.message, /Authentication Administrator, Privileged Authentication Administrator, Global Administrator/)
    assert.equal((await client.get(at(bo))).body.number.because.code, 'role_missing')
  })

  test(`nobody enters without a role for it, with one factor, or for another organisation, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using elsewhere = await startWorld(database)
    const { anna, manager } = await storeIn(world)
    const own = await world.signedIn(anna.id)
    assert.equal(codeOf(await own.get(locations)), 'role_missing')
    assert.equal(codeOf(await (await world.as('Reports Reader')).get(locations)), 'role_missing')
    const weak = await world.signedIn(manager.id, { methods: ['pwd'] })
    assert.equal(codeOf(await weak.get(locations)), 'stronger_sign_in_needed')
    const stranger = await elsewhere.as('Global Administrator')
    assert.equal((await stranger.get(at(anna))).status, 404)
    // A role that was taken away a moment ago opens nothing any more.
    const client = await world.signedIn(manager.id)
    assert.equal((await client.get(at(anna))).status, 200)
    const { parts } = world.installation
    await parts.database.inTransaction(({ kysely }) =>
      kysely.deleteFrom('role_assignments').where('principal_id', '=', manager.id).execute(),
    )
    assert.equal(codeOf(await client.get(at(anna))), 'role_missing')
  })
}
