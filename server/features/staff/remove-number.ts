import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import { removeNumber as remove } from '#server/domain/remove-number.ts'
import type { System } from '#server/system.ts'
import { confirmedBy } from './admit-manager.ts'
import { payAct } from './pay-act.ts'
import { readPerson } from './read-person.ts'
import { closedNumber, refuseClosed, type StaffFacts } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'budgets' | 'limits' | 'organization'>

/** Confirmed in person, like a number that is given. */
export async function removeNumber(system: Needs, manager: Caller, id: string): Promise<StaffFacts> {
  await payAct(system, manager)
  return system.inTransaction(async (stores) => {
    const now = system.now()
    const facts = await readPerson(stores, manager, id, now)
    refuseClosed(closedNumber(manager, facts, now))
    if (!facts.mobile) refuse('staff_number_missing')
    await remove(stores, { by: confirmedBy(manager, 'in person'), user: facts.user, now }, { type: 'mobile', agrees: true })
    return readPerson(stores, manager, id, now)
  })
}
