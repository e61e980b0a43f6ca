import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

const policyPath = '/v1.0/policies/authenticationMethodsPolicy'
const smsPath = `${policyPath}/authenticationMethodConfigurations/sms`
const voicePath = `${policyPath}/authenticationMethodConfigurations/voice`
const licensingPath = '/sesam/v1/methodPolicies/sms/licensing'
const sms = { '@odata.type': '#microsoft.graph.smsAuthenticationMethodConfiguration' }
const voice = { '@odata.type': '#microsoft.graph.voiceAuthenticationMethodConfiguration' }
const usable = (id: string) => ({ targetType: 'group', id, isUsableForSignIn: true })

/** Makes a change a minute after the last one, and answers the id of its event. */
async function changing(world: World, act: () => Promise<{ status: number; text: string }>): Promise<string> {
  world.turnClock(60_000)
  const answer = await act()
  assert.equal(answer.status, 204, answer.text)
  return (await world.auditEvents()).at(-1)?.id ?? assert.fail('no event')
}

const undoPath = (id: string) => `/sesam/v1/auditLogs/directoryAudits/${id}/undo`
const shown = async (admin: Client, path = smsPath) => {
  const { state, includeTargets, excludeTargets } = (await admin.get(path)).body
  return { state, includeTargets, excludeTargets }
}

