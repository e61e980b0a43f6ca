import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { type Permit, Permits, type PersonAct } from './permits.ts'

type Needs = Pick<System, 'users' | 'authority' | 'now'>

/** What this caller may do to somebody, by the rules of each door; what is refused tells no more of them than trying would. */
export async function readPersonActs(
  system: Needs,
  caller: Caller,
  idOrName: string,
): Promise<{ id: string; acts: Record<PersonAct, Permit> }> {
  const { id } = (await system.users.find(idOrName)) ?? refuse('object_not_found', { id: idOrName })
  return { id, acts: new Permits(caller, await system.authority.targetOf(id), system.now()).all() }
}
