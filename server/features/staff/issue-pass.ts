import type { Caller } from '#server/domain/caller.ts'
import type { Pass } from '#server/domain/pass.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'
import { payAct } from './pay-act.ts'
import { readPerson } from './read-person.ts'
import { closedPass, refuseClosed } from './rules.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'budgets' | 'limits' | 'organization' | 'announceSignOuts'>

/** For a colleague who has nothing to sign in with yet, or lost it; how long it lives is what policy says. Told once. */
export async function issuePass(system: Needs, manager: Caller, id: string): Promise<{ pass: Pass; secret: string }> {
  await payAct(system, manager)
  const issued = await system.inTransaction(async (stores) => {
    const now = system.now()
    const facts = await readPerson(stores, manager, id, now)
    refuseClosed(closedPass(manager, facts, now))
    return methods['temporary-access-pass'].issuePass(stores, manager, facts.user, {}, now)
  })
  system.announceSignOuts(issued.ended)
  return issued
}
