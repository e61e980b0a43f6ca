import type { Caller } from '#server/domain/caller.ts'
import { getPersonToChange } from '#server/domain/person-methods.ts'
import { refuse } from '#server/domain/refusal.ts'
import { methods } from '#server/methods/index.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'announceSignOuts' | 'now'>

/** One's own too: whoever has no use for it any more is safer without. */
export async function deletePass(system: Needs, caller: Caller, idOrName: string, passId: string): Promise<void> {
  const ended = await system.inTransaction(async (stores) => {
    const now = system.now()
    const user = await getPersonToChange(stores, caller, idOrName, now)
    const pass = await stores.passes.ofUser(user.id)
    if (pass?.id !== passId.toLowerCase()) return refuse('object_not_found', { id: passId })
    return methods['temporary-access-pass'].withdrawPass(stores, caller, user, pass, now)
  })
  system.announceSignOuts(ended)
}
