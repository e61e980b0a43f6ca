import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, codeOf, inPerson, newNumber, oldNumber, storeIn } from '#test/staff-story.ts'
import { databases, startWorld } from '#test/world.ts'

for (const database of databases) {
  test(`a new colleague gets a number, written as people write it, and signs in with it at once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { client, bo } = await storeIn(world)
    const given = await client.post(at(bo, '/number'), inPerson('06 8765 4321'))
    assert.equal(given.status, 200, given.text)
    assert.partialDeepStrictEqual(given.body, { phoneNumber: '+31 •••••••21', isSmsSignInOn: true, smsSignIn: { may: true } })
    assert.ok(!given.text.includes('687654321'))
    assert.equal(await world.system.phones.signInNumberOf(bo.id), newNumber)

    const off = await client.post(at(bo, '/disableSmsSignIn'))
    assert.partialDeepStrictEqual(off.body, { isSmsSignInOn: false, phoneNumber: '+31 •••••••21' })
    assert.equal((await client.post(at(bo, '/enableSmsSignIn'))).body.isSmsSignInOn, true)
    const gone = await client.post(at(bo, '/removeNumber'), { isConfirmedInPerson: true })
    assert.partialDeepStrictEqual(gone.body, { phoneNumber: null, isSmsSignInOn: false })
    assert.equal(codeOf(await client.post(at(bo, '/removeNumber'), { isConfirmedInPerson: true })), 'staff_number_missing')
  })

  test(`every act stands in the audit log with the mark of My Staff and how it was confirmed, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { client, bo, manager } = await storeIn(world)
    await client.post(at(bo, '/number'), inPerson(newNumber))
    await client.post(at(bo, '/disableSmsSignIn'))
    await client.post(at(bo, '/enableSmsSignIn'))
    await client.post(at(bo, '/removeNumber'), { isConfirmedInPerson: true })
    await client.post(at(bo, '/resetPassword'))
    const events = await world.auditEvents()
    assert.deepEqual(
      events.map(({ activity, details }) => [activity, details.Source, details.Confirmed]),
      [
        ['Admin registered security info', 'My Staff', 'in person'],
        ['Admin updated security info', 'My Staff', undefined],
        ['Admin updated security info', 'My Staff', undefined],
        ['Admin deleted security info', 'My Staff', 'in person'],
        ['Reset user password', 'My Staff', undefined],
      ],
    )
    assert.ok(events.every(({ actor }) => actor.kind === 'person' && actor.id === manager.id))
    const admin = await world.as('Global Administrator')
    const read = await admin.get(`/v1.0/auditLogs/directoryAudits/${events[0]?.id}`)
    assert.ok(read.body.additionalDetails.some((each: object) => JSON.stringify(each) === '{"key":"Source","value":"My Staff"}'))
    // What was not done in My Staff does not say so.
    await admin.patch(`/v1.0/users/${bo.id}`, { jobTitle: 'Baker' })
    assert.equal((await world.auditEvents()).at(-1)?.details.Source, undefined)
  })

  test(`a temporary password is told once, has to be changed, and ends what was signed in, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { client, anna } = await storeIn(world)
    const own = await world.signedIn(anna.id)
    assert.equal((await own.get('/v1.0/me')).status, 200)
    const reset = await client.post(at(anna, '/resetPassword'))
    assert.equal(reset.status, 200, reset.text)
    assert.match(reset.body.newPassword, /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    assert.equal((await world.system.users.find(anna.id))?.mustChangePassword, true)
    assert.equal((await own.get('/v1.0/me')).status, 401)
    assert.ok(!world.logged.join('').includes(reset.body.newPassword))
    assert.ok(!(await client.get(at(anna))).text.includes(reset.body.newPassword))
    assert.match(await world.textTo(oldNumber), /password changed/)
  })

  test(`a pass is told once, replaces the one before, and is closed where it would let nobody in, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { client, anna, bo } = await storeIn(world)
    assert.equal((await client.get(at(anna))).body.pass.because.code, 'staff_pass_off')
    assert.equal(codeOf(await client.post(at(anna, '/temporaryAccessPass'))), 'staff_pass_off')
    await world.allow('temporary-access-pass', { group: await world.group('cashiers', { members: [anna] }) })
    assert.equal((await client.get(at(bo))).body.pass.because.code, 'staff_pass_not_allowed')
    assert.equal(codeOf(await client.post(at(bo, '/temporaryAccessPass'))), 'staff_pass_not_allowed')

    const first = await client.post(at(anna, '/temporaryAccessPass'))
    assert.equal(first.status, 201, first.text)
    assert.match(first.body.temporaryAccessPass, /^[a-hjkmnp-z2-9]{8}$/)
    assert.equal(first.body.expiresDateTime, '2026-11-20T10:00:00.000Z')
    const second = await client.post(at(anna, '/temporaryAccessPass'))
    assert.notEqual(second.body.temporaryAccessPass, first.body.temporaryAccessPass)
    const events = await world.auditEvents()
    assert.deepEqual(
      events.map(({ details }) => details.Source),
      ['My Staff', 'My Staff'],
    )
    for (const { temporaryAccessPass } of [first.body, second.body])
      assert.ok(!(world.logged.join('') + JSON.stringify(events)).includes(temporaryAccessPass))
    const helpdesk = await world.as('Helpdesk Administrator')
    assert.equal(codeOf(await helpdesk.post(at(anna, '/temporaryAccessPass'))), 'role_missing')
  })

  test(`a number that is changed in person is told to the old one, so no stolen session does it in silence, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { client, anna } = await storeIn(world)
    assert.equal((await client.post(at(anna, '/number'), { phoneNumber: newNumber })).status, 400)
    assert.equal((await client.post(at(anna, '/number'), { phoneNumber: newNumber, isConfirmedInPerson: false })).status, 400)
    assert.equal((await client.post(at(anna, '/number'), inPerson(newNumber))).status, 200)
    assert.match(await world.textTo(oldNumber), /phone number changed/)
    assert.equal(await world.system.phones.signInNumberOf(anna.id), newNumber)
    assert.ok(!world.texts().some(({ to }) => to === newNumber))
  })

  test(`what is not a number, or somebody else's, is said so and changes nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { client, anna, bo } = await storeIn(world)
    assert.equal(codeOf(await client.post(at(bo, '/number'), inPerson('12'))), 'phone_number_invalid')
    assert.equal(codeOf(await client.post(at(bo, '/number'), inPerson('0900 1234'))), 'phone_number_kind')
    const shared = await client.post(at(bo, '/number'), inPerson(oldNumber))
    assert.partialDeepStrictEqual(shared.body, { isSmsSignInOn: false, smsSignIn: { may: false } })
    assert.equal(shared.body.smsSignIn.because.code, 'phone_number_not_unique')
    assert.equal(codeOf(await client.post(at(bo, '/enableSmsSignIn'))), 'phone_number_not_unique')
    assert.equal(await world.system.phones.signInNumberOf(anna.id), oldNumber)
  })

  test(`a manager does fifty acts in any hour, of sixty at once exactly fifty, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { client, manager, bo, anna } = await storeIn(world)
    await world.number(bo, newNumber)
    const switching = Array.from({ length: 60 }, (_, index) => client.post(at(bo, index % 2 ? '/enableSmsSignIn' : '/disableSmsSignIn')))
    const answers = await Promise.all(switching)
    const refused = answers.filter(({ status }) => status === 429)
    assert.equal(refused.length, 10, answers.map(({ status }) => status).join(' '))
    const [first = assert.fail()] = refused
    assert.equal(codeOf(first), 'staff_acts_used_up')
    assert.equal(first.headers['retry-after'], '3600')
    // Looking is free, and another manager has acts of their own.
    assert.equal((await client.get(at(anna))).status, 200)
    const admin = await world.as('Authentication Administrator')
    assert.equal((await admin.post(at(bo, '/enableSmsSignIn'))).status, 200)
    // Not one more before the hour is over, however long it is spread.
    world.turnClock(59 * 60_000)
    assert.equal((await client.post(at(bo, '/enableSmsSignIn'))).status, 429)
    world.turnClock(60_000)
    const later = await world.signedIn(manager.id)
    assert.equal((await later.post(at(bo, '/enableSmsSignIn'))).status, 200)
  })
}
