import type { Caller } from '#server/domain/caller.ts'
import { requireMay } from '#server/domain/decide.ts'
import type { WantedPass } from '#server/domain/pass.ts'
import { refuse } from '#server/domain/refusal.ts'
import { methods } from '#server/methods/index.ts'
import type { IssuedPass } from '#server/methods/temporary-access-pass/issue-pass.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'announceSignOuts' | 'now'>

/** An administrator lets somebody in for a while who has nothing else, or lost it. Nobody makes their own. */
export async function createPass(system: Needs, caller: Caller, idOrName: string, wanted: WantedPass): Promise<IssuedPass> {
  const issued = await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = (await stores.users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
    requireMay(caller, ['issue-pass'], await stores.authority.targetOf(user.id), now)
    return methods['temporary-access-pass'].issuePass(stores, caller, user, wanted, now)
  })
  system.announceSignOuts(issued.ended)
  return issued
}
