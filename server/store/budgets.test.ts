import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Charge, Limit } from '#server/domain/budget.ts'
import { databases } from '#test/world.ts'
import { Budgets } from './budgets.ts'

const minute = 60_000
const begin = new Date('2026-11-20T09:00:00Z')

function at(ms: number): Date {
  return new Date(begin.getTime() + ms)
}

function charge(limit: Limit, payer: Charge['payer'] = 'shared', value: string = randomUUID()): Charge {
  return { scope: 'test', value, limit, payer }
}

for (const database of databases) {
  test(`of a thousand at once exactly as many as there is room for are let through, on ${database.name}`, async () => {
    const { alone } = await database.shared()
    const key = randomBytes(32)
    // Two nodes of one installation.
    const nodes = [new Budgets(alone, key), new Budgets(alone, key)]
    const wanted = [charge({ count: 37, perMs: minute }), charge({ count: 1_000_000, perMs: minute })]
    const denials = await Promise.all(Array.from({ length: 1_000 }, (_, index) => nodes[index % 2]?.take(wanted, begin)))
    assert.equal(denials.filter((each) => each?.length === 0).length, 37)
    assert.deepEqual(new Set(denials.flatMap((each) => each?.map((denial) => denial.charge) ?? [])), new Set([wanted[0]]))
  })

  test(`room comes back evenly, and a burst only once, on ${database.name}`, async () => {
    const budgets = new Budgets((await database.shared()).alone, randomBytes(32))
    const calls = charge({ count: 1, perMs: minute, burst: 3 })
    const isTaken = async (ms: number) => (await budgets.take([calls], at(ms))).length === 0
    assert.deepEqual([await isTaken(0), await isTaken(0), await isTaken(0), await isTaken(0)], [true, true, true, false])
    assert.deepEqual([await isTaken(minute - 1), await isTaken(minute), await isTaken(minute)], [false, true, false])
    assert.deepEqual(await budgets.take([calls], at(minute + 20_000)), [{ charge: calls, retryAfterMs: 40_000 }])
  })

  test(`who is refused still pays what is their own, and nothing that belongs to others, on ${database.name}`, async () => {
    const budgets = new Budgets((await database.shared()).alone, randomBytes(32))
    const mine = charge({ count: 5, perMs: minute }, 'caller')
    const ours = charge({ count: 5, perMs: minute })
    const empty = charge({ count: 1, perMs: minute })
    await budgets.take([empty], begin)
    for (let times = 0; times < 5; times++) assert.deepEqual((await budgets.take([mine, ours, empty], begin)).length, 1)
    assert.equal((await budgets.take([mine], begin)).length, 1)
    for (let times = 0; times < 5; times++) assert.deepEqual(await budgets.take([ours], begin), [])
    assert.equal((await budgets.take([ours], begin)).length, 1)
  })

  test(`what is refunded may be spent again, and no more than that, on ${database.name}`, async () => {
    const budgets = new Budgets((await database.shared()).alone, randomBytes(32))
    const calls = charge({ count: 2, perMs: minute })
    await budgets.take([calls], begin)
    await budgets.take([calls], begin)
    budgets.refund([calls], begin)
    assert.deepEqual(await budgets.take([calls], begin), [])
    assert.equal((await budgets.take([calls], begin)).length, 1)
  })

  test(`a clock that is set back gives nobody their budget again, on ${database.name}`, async () => {
    const budgets = new Budgets((await database.shared()).alone, randomBytes(32))
    const calls = charge({ count: 1, perMs: minute })
    await budgets.take([calls], begin)
    const [denial] = await budgets.take([calls], at(-60 * minute))
    assert.equal(denial?.retryAfterMs, minute)
  })

  test(`the table of budgets tells nobody a number or an address, on ${database.name}`, async () => {
    const { alone, kysely } = await database.shared()
    await new Budgets(alone, randomBytes(32)).take([charge({ count: 1, perMs: minute }, 'caller', '+31612345678')], begin)
    const rows = await kysely.selectFrom('budgets').selectAll().execute()
    assert.ok(rows.length > 0)
    assert.ok(!JSON.stringify(rows).includes('612345678'))
  })
}
