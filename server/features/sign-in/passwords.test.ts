import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordPageOf, redeem, registerApp, signInByNumber, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const good = 'een fiets in de regen'
const other = 'drie lampen aan zee'

async function withPassword(world: World, options: { mustChange?: boolean } = {}) {
  const anna = await world.person('anna', { displayName: 'Anna de Vries' })
  await world.password(anna, good, options)
  return { anna, app: await registerApp(world) }
}

function codeOf({ left }: Visitor): string {
  return left?.searchParams.get('code') ?? assert.fail('not let in')
}

async function signIns(world: World) {
  const list = await (await world.as('Reports Reader')).get('/beta/auditLogs/signIns')
  return list.body.value
}

for (const database of databases) {
  test(`a person types a name and a password, and the app hears who it is and how, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { anna, app } = await withPassword(world)
    const { page, visitor, verifier } = await passwordPageOf(world, app, anna.userPrincipalName.toUpperCase())
    assert.match(page.text, /<input type="text" hidden name="username" value="ANNA@[^"]*" autocomplete="username" readonly>/)
    assert.match(page.text, /type="password"[^>]*autocomplete="current-password"/)

    const wrong = await visitor.submit(page, { password: other, do: 'next' })
    assert.equal(wrong.status, 400)
    const stay = await visitor.submit(wrong, { password: good, do: 'next' })
    await visitor.submit(stay, { stay: 'no' })
    const tokens = await redeem(world, app, { grant_type: 'authorization_code', code: codeOf(visitor), code_verifier: verifier })
    const claims = JSON.parse(Buffer.from(tokens.body.id_token.split('.')[1], 'base64url').toString())
    assert.partialDeepStrictEqual(claims, { oid: anna.id, amr: ['pwd'] })

    const [row, ...others] = await signIns(world)
    assert.equal(others.length, 0)
    assert.partialDeepStrictEqual(row, { userId: anna.id, status: { errorCode: 0 } })
    const steps = row.authenticationDetails.map(({ authenticationMethod, succeeded }: Record<string, unknown>) => [
      authenticationMethod,
      succeeded,
    ])
    assert.deepEqual(steps, [
      ['Password', false],
      ['Password', true],
    ])
  })

  test(`no password is written down, neither a right one nor a wrong one, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { anna, app } = await withPassword(world)
    const { page, visitor } = await passwordPageOf(world, app, anna.userPrincipalName)
    await visitor.submit(page, { password: other, do: 'next' })
    await visitor.submit(page, { password: 'x'.repeat(2_000), do: 'next' })
    await visitor.submit(await visitor.submit(page, { password: good, do: 'next' }), { stay: 'no' })
    const { kysely } = world.installation.parts.database
    const tables = ['oidc_records', 'sign_ins', 'password_tries', 'known_browsers', 'users', 'challenges', 'audit_events'] as const
    const rows = await Promise.all(
      tables.map((table) => kysely.selectFrom(table).selectAll().where('tenant_id', '=', world.tenantId).execute()),
    )
    const written = [JSON.stringify(rows), JSON.stringify(await signIns(world)), ...world.logged, JSON.stringify(visitor.cookies)].join(
      '\n',
    )
    for (const secret of [good, other, 'xxxx'])
      for (const form of [secret, encodeURIComponent(secret), secret.replaceAll(' ', '+'), Buffer.from(secret).toString('base64')])
        assert.ok(!written.includes(form), form)
  })

  test(`the right password pressed twice signs in once, and a used page signs nobody in again, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { anna, app } = await withPassword(world)
    const { page, visitor } = await passwordPageOf(world, app, anna.userPrincipalName)
    const [one, two] = await Promise.all([1, 2].map(() => visitor.submit(page, { password: good, do: 'next' })))
    for (const answer of [one, two]) assert.match(answer?.text ?? '', /name="stay"/)
    await visitor.submit(await visitor.get(page.url), { stay: 'no' })
    codeOf(visitor)
    const late = await visitor.submit(page, { password: good, do: 'next' })
    assert.equal(late.status, 410)
  })

  test(`where nobody has a password a name goes to the code as ever; a number always does, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const anna = await world.person('anna')
    await world.number(anna, '+31612345678')
    await world.allow('sms')
    const app = await registerApp(world)
    const before = await passwordPageOf(world, app, anna.userPrincipalName)
    assert.match(before.page.text, /name="code"/)
    assert.doesNotMatch(before.page.text, /="password"|a password/)

    await world.password(await world.person('bea'), good)
    world.turnClock(61_000)
    const named = await passwordPageOf(world, app, anna.userPrincipalName)
    assert.match(named.page.text, /name="password"/, 'for everybody, whoever has one')
    const instead = await named.visitor.submit(named.page, { do: 'text' })
    assert.match(instead.text, /name="code"/)
    const code = world.codeIn(await world.textTo('+31612345678'))
    await named.visitor.submit(await named.visitor.submit(instead, { code, do: 'next' }), { stay: 'no' })
    codeOf(named.visitor)
    world.turnClock(61_000)
    const { code: byNumber } = await signInByNumber(world, app, '+31612345678')
    assert.ok(byNumber)
  })

  test(`whoever typed a number may use their password instead, and come back for the code, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { anna, app } = await withPassword(world)
    await world.number(anna, '+31612345678')
    await world.allow('sms')
    const { page, visitor } = await passwordPageOf(world, app, '+31612345678')
    await world.textsSent()
    const asked = await visitor.submit(page, { do: 'password' })
    assert.match(asked.text, /name="password"/)
    const back = await visitor.submit(asked, { do: 'text' })
    assert.match(back.text, /name="code"/)
    await world.textsSent()
    assert.equal(world.texts().length, 1, 'one text, however often somebody changes their mind')
    const again = await visitor.submit(back, { do: 'password' })
    await visitor.submit(await visitor.submit(again, { password: good, do: 'next' }), { stay: 'no' })
    codeOf(visitor)
  })

  test(`a guest may sign in by password; a closed account and one without a password may not, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { app } = await withPassword(world)
    await world.password(await world.person('gast', { userType: 'Guest' }), good)
    await world.password(await world.person('dirk', { accountEnabled: false }), good)
    await world.person('nora')
    const came = async (name: string) => {
      const { page, visitor } = await passwordPageOf(world, app, `${name}@${world.domain}`)
      const answer = await visitor.submit(page, { password: good, do: 'next' })
      return [answer.status, /name="stay"/.test(answer.text)]
    }
    assert.deepEqual(await came('gast'), [200, true])
    for (const name of ['dirk', 'nora', 'zzyx']) assert.deepEqual(await came(name), [400, false], name)
    const codes = (await signIns(world)).map(({ status }: { status: { errorCode: number } }) => status.errorCode)
    assert.deepEqual(codes.toSorted(), [0, 50034, 50056, 50057])
  })

  test(`a password somebody else chose opens nothing but the page to choose one's own, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { anna, app } = await withPassword(world, { mustChange: true })
    const { page, visitor, verifier } = await passwordPageOf(world, app, anna.userPrincipalName)
    const choose = await visitor.submit(page, { password: good, do: 'next' })
    assert.match(choose.text, /name="new_password"/)

    const thief = new Visitor(world)
    thief.cookies.push(...visitor.cookies)
    const resume = `/${world.tenantId}/oauth2/v2.0/authorize/${page.url.split('/').at(-1)}`
    const skipped = await thief.get(resume)
    assert.equal(thief.left, undefined, 'going back to the protocol signs nobody in')
    assert.doesNotMatch(skipped.text, /name="stay"|name="new_password"/)

    const { page: asked, visitor: person, verifier: proof } = await passwordPageOf(world, app, anna.userPrincipalName)
    const first = await person.submit(asked, { password: good, do: 'next' })
    for (const [fields, words] of [
      [{ stay: 'no' }, /name="new_password"/],
      [{ new_password: '', again: '' }, /aria-invalid/],
      [{ new_password: other, again: 'another' }, /id="again-error"/],
      [{ new_password: 'korte tekst', again: 'korte tekst' }, /id="new_password-error"/],
      [{ new_password: 'Anna de Vries Anna', again: 'Anna de Vries Anna' }, /id="new_password-error"/],
      [{ new_password: good, again: good }, /id="new_password-error"/],
    ] as const) {
      const refused = await person.submit(first, { ...fields, do: 'next' })
      assert.match(refused.text, words, JSON.stringify(fields))
      assert.equal(person.left, undefined)
    }
    const stay = await person.submit(first, { new_password: other, again: other, do: 'next' })
    await person.submit(stay, { stay: 'no' })
    const tokens = await redeem(world, app, { grant_type: 'authorization_code', code: codeOf(person), code_verifier: proof })
    assert.equal(tokens.status, 200, JSON.stringify(tokens.body))
    assert.ok(verifier)
    assert.deepEqual(await world.auditTrail(), ['Change user password'])

    const old = await passwordPageOf(world, app, anna.userPrincipalName)
    assert.equal((await old.visitor.submit(old.page, { password: good, do: 'next' })).status, 400)
    const next = await passwordPageOf(world, app, anna.userPrincipalName)
    assert.match((await next.visitor.submit(next.page, { password: other, do: 'next' })).text, /name="stay"/, 'asked once')
  })

  test(`one's own password chosen twice in one press goes on once, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { anna, app } = await withPassword(world, { mustChange: true })
    const { page, visitor } = await passwordPageOf(world, app, anna.userPrincipalName)
    const choose = await visitor.submit(page, { password: good, do: 'next' })
    const answers = await Promise.all([1, 2].map(() => visitor.submit(choose, { new_password: other, again: other, do: 'next' })))
    for (const answer of answers) assert.match(answer.text, /name="stay"/)
    await visitor.submit(await visitor.get(page.url), { stay: 'no' })
    codeOf(visitor)
    assert.deepEqual(await world.auditTrail(), ['Change user password'])
  })

  test(`a proof that is held ends with the account and with all sessions, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { anna, app } = await withPassword(world, { mustChange: true })
    const { page, visitor } = await passwordPageOf(world, app, anna.userPrincipalName)
    const choose = await visitor.submit(page, { password: good, do: 'next' })
    world.turnClock(1_000)
    await world.system.inTransaction(({ users }) => users.endSessions(anna.id, world.now))
    const late = await visitor.submit(choose, { new_password: other, again: other, do: 'next' })
    assert.match(late.text, /name="identifier"/)
    assert.equal(visitor.left, undefined)
    assert.deepEqual(await world.auditTrail(), [])
  })

  test(`who must choose a password and comes by a text is not asked for one, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { anna, app } = await withPassword(world, { mustChange: true })
    await world.number(anna, '+31612345678')
    await world.allow('sms')
    assert.ok((await signInByNumber(world, app, '+31612345678')).code)
  })

  test(`a temporary password is over after a day, and only who knows it is told, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { anna, app } = await withPassword(world, { mustChange: true })
    world.turnClock(24 * 3_600_000 + 1)
    const { page, visitor } = await passwordPageOf(world, app, anna.userPrincipalName)
    const wrong = await visitor.submit(page, { password: other, do: 'next' })
    const right = await visitor.submit(page, { password: good, do: 'next' })
    assert.doesNotMatch(wrong.text, /temporary/)
    assert.match(right.text, /temporary/)
    assert.equal((await signIns(world))[0].status.errorCode, 50055)
  })
}
