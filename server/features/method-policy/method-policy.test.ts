import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '#server/domain/app.ts'
import { authorizeRequest, registerApp, signInByNumber, Visitor } from '#test/visitor.ts'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const policyPath = '/v1.0/policies/authenticationMethodsPolicy'
const smsPath = `${policyPath}/authenticationMethodConfigurations/sms`
const smsType = '#microsoft.graph.smsAuthenticationMethodConfiguration'

async function save(admin: Client, changes: object): Promise<void> {
  const answer = await admin.patch(smsPath, { '@odata.type': smsType, ...changes })
  assert.equal(answer.status, 204, answer.text)
  assert.equal(answer.text, '')
}

const pauseMs = 4 * 60 * 1000

/** Some time after the last text to this number, so that nothing but the policy decides. */
async function signsIn(world: World, app: App, number: string): Promise<void> {
  world.turnClock(pauseMs)
  await signInByNumber(world, app, number)
}

/** Types the number in a fresh browser, as everybody does, and looks whether a text came. */
async function isSentACode(world: World, app: App, number: string): Promise<boolean> {
  world.turnClock(pauseMs)
  const before = world.texts().length
  const visitor = new Visitor(world)
  const page = await visitor.get(authorizeRequest(world, app, { scope: 'openid' }).url)
  await visitor.submit(page, { identifier: number, do: 'next' })
  await world.textsSent()
  return world.texts().length > before
}

