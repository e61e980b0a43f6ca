import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import type { PhoneChanges } from '#server/domain/phone.ts'
import { canonicalNumber, type PhoneNumber } from '#server/domain/phone-number.ts'
import { databases, startWorld, type World } from '#test/world.ts'

/** A number nobody else in the run has, since the shared database has many tenants. */
function freshNumber(): PhoneNumber {
  return canonicalNumber(`+3161${randomInt(1_000_000, 9_999_999)}`)
}

async function give(world: World, userId: string, number: PhoneNumber): Promise<boolean> {
  const phone = { userId, type: 'mobile', number, isSignInName: true, signInWish: 'wanted' } as const
  return world.system.inTransaction(({ phones }) => phones.add(phone, world.now))
}

async function remove(world: World, { id }: { id: string }): Promise<boolean> {
  return world.system.inTransaction(({ phones }) => phones.remove(id, 'mobile'))
}

async function change(world: World, { id }: { id: string }, changes: PhoneChanges): Promise<boolean> {
  return world.system.inTransaction(({ phones }) => phones.change(id, 'mobile', changes, world.now))
}

for (const database of databases) {
  test(`four people claim one number at once and exactly one gets it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const people = await Promise.all(['a', 'b', 'c', 'd'].map((name) => world.person(name)))
    const number = freshNumber()
    const taken = await Promise.all(people.map(({ id }) => give(world, id, number)))
    assert.equal(taken.filter(Boolean).length, 1)
    const holder = await world.system.phones.findSignInHolder(number)
    assert.equal(holder?.user.id, people[taken.indexOf(true)]?.id)
    assert.equal(holder?.type, 'mobile')
  })

  test(`four people who have a number already claim it at once and exactly one gets it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const people = await Promise.all(['a', 'b', 'c', 'd'].map((name) => world.person(name)))
    const number = freshNumber()
    for (const person of people) await world.number(person, number, { signIn: false })
    const claim = (person: { id: string }) => change(world, person, { signInWish: 'wanted' })
    assert.equal((await Promise.all(people.map(claim))).filter(Boolean).length, 1)
    const all = await world.system.phones.withNumber(number)
    assert.equal(all.length, 4)
    assert.equal(all.filter(({ isSignInName }) => isSignInName).length, 1)
    assert.equal(await world.system.phones.countSignInNames(), 1)
  })

  test(`two people share a number for verification, and two organisations share one for sign-in, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const number = freshNumber()
    const [anna, bram] = [await world.person('anna'), await world.person('bram')]
    await world.number(anna, number)
    await world.number(bram, number, { signIn: false })
    await other.number(await other.person('carl'), number)
    assert.equal((await world.system.phones.findSignInHolder(number))?.user.id, anna.id)
    const everywhere = await world.installation.findSignInHolders(number)
    assert.deepEqual(everywhere.map(({ tenantId }) => tenantId).sort(), [world.tenantId, other.tenantId].sort())
    assert.ok(everywhere.some(({ userId }) => userId === anna.id))
    assert.deepEqual(await world.installation.findSignInHolders(freshNumber()), [])
  })

  test(`a person has one number of a type, and signs in with what they have now, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { phones } = world.system
    const [anna, bram] = [await world.person('anna'), await world.person('bram')]
    const [first, second] = [freshNumber(), freshNumber()]
    await world.number(anna, first)
    assert.equal(await give(world, anna.id, second), false)
    await world.number(anna, second, { type: 'office', signIn: false })
    assert.deepEqual(
      (await phones.ofUser(anna.id)).map(({ type, number }) => [type, number]),
      [
        ['office', second],
        ['mobile', first],
      ],
    )
    assert.equal(await phones.signInNumberOf(anna.id), first)

    await world.number(bram, freshNumber())
    assert.equal(await change(world, bram, { number: first }), false)
    assert.equal(await change(world, bram, { number: first, signInWish: 'off' }), true)
    assert.partialDeepStrictEqual(await phones.find(bram.id, 'mobile'), { number: first, isSignInName: false, signInWish: 'off' })
    assert.equal(await phones.signInNumberOf(bram.id), undefined)

    world.turnClock(1_000)
    assert.equal(await change(world, anna, { number: second, provenAt: world.now }), true)
    const changed = await phones.find(anna.id, 'mobile')
    assert.partialDeepStrictEqual(changed, { number: second, isSignInName: true, provenAt: world.now, createdAt: world.now })
    assert.equal(await phones.findSignInHolder(first), undefined)
    assert.equal(await remove(world, anna), true)
    assert.equal(await remove(world, anna), false)
    assert.equal(await phones.findSignInHolder(second), undefined)
    assert.equal(await change(world, anna, { signInWish: 'wanted' }), false)
  })

  test(`changing something else takes no number that became free meanwhile, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const bram = await world.person('bram')
    const number = freshNumber()
    const phone = { userId: bram.id, type: 'mobile', number, isSignInName: false, signInWish: 'wanted' } as const
    await world.system.inTransaction((stores) => stores.phones.add(phone, world.now))
    await change(world, bram, { provenAt: world.now })
    assert.equal(await world.system.phones.findSignInHolder(number), undefined)
  })

  test(`a deleted person's number is free, and comes back with them unless it was taken, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { phones } = world.system
    const admin = await world.as('Global Administrator')
    const [anna, bram] = [await world.person('anna'), await world.person('bram')]
    const number = freshNumber()
    await world.number(anna, number)

    assert.equal((await admin.delete(`/v1.0/users/${anna.id}`)).status, 204)
    assert.equal(await phones.findSignInHolder(number), undefined)
    assert.deepEqual(await world.installation.findSignInHolders(number), [])
    assert.equal((await admin.post(`/v1.0/directory/deletedItems/${anna.id}/restore`)).status, 200)
    assert.equal((await phones.findSignInHolder(number))?.user.id, anna.id)

    assert.equal((await admin.delete(`/v1.0/users/${anna.id}`)).status, 204)
    await world.number(bram, number)
    assert.equal((await admin.post(`/v1.0/directory/deletedItems/${anna.id}/restore`)).status, 200)
    assert.equal((await phones.findSignInHolder(number))?.user.id, bram.id)
    assert.partialDeepStrictEqual(await phones.find(anna.id, 'mobile'), { number, isSignInName: false, signInWish: 'wanted' })

    assert.equal((await admin.delete(`/v1.0/users/${bram.id}`)).status, 204)
    assert.equal((await admin.delete(`/v1.0/directory/deletedItems/${bram.id}`)).status, 204)
    assert.deepEqual(await phones.ofUser(bram.id), [])
  })

  test(`a used number is proven, and its country is one the organisation knows, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { phones } = world.system
    const lars = await world.person('lars')
    const number = await world.number(lars, '+46 70 174 06 05')
    assert.equal(await phones.hasCountry('SE'), true)
    assert.equal(await phones.hasCountry('NL'), false)
    world.turnClock(60_000)
    await world.system.inTransaction((stores) => stores.phones.markUsed(lars.id, 'mobile', world.now))
    assert.partialDeepStrictEqual(await phones.findSignInHolder(number), { usedAt: world.now, provenAt: world.now })
    await remove(world, lars)
    assert.equal(await phones.hasCountry('SE'), false)
  })

  test(`no row shows a number, and no two organisations the same index for one, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await using other = await startWorld(database)
    const number = await world.number(await world.person('anna'), freshNumber())
    await other.number(await other.person('anna'), number)
    const rows = await world.installation.parts.database.kysely
      .selectFrom('phones')
      .selectAll()
      .where('tenant_id', 'in', [world.tenantId, other.tenantId])
      .execute()
    assert.equal(rows.length, 2)
    const raw = JSON.stringify(rows.map((row) => ({ ...row, created_at: 0 })))
    for (const digits of [number.slice(1), number.slice(3), number.slice(-6)]) assert.ok(!raw.includes(digits), digits)
    assert.equal(new Set(rows.map((row) => row.number_index)).size, 2)
    assert.equal(new Set(rows.map((row) => row.number_anywhere)).size, 1)
  })

  test(`a sealed number opens only where it was written, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { kysely } = world.installation.parts.database
    const [anna, bram] = [await world.person('anna'), await world.person('bram')]
    await world.number(anna, freshNumber())
    await world.number(bram, freshNumber())
    const stolen = kysely
      .selectFrom('phones')
      .select('number_sealed')
      .where('tenant_id', '=', world.tenantId)
      .where('user_id', '=', anna.id)
    const { number_sealed } = await stolen.executeTakeFirstOrThrow()
    await world.installation.parts.database.inTransaction(async (connection) => {
      const swap = connection.kysely.updateTable('phones').set({ number_sealed }).where('tenant_id', '=', world.tenantId)
      await swap.where('user_id', '=', bram.id).execute()
    })
    await assert.rejects(world.system.phones.ofUser(bram.id))
  })

  test(`a number that only calls have proven is so until it signs in, is texted or is another, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const isVoiceOnly = async (id: string) => (await world.system.phones.find(id, 'mobile'))?.isVoiceOnly
    const change = (id: string, changes: PhoneChanges) =>
      world.system.inTransaction(({ phones }) => phones.change(id, 'mobile', changes, world.now))
    for (const changes of [{ signInWish: 'wanted' }, { number: freshNumber() }, { isVoiceOnly: false }] as const) {
      const { id } = await world.person(`anna-${JSON.stringify(changes).length}`)
      const phone = { userId: id, type: 'mobile', number: canonicalNumber(freshNumber()), isSignInName: false } as const
      const added = { ...phone, extension: undefined, signInWish: 'never tried', isVoiceOnly: true } as const
      assert.ok(await world.system.inTransaction(({ phones }) => phones.add(added, world.now)))
      await change(id, { provenAt: world.now })
      assert.equal(await isVoiceOnly(id), true)
      await change(id, 'number' in changes ? { number: canonicalNumber(changes.number) } : changes)
      assert.equal(await isVoiceOnly(id), false)
    }
  })
}
