import assert from 'node:assert/strict'
import { test } from 'node:test'
import { skus } from '#contract/graph/skus.ts'
import { everybody, type MethodTarget, methodStanding, noPolicy } from '#server/domain/method-policy.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const usable = { isExcluded: false, isUsableForSignIn: true }
const beside = { isExcluded: false, isUsableForSignIn: false }
const excluded = { isExcluded: true, isUsableForSignIn: false }

async function set(world: World, targets: MethodTarget[], isEnabled = true): Promise<void> {
  await world.system.inTransaction(({ methodPolicies }) => methodPolicies.set('sms', { isEnabled, targets, settings: { some: 1 } }))
}

async function says(world: World, { id }: { id: string }): Promise<string> {
  const { isEnabled, isAllowed, isUsableForSignIn } = await world.system.methodPolicies.standingOf('sms', id)
  if (!isEnabled) return 'off'
  return isUsableForSignIn ? 'sign-in' : isAllowed ? 'second factor' : 'no'
}

for (const database of databases) {
  test(`a method is off until somebody decides, and counts for whom it was decided, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const [anna, bram] = [await world.person('anna'), await world.person('bram')]
    assert.equal(await says(world, anna), 'off')
    assert.deepEqual(await world.system.methodPolicies.find('sms'), noPolicy)

    await set(world, [{ kind: 'user', id: anna.id, ...usable }], false)
    assert.equal(await says(world, anna), 'off')
    await set(world, [{ kind: 'user', id: anna.id, ...usable }])
    assert.equal(await says(world, anna), 'sign-in')
    assert.equal(await says(world, bram), 'no')
    await set(world, [{ kind: 'group', id: everybody, ...beside }])
    assert.equal(await says(world, anna), 'second factor')
    await set(world, [
      { kind: 'group', id: everybody, ...beside },
      { kind: 'user', id: bram.id, ...usable },
    ])
    assert.equal(await says(world, bram), 'sign-in')
    assert.equal(await says(other, anna), 'off')
    await set(world, [])
    assert.equal(await says(world, anna), 'no')
  })

  test(`a target reaches through groups in groups, and an excluded person is out whatever includes them, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const [anna, bram, carl] = [await world.person('anna'), await world.person('bram'), await world.person('carl')]
    const inner = await world.group('inner', { members: [anna, bram] })
    const middle = await world.group('middle', { members: [inner] })
    const outer = await world.group('outer', { members: [middle, carl] })
    const temps = await world.group('temps', { members: [bram] })
    const targets: MethodTarget[] = [
      { kind: 'group', id: outer.id, ...usable, isRegistrationRequired: true },
      { kind: 'group', id: temps.id, ...excluded },
      { kind: 'user', id: bram.id, ...usable },
    ]
    await set(world, targets)
    assert.deepEqual([await says(world, anna), await says(world, bram), await says(world, carl)], ['sign-in', 'no', 'sign-in'])
    const policy = await world.system.methodPolicies.find('sms')
    assert.equal(policy.targets.length, 3)
    for (const [person, groups] of [
      [anna, [inner, middle, outer]],
      [bram, [inner, middle, outer, temps]],
      [carl, [outer]],
    ] as const) {
      const subject = { userId: person.id, groupIds: new Set(groups.map(({ id }) => id)) }
      const expected = methodStanding(policy, subject)
      assert.deepEqual(await world.system.methodPolicies.standingOf('sms', person.id), expected)
      assert.deepEqual((await world.system.methodPolicies.standingsOf(person.id)).get('sms'), expected)
    }

    await world.system.inTransaction(({ groups }) => groups.remove(temps.id))
    assert.equal(await says(world, bram), 'sign-in')
    assert.equal((await world.system.methodPolicies.find('sms')).targets.length, 2)
  })

  test(`a group that contains itself ends the question all the same, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const one = await world.group('one', { members: [anna] })
    const two = await world.group('two', { members: [one] })
    await world.system.inTransaction(async ({ groupMembers, memberships }) => {
      const member = await memberships.findMember(two.id)
      if (member) await groupMembers.add(one.id, member)
    })
    await set(world, [{ kind: 'group', id: two.id, ...usable }])
    assert.equal(await says(world, anna), 'sign-in')
  })

  test(`where licences are enforced, nobody without one is allowed, and settings keep apart what they are about, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const [anna, bram] = [await world.person('anna'), await world.person('bram')]
    const sku = skus.find(({ partNumber }) => partNumber === 'M365_F1') ?? assert.fail()
    await world.system.inTransaction(async ({ licences, methodPolicies }) => {
      await licences.addSku({ ...sku, enabledUnits: 1 })
      await licences.addSku({ id: crypto.randomUUID(), partNumber: 'OTHER', plans: [], enabledUnits: 1 })
      await licences.assign(anna.id, sku.id, [], world.now)
      const other = (await licences.skus()).find(({ partNumber }) => partNumber === 'OTHER') ?? assert.fail()
      await licences.assign(bram.id, other.id, [], world.now)
      await methodPolicies.setLicenceMode('sms', 'enforce')
    })
    assert.equal(await says(world, anna), 'off')
    await set(world, [{ kind: 'group', id: everybody, ...usable }])
    const { methodPolicies } = world.system
    assert.equal(await methodPolicies.licenceMode('sms'), 'enforce')
    assert.deepEqual([await says(world, anna), await says(world, bram)], ['sign-in', 'no'])
    await world.system.inTransaction((stores) => stores.methodPolicies.setLicenceMode('sms', 'warn'))
    assert.deepEqual([await says(world, anna), await says(world, bram)], ['sign-in', 'sign-in'])
    assert.equal(await methodPolicies.licenceMode('voice'), 'warn')
    assert.deepEqual([...(await methodPolicies.all()).keys()], ['sms'])
  })
}