for (const database of databases) {
  test(`a change of a policy is set back from the audit log, and that is a change like any other, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Authentication Policy Administrator')
    const [one, two] = [await world.group('one'), await world.group('two')]
    await changing(world, () =>
      admin.patch(smsPath, {
        ...sms,
        state: 'enabled',
        includeTargets: [usable(one.id)],
        excludeTargets: [{ targetType: 'group', id: two.id }],
      }),
    )
    const before = await shown(admin)
    const second = await changing(world, () =>
      admin.patch(smsPath, { ...sms, includeTargets: [usable(two.id), usable('all_users'), usable(one.id)], excludeTargets: [] }),
    )
    const after = await shown(admin)
    assert.partialDeepStrictEqual((await admin.get(undoPath(second))).body, { id: second, canUndo: true, because: null })

    const third = await changing(world, () => admin.post(undoPath(second)))
    assert.deepEqual(await shown(admin), before)
    const event = (await world.auditEvents()).at(-1)
    assert.partialDeepStrictEqual(event, { activity: 'Authentication Methods Policy Update', details: { undoes: second } })

    const again = await admin.post(undoPath(second))
    assert.equal(again.status, 409, again.text)
    assert.equal(again.body.error.details[0].code, 'undo_changed_since')
    await changing(world, () => admin.post(undoPath(third)))
    assert.deepEqual(await shown(admin), after)
  })

  test(`what somebody else changed since is not taken back, and it is said by which entry, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const group = await world.group('group')
    const first = await changing(world, () => admin.patch(smsPath, { ...sms, state: 'enabled', includeTargets: [usable(group.id)] }))
    const second = await changing(world, () => admin.patch(smsPath, { ...sms, includeTargets: [usable('all_users')] }))
    const state = await admin.get(undoPath(first))
    assert.equal(state.body.canUndo, false)
    assert.equal(state.body.because.code, 'undo_changed_since')
    assert.equal(state.body.because.event, second)
    assert.match(state.body.because.message, new RegExp(`includeTargets.*${second}`))
    const refused = await admin.post(undoPath(first))
    assert.equal(refused.status, 409)
    assert.equal(refused.body.error.message, state.body.because.message)
    // Only what was changed by the event is looked at: another property that changed does not stand in the way.
    const third = await changing(world, () => admin.patch(smsPath, { ...sms, state: 'disabled' }))
    await changing(world, () => admin.post(undoPath(second)))
    assert.partialDeepStrictEqual(await shown(admin), { state: 'disabled', includeTargets: [{ id: group.id }] })
    await changing(world, () => admin.post(undoPath(third)))
    assert.partialDeepStrictEqual(await shown(admin), { state: 'enabled', includeTargets: [{ id: group.id }] })
  })

  test(`whole policies, licences, resets and settings of a method are set back, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const campaign = { authenticationMethodsRegistrationCampaign: { snoozeDurationInDays: 3 } }
    const settings = async () => (await admin.get(policyPath)).body.registrationEnforcement
    const usual = await settings()
    const whole = await changing(world, () => admin.patch(policyPath, { registrationEnforcement: campaign }))
    await changing(world, () => admin.post(undoPath(whole)))
    assert.deepEqual(await settings(), usual)

    const mode = await changing(world, () => admin.patch(licensingPath, { mode: 'enforce' }))
    const office = await changing(world, () => admin.patch(voicePath, { ...voice, state: 'enabled', isOfficePhoneAllowed: true }))
    const reset = await changing(world, () => admin.delete(voicePath))
    await changing(world, () => admin.post(undoPath(mode)))
    assert.equal((await admin.get(licensingPath)).body.mode, 'warn')
    await changing(world, () => admin.post(undoPath(reset)))
    assert.partialDeepStrictEqual((await admin.get(voicePath)).body, { state: 'enabled', isOfficePhoneAllowed: true })
    await changing(world, () => admin.post(undoPath(office)))
    assert.partialDeepStrictEqual((await admin.get(voicePath)).body, { state: 'disabled', isOfficePhoneAllowed: false })
  })

  test(`a group that is gone does not come back by an undo, and who may not change the policy undoes nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const gone = await world.group('gone')
    await changing(world, () => admin.patch(smsPath, { ...sms, state: 'enabled', includeTargets: [usable(gone.id)] }))
    const second = await changing(world, () => admin.patch(smsPath, { ...sms, includeTargets: [usable('all_users')] }))
    const made = await world.auditEvents()
    for (const role of ['Global Reader', 'Security Administrator'] as const)
      assert.equal((await (await world.as(role)).post(undoPath(second))).status, 403, role)
    const reader = await (await world.as('Global Reader')).get(undoPath(second), { 'accept-language': 'nl' })
    assert.partialDeepStrictEqual(reader.body, { canUndo: false, because: { code: 'role_missing' } })
    assert.match(reader.body.because.message, /^Hiervoor is een van deze rollen nodig: Authentication Policy Administrator/)

    assert.equal((await admin.delete(`/v1.0/groups/${gone.id}`)).status, 204)
    const refused = await admin.post(undoPath(second))
    assert.equal(refused.body.error.details[0].code, 'policy_target_unknown', refused.text)
    const other = (await world.auditEvents()).find(({ activity }) => activity === 'Delete group') ?? assert.fail()
    assert.equal((await admin.post(undoPath(other.id))).body.error.details[0].code, 'undo_unsupported')
    assert.equal((await admin.post(undoPath(crypto.randomUUID()))).status, 404)
    assert.equal((await world.auditEvents()).length, made.length + 1)
  })

  test(`of four who undo one change at once, one does, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Global Administrator')
    const first = await changing(world, () => admin.patch(smsPath, { ...sms, state: 'enabled' }))
    world.turnClock(60_000)
    const answers = await Promise.all(Array.from({ length: 4 }, () => admin.post(undoPath(first))))
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [204, 409, 409, 409])
    assert.equal((await world.auditEvents()).length, 2)
  })

  test(`of two who save what they both read, the second is told and overwrites nothing, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admins = [await world.as('Global Administrator'), await world.as('Authentication Policy Administrator')] as const
    const groups = [await world.group('one'), await world.group('two')]
    const read = await admins[0].get(smsPath)
    const etag = String(read.headers.etag)
    assert.equal(read.body['@odata.etag'], etag)
    const answers = await Promise.all(
      groups.map(({ id }, index) =>
        admins[index]?.patch(smsPath, { ...sms, state: 'enabled', includeTargets: [usable(id)] }, { 'if-match': etag }),
      ),
    )
    assert.deepEqual(answers.map((answer) => answer?.status).toSorted(), [204, 412])
    const refused = answers.find((answer) => answer?.status === 412)
    assert.equal(refused?.body.error.details[0].code, 'changed_since_read')
    assert.equal((await world.auditEvents()).length, 1)

    const now = (await admins[0].get(smsPath)).headers.etag
    assert.notEqual(now, etag)
    for (const [ifMatch, expected] of [
      [etag, 412],
      [`"other", ${now}`, 204],
      ['*', 204],
    ] as const)
      assert.equal((await admins[0].patch(smsPath, { ...sms, state: 'disabled' }, { 'if-match': ifMatch })).status, expected, ifMatch)
    const policy = (await admins[1].get(policyPath)).headers.etag
    const reconfirm = (ifMatch: unknown) => admins[1].patch(policyPath, { reconfirmationInDays: 90 }, { 'if-match': String(ifMatch) })
    assert.equal((await reconfirm(policy)).status, 204)
    assert.equal((await reconfirm(policy)).status, 412)
  })

  test(`the changes of one method are told to who reads the policy, and which can be undone, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const admin = await world.as('Authentication Policy Administrator')
    const group = await world.group('group')
    const first = await changing(world, () => admin.patch(smsPath, { ...sms, state: 'enabled' }))
    const second = await changing(world, () => admin.patch(smsPath, { ...sms, includeTargets: [usable(group.id)] }))
    const third = await changing(world, () => admin.post(undoPath(second)))
    const list = await admin.get('/sesam/v1/methodPolicies/sms/changes')
    assert.equal(list.status, 200, list.text)
    const told = list.body.value.map(({ id, canUndo, undoes }: Record<string, unknown>) => ({ id, canUndo, undoes }))
    assert.deepEqual(told, [
      { id: third, canUndo: true, undoes: second },
      { id: second, canUndo: false, undoes: null },
      { id: first, canUndo: true, undoes: null },
    ])
    assert.deepEqual(list.body.value[2].modifiedProperties, [{ displayName: 'state', oldValue: '"disabled"', newValue: '"enabled"' }])
    assert.deepEqual((await admin.get('/sesam/v1/methodPolicies/authenticationMethodsPolicy/changes')).body.value, [])
    assert.equal((await admin.get('/sesam/v1/methodPolicies/fax/changes')).status, 404)
    assert.equal((await (await world.as('User Administrator')).get('/sesam/v1/methodPolicies/sms/changes')).status, 403)
  })
}