for (const database of databases) {
  test(`S1: a new organisation has no sign-in by text, and where it is off a number is nobody's, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const app = await registerApp(world)
    const admin = await world.as('Global Administrator')
    await world.number(await world.person('anna'), '+31612345678')
    assert.equal((await admin.get(smsPath)).body.state, 'disabled')
    assert.equal(await isSentACode(world, app, '+31612345678'), false)
  })

  test(`S2: on for one group, a member signs in with a number and others get nothing; who is excluded is out, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const app = await registerApp(world)
    const admin = await world.as('Authentication Policy Administrator')
    const [anna, bram] = [await world.person('anna'), await world.person('bram')]
    await world.number(anna, '+31612345678')
    await world.number(bram, '+31612345679')
    const store = await world.group('Store 12', { members: [anna] })
    const group = await world.group('Contoso SMS users', { members: [store] })
    const temps = await world.group('Temps', { members: [anna] })

    await save(admin, { state: 'enabled', includeTargets: [{ targetType: 'group', id: group.id, isUsableForSignIn: true }] })
    await signsIn(world, app, '+31612345678')
    assert.equal(await isSentACode(world, app, '+31612345679'), false)

    await save(admin, { excludeTargets: [{ targetType: 'group', id: temps.id }] })
    assert.equal(await isSentACode(world, app, '+31612345678'), false)
    await save(admin, { excludeTargets: [], includeTargets: [{ targetType: 'user', id: bram.id, isUsableForSignIn: true }] })
    assert.equal(await isSentACode(world, app, '+31612345678'), false)
    await signsIn(world, app, '+31612345679')
    await save(admin, { includeTargets: [{ targetType: 'group', id: 'all_users', isUsableForSignIn: true }] })
    await signsIn(world, app, '+31612345678')
  })

  test(`S3: of policy on, person in scope and number on the account, only all three together sign in, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const app = await registerApp(world)
    const admin = await world.as('Authentication Policy Administrator')
    let line = 31_612_345_600
    for (const isOn of [false, true]) {
      for (const isInScope of [false, true]) {
        for (const hasNumber of [false, true]) {
          const number = `+${++line}`
          const person = await world.person(`p${line}`)
          if (hasNumber) await world.number(person, number)
          const members = isInScope ? [person] : []
          const group = await world.group(`of ${line}`, { members })
          const target = { targetType: 'group', id: group.id, isUsableForSignIn: true }
          await save(admin, { state: isOn ? 'enabled' : 'disabled', includeTargets: [target] })
          const expected = isOn && isInScope && hasNumber
          assert.equal(await isSentACode(world, app, number), expected, `${isOn} ${isInScope} ${hasNumber}`)
        }
      }
    }
  })

  test(`S66: a target is for sign-in only where it is ticked, and it is not until somebody ticks it, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const app = await registerApp(world)
    const admin = await world.as('Global Administrator')
    const anna = await world.person('anna')
    await world.number(anna, '+31612345678')
    const group = await world.group('SMS users', { members: [anna] })
    await save(admin, { state: 'enabled' })
    const everybody = { targetType: 'group', id: 'all_users', isRegistrationRequired: false, isUsableForSignIn: false }
    assert.deepEqual((await admin.get(smsPath)).body.includeTargets, [everybody])
    assert.equal(await isSentACode(world, app, '+31612345678'), false)

    const both = [everybody, { targetType: 'group', id: group.id, isUsableForSignIn: true }]
    await save(admin, { includeTargets: both })
    assert.equal(await isSentACode(world, app, '+31612345678'), true)
  })

  test(`a policy turned off keeps every number's claim, and turned on again it works at once, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const app = await registerApp(world)
    const admin = await world.as('Authentication Policy Administrator')
    const anna = await world.person('anna')
    await world.number(anna, '+31612345678')
    await save(admin, { state: 'enabled', includeTargets: [{ targetType: 'user', id: anna.id, isUsableForSignIn: true }] })
    await signsIn(world, app, '+31612345678')
    await save(admin, { state: 'disabled' })
    assert.equal(await isSentACode(world, app, '+31612345678'), false)
    assert.equal((await world.system.phones.find(anna.id, 'mobile'))?.isSignInName, true)
    await save(admin, { state: 'enabled' })
    await signsIn(world, app, '+31612345678')

    const reset = await admin.delete(smsPath)
    assert.equal(reset.status, 204, reset.text)
    assert.equal(await isSentACode(world, app, '+31612345678'), false)
    assert.equal((await admin.get(smsPath)).body.includeTargets[0].id, 'all_users')
    assert.equal((await world.system.phones.find(anna.id, 'mobile'))?.isSignInName, true)
  })

  test(`a policy that is turned off while a code is on its way refuses the right code, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const app = await registerApp(world)
    const admin = await world.as('Authentication Policy Administrator')
    await world.number(await world.person('anna'), '+31612345678')
    await save(admin, { state: 'enabled', includeTargets: [{ targetType: 'group', id: 'all_users', isUsableForSignIn: true }] })
    const visitor = new Visitor(world)
    const page = await visitor.get(authorizeRequest(world, app, { scope: 'openid' }).url)
    const codePage = await visitor.submit(page, { identifier: '+31612345678', do: 'next' })
    const code = world.codeIn(await world.textTo('+31612345678'))
    await save(admin, { state: 'disabled' })
    await visitor.submit(codePage, { code, do: 'next' })
    assert.equal(visitor.left, undefined)
  })

  test(`S6: the two roles save the policy, a Global Reader reads it, a User Administrator may do neither, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    for (const role of ['Authentication Policy Administrator', 'Global Administrator'] as const) {
      const admin = await world.as(role)
      assert.equal((await admin.get(policyPath)).status, 200)
      await save(admin, { state: role === 'Global Administrator' ? 'enabled' : 'disabled' })
    }
    const reader = await world.as('Global Reader')
    assert.equal((await reader.get(smsPath)).status, 200)
    const body = { '@odata.type': smsType, state: 'disabled' }
    assert.equal((await reader.patch(smsPath, body)).status, 403)
    const other = await world.as('User Administrator')
    assert.equal((await other.get(policyPath)).status, 403)
    const refused = await other.patch(smsPath, body)
    assert.equal(refused.status, 403, refused.text)
    assert.equal(refused.body.error.code, 'accessDenied')
    assert.match(refused.body.error.message, /Authentication Policy Administrator/)
    assert.equal((await other.delete(smsPath)).status, 403)
    assert.equal((await world.system.methodPolicies.find('sms')).isEnabled, true)
  })

  test(`S9: a policy belongs to one organisation, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const theirs = await other.group('theirs')
    await save(admin, { state: 'enabled' })
    assert.equal((await (await other.as('Global Administrator')).get(smsPath)).body.state, 'disabled')
    const target = { targetType: 'group', id: theirs.id }
    const refused = await admin.patch(smsPath, { '@odata.type': smsType, includeTargets: [target] })
    assert.equal(refused.status, 400, refused.text)
    assert.equal(refused.body.error.details[0].code, 'policy_target_unknown')
  })

  test(`every change of the policy is in the audit log, with what it was and what it is, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Authentication Policy Administrator')
    await save(admin, { state: 'enabled' })
    await save(admin, { state: 'enabled', excludeTargets: [] })
    assert.equal((await admin.patch(policyPath, { reconfirmationInDays: 90 })).status, 204)
    assert.equal((await admin.patch(policyPath, { reconfirmationInDays: 90 })).status, 204)
    assert.equal((await admin.delete(smsPath)).status, 204)
    assert.equal((await admin.delete(smsPath)).status, 204)
    const told = (await world.auditEvents()).map(({ activity, category, targets }) => [
      activity,
      category,
      targets[0]?.id,
      targets[0]?.changed,
    ])
    assert.deepEqual(told, [
      ['Authentication Methods Policy Update', 'ApplicationManagement', 'Sms', [{ name: 'state', from: '"disabled"', to: '"enabled"' }]],
      [
        'Authentication Methods Policy Update',
        'ApplicationManagement',
        'authenticationMethodsPolicy',
        [{ name: 'reconfirmationInDays', from: '180', to: '90' }],
      ],
      ['Authentication Methods Policy Reset', 'ApplicationManagement', 'Sms', [{ name: 'state', from: '"enabled"', to: '"disabled"' }]],
    ])
  })

  test(`four changes of one configuration at once are all kept, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const [one, two] = [await world.group('one'), await world.group('two')]
    const bodies = [
      { state: 'enabled' },
      { includeTargets: [{ targetType: 'group', id: one.id, isUsableForSignIn: true }] },
      { excludeTargets: [{ targetType: 'group', id: two.id }] },
    ]
    const answers = await Promise.all([
      ...bodies.map((body) => admin.patch(smsPath, { '@odata.type': smsType, ...body })),
      admin.patch(policyPath, { policyMigrationState: 'migrationInProgress' }),
    ])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [204, 204, 204, 204],
      answers.map(({ text }) => text).join('\n'),
    )
    const { body } = await admin.get(smsPath)
    assert.equal(body.state, 'enabled')
    assert.deepEqual([body.includeTargets.length, body.includeTargets[0].id, body.excludeTargets[0].id], [1, one.id, two.id])
    assert.equal((await admin.get(policyPath)).body.policyMigrationState, 'migrationInProgress')
    assert.equal((await world.auditTrail()).length, 4)
  })
}
