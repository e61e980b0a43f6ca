import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalNumber } from '#server/domain/phone-number.ts'
import { roleIdOf } from '#server/domain/roles.ts'
import { carryOutImports } from '#server/jobs/carry-out-imports.ts'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const log = { error: (...what: unknown[]) => assert.fail(JSON.stringify(what)) }

const send = (client: Client, csv: string | Buffer, type = 'text/csv') =>
  client.post('/sesam/v1/imports', csv.toString(), { 'content-type': type })

async function carriedOut(world: World, client: Client, csv: string) {
  const { status, headers, text } = await send(client, csv)
  assert.equal(status, 202, text)
  await carryOutImports(world.installation, log)
  const { body: run } = await client.get(String(headers.location))
  const { body: rows } = await client.get(`${headers.location}/rows`)
  return {
    run,
    codes: rows.value.map((each: { outcome: string; notes: { code: string }[] }) => [each.outcome, ...each.notes.map(({ code }) => code)]),
  }
}

const codeOf = (answer: { body: { error: { details: { code: string }[] } } }) => answer.body.error.details[0]?.code

for (const database of databases) {
  test(`whoever may not set numbers brings in people without them, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const at = world.domain
    const clerk = await world.as('User Administrator')
    const refused = await send(clerk, `userPrincipalName,displayName,authenticationPhone\nanna@${at},Anna,+31612345678`)
    assert.equal(refused.status, 403, refused.text)
    assert.equal(codeOf(refused), 'role_missing')
    assert.match(refused.text, /Authentication Administrator/)
    assert.deepEqual((await carriedOut(world, clerk, `userPrincipalName,displayName\nanna@${at},Anna`)).codes, [['created']])

    const both = await world.as('User Administrator', 'Authentication Administrator')
    const chief = await world.person('chief')
    await world.giveRole(chief.id, 'Global Administrator')
    const { codes } = await carriedOut(
      world,
      both,
      `userPrincipalName,displayName,authenticationPhone,accountEnabled\nanna@${at},Anna,+31612345678,\nchief@${at},,+31687654321,\nchief@${at}x,,,\n`,
    )
    assert.deepEqual(codes, [['updated'], ['failed', 'target_protected'], ['failed', 'domain_not_verified']])
    assert.deepEqual(await world.system.phones.ofUser(chief.id), [])
    const scopes = ['User.ReadWrite.All', 'UserAuthenticationMethod.ReadWrite.All']
    const narrow = await world.signedIn(both.id, { scopes })
    const groups = await send(narrow, `userPrincipalName,displayName,groups\nbert@${at},Bert,x`)
    assert.equal(codeOf(groups), 'scope_missing')
  })

  test(`whoever loses a role meanwhile brings nobody in any more, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const person = await world.person('clerk')
    await world.giveRole(person.id, 'User Administrator')
    const clerk = await world.signedIn(person.id)
    const { headers } = await send(clerk, `userPrincipalName,displayName\nanna@${world.domain},Anna`)
    await world.system.inTransaction(async ({ roles }) => {
      const scope = { kind: 'tenant' } as const
      const assignment = await roles.find({ roleId: roleIdOf('User Administrator'), principalId: person.id, scope })
      await roles.remove(assignment?.id ?? assert.fail())
    })
    await carryOutImports(world.installation, log)
    const { body } = await (await world.as('Global Administrator')).get(String(headers.location))
    assert.deepEqual([body.status, body.error.code, body.created], ['failed', 'role_missing', 0])
    assert.equal(await world.system.users.find(`anna@${world.domain}`), undefined)
    assert.deepEqual((await world.auditEvents()).at(-1)?.details.Problem, 'role_missing')
  })

  test(`two servers that carry out one import at once do each row once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const people = Array.from({ length: 250 }, (_, index) => `p${index}@${world.domain},P ${index}`)
    const { headers } = await send(admin, ['userPrincipalName,displayName', ...people].join('\n'))
    await Promise.all([1, 2, 3, 4].map(() => carryOutImports(world.installation, log)))
    const { body } = await admin.get(String(headers.location))
    assert.deepEqual([body.status, body.created, body.failed, body.rowsDone], ['succeeded', 250, 0, 250])
    const trail = await world.auditTrail()
    assert.equal(trail.filter((activity) => activity === 'Import people').length, 1)
  })

  test(`two files that claim the same number at once give it to one person, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const admin = await world.as('Global Administrator')
    const files = ['a', 'b', 'c', 'd'].map(
      (name) => `userPrincipalName,displayName,authenticationPhone,signIn\n${name}@${world.domain},${name},+31612345678,yes`,
    )
    for (const file of files) assert.equal((await send(admin, file)).status, 202)
    await Promise.all(files.map(() => carryOutImports(world.installation, log)))
    const holders = await world.system.phones.withNumber(canonicalNumber('+31612345678'))
    assert.deepEqual(holders.map(({ isSignInName }) => isSignInName).sort(), [false, false, false, true])
  })

  test(`people who are here already are changed or passed over, and the last administrator stays, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const at = world.domain
    const admin = await world.as('Global Administrator')
    const anna = await world.person('anna', { department: 'Store 1', jobTitle: 'Driver' })
    const file = `userPrincipalName,department,jobTitle,accountEnabled\nANNA@${at},Store 2,,\n`
    const skipping = await admin.post('/sesam/v1/imports', { csv: file, existing: 'skip' })
    assert.equal(skipping.status, 202)
    await carryOutImports(world.installation, log)
    assert.equal((await admin.get(String(skipping.headers.location))).body.skipped, 1)
    assert.equal((await world.system.users.find(anna.id))?.department, 'Store 1')
    assert.deepEqual((await carriedOut(world, admin, file)).codes, [['updated']])
    assert.partialDeepStrictEqual(await world.system.users.find(anna.id), { department: 'Store 2', jobTitle: 'Driver' })
    const [event] = (await world.auditEvents()).filter(({ activity }) => activity === 'Update user')
    assert.deepEqual(event?.targets[0]?.changed, [{ name: 'department', from: 'Store 1', to: 'Store 2' }])

    const other = await world.as('Global Administrator')
    const chief = (await world.system.users.find(admin.id)) ?? assert.fail()
    const own = await carriedOut(world, admin, `userPrincipalName,accountEnabled\n${chief.userPrincipalName},no`)
    assert.deepEqual(own.codes, [['failed', 'not_on_yourself']])
    const off = await carriedOut(world, other, `userPrincipalName,accountEnabled\n${chief.userPrincipalName},no\n`)
    assert.deepEqual(off.codes, [['updated']])
    assert.equal((await admin.get('/v1.0/me')).status, 401, 'whoever is disabled is out at once')
  })

  test(`a file that cannot be read is refused as a whole, and another organisation's is not there, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using elsewhere = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const stranger = await elsewhere.as('Global Administrator')
    const at = world.domain
    const refusals: [string, number, string][] = [
      ['displayName\nAnna', 400, 'import_column_missing'],
      ['userPrincipalName,phone\n', 400, 'import_column_unknown'],
      ['userPrincipalName,userprincipalname\n', 400, 'import_column_twice'],
      [`userPrincipalName,displayName\nanna@${at},"Anna\n`, 400, 'import_quote_open'],
      [`userPrincipalName,displayName\nanna@${at},${'x'.repeat(1_000_000)}`, 400, 'import_quote_open'],
      ['\n\n', 400, 'import_column_missing'],
      ['', 400, 'body_missing'],
      ['x'.repeat(6 * 1024 * 1024 + 1), 413, 'body_too_large'],
      ['x'.repeat(5 * 1024 * 1024 + 1), 400, 'property_invalid'],
    ]
    for (const [csv, status, code] of refusals) {
      const answer = await send(admin, csv)
      assert.deepEqual([answer.status, codeOf(answer)], [status, code], csv.slice(0, 60))
    }
    assert.equal((await send(admin, 'userPrincipalName', 'application/xml')).status, 415)
    assert.equal((await admin.post('/sesam/v1/imports', { csv: 'userPrincipalName', dryRun: 'yes' })).status, 400)
    const latin = await world.app.inject({
      method: 'POST',
      url: '/sesam/v1/imports',
      headers: { host: 'sesam.test', authorization: `Bearer ${admin.token}`, 'content-type': 'text/csv' },
      payload: Buffer.from(`userPrincipalName,displayName\nj@${at},Jos\xe9`, 'latin1'),
    })
    assert.deepEqual([latin.statusCode, codeOf({ body: latin.json() })], [400, 'import_not_utf8'])

    const { headers } = await send(admin, `userPrincipalName,displayName\nanna@${at},Anna`)
    for (const path of ['', '/rows', '/result']) {
      const answer = await elsewhere.client(stranger.token).get(`${headers.location}${path}`)
      assert.equal(answer.status, 404, path)
    }
    assert.deepEqual((await stranger.get('/sesam/v1/imports')).body.value, [])
    const [row] = await world.installation.parts.database.kysely
      .selectFrom('imports')
      .selectAll()
      .where('tenant_id', '=', world.tenantId)
      .execute()
    assert.ok(row?.source_sealed && !JSON.stringify(row).includes('anna'), 'the file is sealed while it waits')
    await carryOutImports(world.installation, log)
    const [after] = await world.installation.parts.database.kysely
      .selectFrom('imports')
      .selectAll()
      .where('tenant_id', '=', world.tenantId)
      .execute()
    assert.equal(after?.source_sealed, null, 'and gone when it is done')
  })
}
