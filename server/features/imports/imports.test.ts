import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalNumber } from '#server/domain/phone-number.ts'
import { carryOutImports } from '#server/jobs/carry-out-imports.ts'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const log = { error: (...what: unknown[]) => assert.fail(JSON.stringify(what)) }

async function send(client: Client, csv: string, prefer = '') {
  return client.post('/sesam/v1/imports', csv, { 'content-type': 'text/csv', ...(prefer && { prefer }) })
}

/** An import by the API, carried out as the server would a moment later. */
async function importing(world: World, client: Client, csv: string, prefer = '') {
  const started = await send(client, csv, prefer)
  assert.equal(started.status, 202, started.text)
  assert.equal(started.body.status, 'notStarted')
  await carryOutImports(world.installation, log)
  const { body: run } = await client.get(String(started.headers.location))
  const { body: rows } = await client.get(`${started.headers.location}/rows`)
  return { run, rows: rows.value, location: String(started.headers.location) }
}

const codesOf = (rows: { row: number; outcome: string; notes: { code: string }[] }[]) =>
  rows.map(({ row, outcome, notes }) => [row, outcome, ...notes.map(({ code }) => code)])

const numbersOf = async (world: World, name: string) => {
  const user = (await world.system.users.find(`${name}@${world.domain}`)) ?? assert.fail(name)
  return (await world.system.phones.ofUser(user.id)).map(({ type, number, isSignInName, signInWish }) => [
    type,
    number,
    isSignInName,
    signInWish,
  ])
}

for (const database of databases) {
  test(`people come in by a file, with numbers they sign in with and groups, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    await world.group('Store 12')
    const admin = await world.as('Global Administrator')
    const at = world.domain
    const file = [
      '\ufeffuserPrincipalName;displayName;givenName;surname;Department;usageLocation;preferredLanguage;authenticationPhone;signIn;alternatePhone;officePhone;groups;accountEnabled',
      `anna@${at};Anna de Vries;;;Store 12;nl;nl-NL;06 12345678;ja;020 794 2345;+31 20 794 2345 ext. 12;store 12;`,
      `bert@${at};;Bert;Bakker;;;;+31 6 87654321;nee;;;;nee`,
    ].join('\r\n')
    const { run, rows, location } = await importing(world, admin, file)
    assert.equal(run.status, 'succeeded', JSON.stringify(run))
    assert.deepEqual([run.rowsDone, run.created, run.failed], [2, 2, 0], JSON.stringify(rows))
    assert.deepEqual(await numbersOf(world, 'anna'), [
      ['office', '+31207942345', false, 'never tried'],
      ['mobile', '+31612345678', true, 'wanted'],
      ['alternateMobile', '+31207942345', false, 'never tried'],
    ])
    assert.deepEqual(await numbersOf(world, 'bert'), [['mobile', '+31687654321', false, 'never tried']])
    const { body: anna } = await admin.get(
      `/v1.0/users/anna@${at}?$select=displayName,department,usageLocation,preferredLanguage,accountEnabled`,
    )
    assert.partialDeepStrictEqual(anna, {
      displayName: 'Anna de Vries',
      department: 'Store 12',
      usageLocation: 'NL',
      preferredLanguage: 'nl-NL',
      accountEnabled: true,
    })
    const { body: bert } = await admin.get(`/v1.0/users/bert@${at}?$select=displayName,accountEnabled`)
    assert.partialDeepStrictEqual(bert, { displayName: 'Bert Bakker', accountEnabled: false })
    const { body: groups } = await admin.get(`/v1.0/users/anna@${at}/memberOf`)
    assert.equal(groups.value[0].displayName, 'Store 12')

    assert.deepEqual(await world.auditTrail(), [
      'Add user',
      'Add member to group',
      'Admin registered security info',
      'Admin registered security info',
      'Admin registered security info',
      'Add user',
      'Admin registered security info',
      'Import people',
    ])
    const events = await world.auditEvents()
    assert.ok(events.every(({ actor }) => actor.kind === 'person' && actor.id === admin.id))
    assert.ok(!JSON.stringify(events).includes('12345678'), 'numbers are masked')
    assert.equal(events.at(-1)?.details.created, '2')

    const result = await admin.get(`${location}/result`, { 'accept-language': 'nl' })
    assert.equal(result.headers['content-disposition'], 'attachment; filename="import-result.csv"')
    assert.equal(result.text, `row,userPrincipalName,outcome,codes,message\r\n2,anna@${at},created,,\r\n3,bert@${at},created,,\r\n`)

    const again = await importing(world, admin, file)
    assert.deepEqual(codesOf(again.rows), [
      [2, 'unchanged'],
      [3, 'unchanged'],
    ])
    assert.equal((await world.auditTrail()).filter((activity) => activity !== 'Import people').length, 7, 'nothing was changed twice')
  })

  test(`each row may fail alone, and says why, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const held = await world.person('held')
    const number = canonicalNumber('+31611111111')
    await world.system.inTransaction(({ phones }) =>
      phones.add({ userId: held.id, type: 'mobile', number, extension: undefined, isSignInName: true, signInWish: 'wanted' }, world.now),
    )
    await world.group('Admins', { isAssignableToRole: true })
    const admin = await world.as('Global Administrator')
    const at = world.domain
    const file = [
      'userPrincipalName,displayName,authenticationPhone,signIn,alternatePhone,groups,usageLocation,preferredLanguage',
      `good@${at},Good,+31 6 12345678,yes,,,,`,
      'elsewhere@other.example,Elsewhere,,,,,,',
      `noname@${at},,,,,,,`,
      ',No Name,,,,,,',
      `good@${at},Good again,,,,,,`,
      `short@${at},Short,+31 6 123,yes,,,,`,
      `country@${at},Country,,,,,Netherlands,`,
      `maybe@${at},Maybe,,perhaps,,,,`,
      `group@${at},Group,,,,No such group,,`,
      `admins@${at},Admins,,,,Admins,,`,
      `alone@${at},Alone,,,+31 6 87654321,,,`,
      `"broken@${at}"x,Broken,,,,,,`,
      `long@${at},Long,,,,,,,more`,
      `nul@${at},Nul\u0000,,,,,,`,
      `same@${at},Same,0612345678,yes,,,,`,
      `taken@${at},Taken,+31611111111,yes,,,,`,
      `near@${at},Near,+46 8 12345678,yes,,,,`,
      `premium@${at},Premium,+31 900 1234567,yes,,,,`,
      `desk@${at},Desk,+31 20 794 2345,yes,,,,`,
      `last@${at},Last,,,,,,`,
      '',
    ].join('\n')
    const { rows, run } = await importing(world, admin, file)
    assert.deepEqual(codesOf(rows), [
      [2, 'created'],
      [3, 'failed', 'domain_not_verified'],
      [4, 'failed', 'property_required'],
      [5, 'failed', 'property_required'],
      [6, 'failed', 'import_row_twice'],
      [7, 'failed', 'phone_number_invalid'],
      [8, 'failed', 'property_invalid'],
      [9, 'failed', 'property_invalid'],
      [10, 'failed', 'import_group_unknown'],
      [11, 'failed', 'import_role_group'],
      [12, 'failed', 'alternate_needs_mobile'],
      [13, 'failed', 'import_row_broken'],
      [14, 'failed', 'import_row_long'],
      [15, 'failed', 'property_invalid'],
      [16, 'created', 'sign_in_name_in_row'],
      [17, 'created', 'sign_in_name_held'],
      [18, 'created', 'number_nearly_in_row', 'sms_sign_in_not_supported'],
      [19, 'failed', 'phone_number_kind'],
      [20, 'created', 'sms_sign_in_not_supported'],
      [21, 'created'],
    ])
    assert.deepEqual([run.created, run.failed, run.rowsDone], [6, 14, 20])
    assert.match(rows[15].notes[0].message, /held@.* signs in with it/)
    assert.deepEqual(await numbersOf(world, 'taken'), [['mobile', '+31611111111', false, 'wanted']])
    assert.equal(rows[4].notes[0].message, 'Row 2 has the same user principal name; only the first is used.')
  })

  test(`a dry run tells the same and changes nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const admin = await world.as('Global Administrator')
    const at = world.domain
    const csv = [
      'userPrincipalName,displayName,authenticationPhone,signIn',
      `anna@${at},Anna,+31612345678,yes`,
      `bert@${at},Bert,06 1234 5678,yes`,
      `cees@${at},Cees,12,yes`,
    ].join('\n')
    for (const answer of [await send(admin, csv, 'dry-run'), await admin.post('/sesam/v1/imports', { csv, dryRun: true })]) {
      assert.equal(answer.status, 200, answer.text)
      assert.partialDeepStrictEqual(answer.body, { status: 'succeeded', dryRun: true, created: 2, failed: 1, rowsDone: 3 })
      assert.deepEqual(codesOf(answer.body.rows), [
        [3, 'created', 'sign_in_name_in_row'],
        [4, 'failed', 'phone_number_invalid'],
      ])
    }
    assert.equal(await world.system.users.find(`anna@${at}`), undefined)
    assert.deepEqual(await world.auditTrail(), [])
    assert.deepEqual((await admin.get('/sesam/v1/imports')).body.value, [])
  })

  test(`a number that one row gives up is the next one's, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const admin = await world.as('Global Administrator')
    const at = world.domain
    const header = 'userPrincipalName,displayName,authenticationPhone'
    await importing(world, admin, `${header}\nanna@${at},Anna,+31612345678\nbert@${at},Bert,+31687654321`)
    const moved = `${header}\nanna@${at},,+46701234567\nbert@${at},,+31612345678\ncees@${at},Cees,+31687654321`
    const dry = await send(admin, moved, 'dry-run')
    assert.deepEqual([dry.body.updated, dry.body.created, dry.body.rows], [2, 1, []])
    const { rows } = await importing(world, admin, moved)
    assert.deepEqual(codesOf(rows), [
      [2, 'updated'],
      [3, 'updated'],
      [4, 'created'],
    ])
    assert.deepEqual(await numbersOf(world, 'bert'), [['mobile', '+31612345678', true, 'wanted']])
    assert.deepEqual(await numbersOf(world, 'cees'), [['mobile', '+31687654321', true, 'wanted']])
  })
}
